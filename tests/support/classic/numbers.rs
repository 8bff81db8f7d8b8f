//! Its labels, our keys, and how a number is the same.

use serde_json::Value;

use super::report::Row;

/// How a number is written in our records.
#[derive(Debug, Clone, Copy)]
pub enum Unit {
    /// As it is.
    One,
    /// In seconds; the old program has three digits of a second.
    Second,
    /// In seconds; the old program has one digit of a millisecond.
    Millisecond,
}

use self::Unit::{Millisecond, One, Second};

/// The old program's labels and our keys.
const NUMBERS: [(&str, &str, Unit); 60] = [
    ("total packets", "segments", One),
    ("resets sent", "resets_sent", One),
    ("ack pkts sent", "ack_pkts_sent", One),
    ("pure acks sent", "pure_acks_sent", One),
    ("sack pkts sent", "sack_pkts_sent", One),
    ("dsack pkts sent", "dsack_pkts_sent", One),
    ("max sack blks/ack", "max_sack_blks", One),
    ("unique bytes sent", "unique_bytes_sent", One),
    ("actual data pkts", "data_segments", One),
    ("actual data bytes", "bytes", One),
    ("rexmt data pkts", "rexmt_data_pkts", One),
    ("rexmt data bytes", "rexmt_data_bytes", One),
    ("zwnd probe pkts", "zwnd_probe_pkts", One),
    ("zwnd probe bytes", "zwnd_probe_bytes", One),
    ("outoforder pkts", "outoforder_pkts", One),
    ("pushed data pkts", "pushed_data_pkts", One),
    ("adv wind scale", "adv_wind_scale", One),
    ("sacks sent", "sacks_sent", One),
    ("urgent data pkts", "urgent_data_pkts", One),
    ("urgent data bytes", "urgent_data_bytes", One),
    ("max segm size", "max_segm_size", One),
    ("min segm size", "min_segm_size", One),
    ("avg segm size", "avg_segm_size", One),
    ("max win adv", "max_win_adv", One),
    ("min win adv", "min_win_adv", One),
    ("zero win adv", "zero_win_adv", One),
    ("avg win adv", "avg_win_adv", One),
    ("max owin", "max_owin", One),
    ("min non-zero owin", "min_nonzero_owin", One),
    ("avg owin", "avg_owin", One),
    ("wavg owin", "wavg_owin", One),
    ("ttl stream length", "ttl_stream_length", One),
    ("missed data", "missed_data", One),
    ("truncated data", "truncated_data", One),
    ("truncated packets", "truncated_packets", One),
    ("data xmit time", "data_xmit_time", Second),
    ("idletime max", "idletime_max", Millisecond),
    ("hardware dups", "hardware_dups", One),
    ("throughput", "throughput", One),
    ("RTT samples", "rtt_samples", One),
    ("RTT min", "rtt_min", Millisecond),
    ("RTT max", "rtt_max", Millisecond),
    ("RTT avg", "rtt_avg", Millisecond),
    ("RTT stdev", "rtt_stdev", Millisecond),
    ("RTT from 3WHS", "rtt_from_3whs", Millisecond),
    ("RTT full_sz smpls", "rtt_full_sz_smpls", One),
    ("RTT full_sz min", "rtt_full_sz_min", Millisecond),
    ("RTT full_sz max", "rtt_full_sz_max", Millisecond),
    ("RTT full_sz avg", "rtt_full_sz_avg", Millisecond),
    ("RTT full_sz stdev", "rtt_full_sz_stdev", Millisecond),
    ("post-loss acks", "post_loss_acks", One),
    ("ambiguous acks", "ambiguous_acks", One),
    ("segs cum acked", "segs_cum_acked", One),
    ("duplicate acks", "duplicate_acks", One),
    ("triple dupacks", "triple_dupacks", One),
    ("max # retrans", "max_retrans", One),
    ("min retr time", "min_retr_time", Millisecond),
    ("max retr time", "max_retr_time", Millisecond),
    ("avg retr time", "avg_retr_time", Millisecond),
    ("sdv retr time", "sdv_retr_time", Millisecond),
];

/// Times of ambiguous acknowledgments, which it prints only where it has some.
const AMBIGUOUS: [(&str, &str, Unit); 4] = [
    ("RTT min (last)", "rtt_min_last", Millisecond),
    ("RTT max (last)", "rtt_max_last", Millisecond),
    ("RTT avg (last)", "rtt_avg_last", Millisecond),
    ("RTT sdv (last)", "rtt_sdv_last", Millisecond),
];

/// Whether a number of its report is the one in our record of that way.
pub fn is_right(row: &Row, theirs: &str, tally: &Value) -> bool {
    let holds = |key: &str| if tally.get(key).is_some() { 'Y' } else { 'N' };
    let count = |key: &str| tally[key].as_u64().unwrap_or(0);
    match row.label.as_str() {
        "SYN/FIN pkts sent" => {
            theirs == format!("{}/{}", count("syn_pkts_sent"), count("fin_pkts_sent"))
        }
        "req 1323 ws/ts" => {
            theirs == format!("{}/{}", holds("adv_wind_scale"), holds("req_1323_ts"))
        }
        "req sack" => theirs == holds("req_sack").to_string(),
        // It keeps the size as a signed number of 16 bits.
        "mss requested" => {
            let mss = u16::try_from(count("mss_requested")).unwrap().cast_signed();
            theirs == i32::from(mss).cast_unsigned().to_string()
        }
        "initial window" => theirs == count(&format!("initial_window_{}", row.unit)).to_string(),
        label => {
            let mut known = NUMBERS.iter().chain(&AMBIGUOUS);
            let known = known.find(|number| number.0 == label);
            let &(_, key, unit) = known.unwrap_or_else(|| panic!("{label} is unknown"));
            match tally["copies"].get(key) {
                // It counts each sight of a segment.
                Some(copies) => {
                    let all = tally[key].as_u64().unwrap() + copies.as_u64().unwrap();
                    is_same(unit, theirs, Some(&all.into()))
                }
                None => is_same(unit, theirs, tally.get(key)),
            }
        }
    }
}

/// Whether a number is ours, to the digits it is printed with. What is absent
/// is 0 or does not apply.
pub fn is_same(unit: Unit, theirs: &str, ours: Option<&Value>) -> bool {
    let Some(ours) = ours else {
        return theirs == "NA" || theirs.parse() == Ok(0.0);
    };
    let near = |factor: f64, digit: f64| {
        let theirs = theirs.parse::<f64>();
        // Half a digit, and what the last bit of a double is worth.
        theirs.is_ok_and(|theirs| (theirs - ours.as_f64().unwrap() * factor).abs() <= digit / 1.99)
    };
    match unit {
        One => {
            let theirs = theirs.parse::<u64>();
            theirs.is_ok_and(|theirs| {
                ours.as_u64() == Some(theirs) || ours.as_i64() == Some(theirs.cast_signed())
            })
        }
        Second => near(1.0, 0.001),
        Millisecond => near(1e3, 0.1),
    }
}
