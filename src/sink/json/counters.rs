//! Classic tcptrace's counters, under the names it prints them with.

use crate::sink::json::object::{Key, Object, key};
use crate::time::{Resolution, Span};
use crate::track::counters::rtt::Rtt;
use crate::track::counters::samples::Samples;
use crate::track::counters::tally::{Rare, Tally};
use crate::track::counters::{Complete, Counters};
use crate::track::flow::Dir;

/// Whether the connection opened and closed, in classic tcptrace's words.
pub(super) const fn complete(counters: &Counters) -> &'static str {
    match counters.complete() {
        Complete::Yes => "yes",
        Complete::Reset => "reset",
        Complete::No => "no",
    }
}

/// Writes the members of a direction.
pub(super) fn write(counters: &Counters, dir: Dir, object: &mut Object<'_>) {
    let tally = counters.of(dir);
    sent(tally, object);
    rare(tally.rare(), object);
    offers(tally, object);
    if tally.data_packets > 0 {
        object.number(key!("max_segm_size"), tally.max_segment);
        object.number(key!("min_segm_size"), tally.min_segment);
        object.number(key!("avg_segm_size"), tally.average_segment());
    }
    windows(counters, dir, object);
    if tally.initial_packets > 0 {
        object.number(key!("initial_window_bytes"), tally.initial_octets);
        object.number(key!("initial_window_pkts"), tally.initial_packets);
    }
    if let (Some(length), Some(missed)) = (tally.stream_length(), tally.missed()) {
        object.number(key!("ttl_stream_length"), length);
        object.integer(key!("missed_data"), missed);
    }
    if tally.data_packets > 1 {
        micros(key!("data_xmit_time"), tally.data_time(), object);
    }
    if let Some(idle) = tally.idle_time() {
        micros(key!("idletime_max"), idle, object);
    }
    if let Some(rate) = counters.throughput(dir).filter(|&rate| rate > 0.0) {
        object.number(key!("throughput"), whole(rate));
    }
    rtt(&tally.rtt, object);
}

fn sent(tally: &Tally, object: &mut Object<'_>) {
    object.some(key!("resets_sent"), tally.resets);
    object.number(key!("ack_pkts_sent"), tally.acks);
    object.number(key!("pure_acks_sent"), tally.pure_acks);
    object.number(key!("unique_bytes_sent"), tally.unique_octets);
    object.number(key!("pushed_data_pkts"), tally.pushed);
    object.number(key!("syn_pkts_sent"), tally.syns);
    object.number(key!("fin_pkts_sent"), tally.fins);
}

fn rare(rare: &Rare, object: &mut Object<'_>) {
    object.some(key!("rexmt_data_pkts"), rare.repeated);
    object.some(key!("rexmt_data_bytes"), rare.repeated_octets);
    object.some(key!("outoforder_pkts"), rare.out_of_order);
    object.some(key!("zwnd_probe_pkts"), rare.probes);
    object.some(key!("zwnd_probe_bytes"), rare.probe_octets);
    object.some(key!("sacks_sent"), rare.sacks_sent);
    object.some(key!("sack_pkts_sent"), rare.sack_packets);
    object.some(key!("dsack_pkts_sent"), rare.duplicate_sacks);
    object.some(key!("max_sack_blks"), rare.max_sack_blocks);
    object.some(key!("urgent_data_pkts"), rare.urgent);
    object.some(key!("urgent_data_bytes"), rare.urgent_octets);
    object.some(key!("truncated_packets"), rare.truncated);
    object.some(key!("truncated_data"), rare.truncated_octets);
    object.some(key!("hardware_dups"), rare.copies);
}

fn offers(tally: &Tally, object: &mut Object<'_>) {
    if let Some(mss) = tally.mss {
        object.number(key!("mss_requested"), mss);
    }
    if tally.has_scale {
        object.number(key!("adv_wind_scale"), tally.window_scale);
    }
    if tally.has_timestamps {
        object.holds(key!("req_1323_ts"));
    }
    if tally.allows_sack {
        object.holds(key!("req_sack"));
    }
}

fn windows(counters: &Counters, dir: Dir, object: &mut Object<'_>) {
    let tally = counters.of(dir);
    let windows = &tally.windows;
    object.number(key!("max_win_adv"), windows.max);
    object.number(key!("min_win_adv"), windows.min);
    object.number(key!("avg_win_adv"), counters.average_window(dir));
    object.some(key!("zero_win_adv"), windows.zero);
    let outstanding = &tally.outstanding;
    if outstanding.max > 0 {
        object.number(key!("max_owin"), outstanding.max);
        object.number(key!("min_nonzero_owin"), outstanding.min);
        object.number(key!("avg_owin"), outstanding.average());
        if let Some(weighted) = outstanding.weighted_average(counters.duration()) {
            object.number(key!("wavg_owin"), weighted);
        }
    }
}

fn rtt(rtt: &Rtt, object: &mut Object<'_>) {
    let samples = &rtt.samples;
    if samples.count > 0 {
        object.number(key!("rtt_samples"), samples.count);
        micros(key!("rtt_min"), samples.min(), object);
        micros(key!("rtt_max"), samples.max(), object);
        nanos(key!("rtt_avg"), samples.mean(), object);
        nanos(key!("rtt_stdev"), samples.deviation(), object);
        let full = &rtt.full_size;
        object.number(key!("rtt_full_sz_smpls"), full.count);
        micros(key!("rtt_full_sz_min"), full.min(), object);
        micros(key!("rtt_full_sz_max"), full.max(), object);
        nanos(key!("rtt_full_sz_avg"), full.mean(), object);
        nanos(key!("rtt_full_sz_stdev"), full.deviation(), object);
    }
    if rtt.handshake() > Span(0) {
        micros(key!("rtt_from_3whs"), rtt.handshake(), object);
    }
    object.some(key!("post_loss_acks"), rtt.after_loss);
    object.some(key!("segs_cum_acked"), rtt.cumulative);
    object.some(key!("duplicate_acks"), rtt.duplicate);
    object.some(key!("triple_dupacks"), rtt.triple);
    let Some(repeated) = rtt.repeated() else {
        return;
    };
    let Samples { count, .. } = repeated.ambiguous;
    if count > 0 {
        let last = &repeated.ambiguous;
        object.number(key!("ambiguous_acks"), count);
        micros(key!("rtt_min_last"), last.min(), object);
        micros(key!("rtt_max_last"), last.max(), object);
        nanos(key!("rtt_avg_last"), last.mean(), object);
        nanos(key!("rtt_sdv_last"), last.deviation(), object);
    }
    let intervals = &repeated.intervals;
    if intervals.count > 0 {
        object.number(key!("max_retrans"), repeated.most);
        micros(key!("min_retr_time"), intervals.min(), object);
        micros(key!("max_retr_time"), intervals.max(), object);
        nanos(key!("avg_retr_time"), intervals.mean(), object);
        nanos(key!("sdv_retr_time"), intervals.deviation(), object);
    }
}

fn micros(key: Key, span: Span, object: &mut Object<'_>) {
    object.span(key, span, Resolution::Micro);
}

fn nanos(key: Key, span: Span, object: &mut Object<'_>) {
    object.span(key, span, Resolution::Nano);
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a positive rate, rounded"
)]
fn whole(rate: f64) -> u64 {
    rate.round_ties_even() as u64
}
