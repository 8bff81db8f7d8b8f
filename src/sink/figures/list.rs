//! The list, in classic tcptrace's order.

use crate::sink::figures::figure::{Amount, Figure, Sight};
use crate::time::Span;
use crate::track::classic::rtt::RepeatedTimes;
use crate::track::classic::samples::Samples;
use crate::track::classic::tally::Rare as Rarities;
use Amount::{Count, Mean, None, Octets, Rare, Rate, Signed, Time, Yes};

const fn figure(
    label: &'static str,
    name: &'static str,
    value: fn(&Sight<'_>) -> Amount,
) -> Figure {
    Figure { label, name, value }
}

pub(in crate::sink) static FIGURES: [Figure; 68] = [
    figure("resets sent", "resets_sent", |at| {
        Rare(at.tally.resets.into())
    }),
    figure("ack pkts sent", "ack_pkts_sent", |at| {
        Count(at.tally.acks.into())
    }),
    figure("pure acks sent", "pure_acks_sent", |at| {
        Count(at.tally.pure_acks.into())
    }),
    figure("sack pkts sent", "sack_pkts_sent", |at| {
        Rare(at.rare().sack_packets.into())
    }),
    figure("dsack pkts sent", "dsack_pkts_sent", |at| {
        Rare(at.rare().duplicate_sacks.into())
    }),
    figure("max sack blks/ack", "max_sack_blks", |at| {
        Rare(at.rare().max_sack_blocks.into())
    }),
    figure("unique bytes sent", "unique_bytes_sent", |at| {
        Octets(at.tally.unique_octets)
    }),
    figure("rexmt data pkts", "rexmt_data_pkts", |at| {
        Rare(at.rare().repeated.into())
    }),
    figure("rexmt data bytes", "rexmt_data_bytes", |at| {
        Rare(at.rare().repeated_octets)
    }),
    figure("zwnd probe pkts", "zwnd_probe_pkts", |at| {
        Rare(at.rare().probes.into())
    }),
    figure("zwnd probe bytes", "zwnd_probe_bytes", |at| {
        Rare(at.rare().probe_octets)
    }),
    figure("outoforder pkts", "outoforder_pkts", |at| {
        Rare(at.rare().out_of_order.into())
    }),
    figure("pushed data pkts", "pushed_data_pkts", |at| {
        Count(at.tally.pushed.into())
    }),
    figure("SYN pkts sent", "syn_pkts_sent", |at| {
        Count(at.tally.syns.into())
    }),
    figure("FIN pkts sent", "fin_pkts_sent", |at| {
        Count(at.tally.fins.into())
    }),
    figure("req 1323 ts", "req_1323_ts", |at| {
        holds(at.tally.has_timestamps)
    }),
    figure("adv wind scale", "adv_wind_scale", |at| {
        let scale = u64::from(at.tally.window_scale);
        known(at.tally.has_scale, Count(scale))
    }),
    figure("req sack", "req_sack", |at| holds(at.tally.allows_sack)),
    figure("sacks sent", "sacks_sent", |at| {
        Rare(at.rare().sacks_sent.into())
    }),
    figure("urgent data pkts", "urgent_data_pkts", |at| {
        Rare(at.rare().urgent.into())
    }),
    figure("urgent data bytes", "urgent_data_bytes", |at| {
        Rare(at.rare().urgent_octets)
    }),
    figure("mss requested", "mss_requested", |at| {
        at.tally.mss.map_or(None, |mss| Octets(mss.into()))
    }),
    figure("max segm size", "max_segm_size", |at| {
        at.of_data(at.tally.max_segment)
    }),
    figure("min segm size", "min_segm_size", |at| {
        at.of_data(at.tally.min_segment)
    }),
    figure("avg segm size", "avg_segm_size", |at| {
        at.of_data(at.tally.average_segment())
    }),
    figure("max win adv", "max_win_adv", |at| {
        Octets(at.tally.windows.max.into())
    }),
    figure("min win adv", "min_win_adv", |at| {
        Octets(at.tally.windows.min.into())
    }),
    figure("zero win adv", "zero_win_adv", |at| {
        Rare(at.tally.windows.zero.into())
    }),
    figure("avg win adv", "avg_win_adv", |at| {
        Octets(at.counters.average_window(at.dir).into())
    }),
    figure("max owin", "max_owin", |at| {
        at.in_flight(at.tally.outstanding.max.into())
    }),
    figure("min non-zero owin", "min_nonzero_owin", |at| {
        at.in_flight(at.tally.outstanding.min.into())
    }),
    figure("avg owin", "avg_owin", |at| {
        at.in_flight(at.tally.outstanding.average())
    }),
    figure("wavg owin", "wavg_owin", |at| {
        let duration = at.counters.duration();
        let weighted = at.tally.outstanding.weighted_average(duration);
        weighted.map_or(None, |octets| at.in_flight(octets))
    }),
    figure("initial window bytes", "initial_window_bytes", |at| {
        Rare(at.tally.initial_octets.into())
    }),
    figure("initial window pkts", "initial_window_pkts", |at| {
        Rare(at.tally.initial_packets.into())
    }),
    figure("ttl stream length", "ttl_stream_length", |at| {
        at.tally.stream_length().map_or(None, Octets)
    }),
    figure("missed data", "missed_data", |at| {
        at.tally.missed().map_or(None, Signed)
    }),
    figure("truncated data", "truncated_data", |at| {
        Rare(at.rare().truncated_octets)
    }),
    figure("truncated packets", "truncated_packets", |at| {
        Rare(at.rare().truncated.into())
    }),
    figure("data xmit time", "data_xmit_time", |at| {
        known(at.tally.data_packets > 1, Time(at.tally.data_time()))
    }),
    figure("idletime max", "idletime_max", |at| {
        at.tally.idle_time().map_or(None, Time)
    }),
    figure("hardware dups", "hardware_dups", |at| {
        Rare(at.rare().copies.into())
    }),
    figure("throughput", "throughput", |at| {
        let rate = at.counters.throughput(at.dir).filter(|&rate| rate > 0.0);
        rate.map_or(None, Rate)
    }),
    figure("RTT samples", "rtt_samples", |at| {
        Rare(at.samples().count.into())
    }),
    figure("RTT min", "rtt_min", |at| least(at.samples())),
    figure("RTT max", "rtt_max", |at| most(at.samples())),
    figure("RTT avg", "rtt_avg", |at| mean(at.samples())),
    figure("RTT stdev", "rtt_stdev", |at| deviation(at.samples())),
    figure("RTT from 3WHS", "rtt_from_3whs", |at| {
        let time = at.tally.rtt.handshake();
        known(time > Span(0), Time(time))
    }),
    figure("RTT full_sz smpls", "rtt_full_sz_smpls", |at| {
        Rare(at.full().count.into())
    }),
    figure("RTT full_sz min", "rtt_full_sz_min", |at| least(at.full())),
    figure("RTT full_sz max", "rtt_full_sz_max", |at| most(at.full())),
    figure("RTT full_sz avg", "rtt_full_sz_avg", |at| mean(at.full())),
    figure("RTT full_sz stdev", "rtt_full_sz_stdev", |at| {
        deviation(at.full())
    }),
    figure("post-loss acks", "post_loss_acks", |at| {
        Rare(at.tally.rtt.after_loss.into())
    }),
    figure("ambiguous acks", "ambiguous_acks", |at| {
        Rare(at.repeated().ambiguous.count.into())
    }),
    figure("RTT min (last)", "rtt_min_last", |at| {
        least(&at.repeated().ambiguous)
    }),
    figure("RTT max (last)", "rtt_max_last", |at| {
        most(&at.repeated().ambiguous)
    }),
    figure("RTT avg (last)", "rtt_avg_last", |at| {
        mean(&at.repeated().ambiguous)
    }),
    figure("RTT sdv (last)", "rtt_sdv_last", |at| {
        deviation(&at.repeated().ambiguous)
    }),
    figure("segs cum acked", "segs_cum_acked", |at| {
        Rare(at.tally.rtt.cumulative.into())
    }),
    figure("duplicate acks", "duplicate_acks", |at| {
        Rare(at.tally.rtt.duplicate.into())
    }),
    figure("triple dupacks", "triple_dupacks", |at| {
        Rare(at.tally.rtt.triple.into())
    }),
    figure("max # retrans", "max_retrans", |at| {
        Rare(at.repeated().most.into())
    }),
    figure("min retr time", "min_retr_time", |at| {
        least(&at.repeated().intervals)
    }),
    figure("max retr time", "max_retr_time", |at| {
        most(&at.repeated().intervals)
    }),
    figure("avg retr time", "avg_retr_time", |at| {
        mean(&at.repeated().intervals)
    }),
    figure("sdv retr time", "sdv_retr_time", |at| {
        deviation(&at.repeated().intervals)
    }),
];

impl Sight<'_> {
    fn rare(&self) -> &Rarities {
        self.tally.rare()
    }

    fn samples(&self) -> &Samples {
        &self.tally.rtt.samples
    }

    fn full(&self) -> &Samples {
        &self.tally.rtt.full_size
    }

    fn repeated(&self) -> &RepeatedTimes {
        self.tally.rtt.repeated()
    }

    /// A size of segments with data.
    const fn of_data(&self, octets: u32) -> Amount {
        known(self.tally.data_packets > 0, Octets(octets as u64))
    }

    const fn in_flight(&self, octets: u64) -> Amount {
        known(self.tally.outstanding.max > 0, Octets(octets))
    }
}

const fn known(is_known: bool, value: Amount) -> Amount {
    if is_known { value } else { None }
}

const fn holds(is_so: bool) -> Amount {
    known(is_so, Yes)
}

const fn least(samples: &Samples) -> Amount {
    known(samples.count > 0, Time(samples.min()))
}

const fn most(samples: &Samples) -> Amount {
    known(samples.count > 0, Time(samples.max()))
}

fn mean(samples: &Samples) -> Amount {
    known(samples.count > 0, Mean(samples.mean()))
}

/// Two times or fewer have none.
fn deviation(samples: &Samples) -> Amount {
    known(samples.count > 2, Mean(samples.deviation()))
}
