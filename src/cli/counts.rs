//! tcpdump's statistics of a capture in tcpdump's words.

use tcptrace::capture::Statistics;

/// What was counted of a live capture, a line each.
pub fn counts(captured: u64, statistics: Option<Statistics>) -> Vec<String> {
    let count = |count: u64, what: &str| {
        let plural = if count == 1 { "" } else { "s" };
        format!("{count} packet{plural} {what}")
    };
    let mut counts = vec![count(captured, "captured")];
    let Some(statistics) = statistics else {
        // Who captured them counts elsewhere.
        return counts;
    };
    counts.extend([
        count(statistics.received, "received by filter"),
        count(statistics.dropped, "dropped by kernel"),
    ]);
    if statistics.dropped_by_interface > 0 {
        counts.push(count(
            statistics.dropped_by_interface,
            "dropped by interface",
        ));
    }
    counts
}
