//! Times, rates, states and names as short as a column wants them.

use tcptrace::sink::rate;
use tcptrace::time::Span;
use tcptrace::track::state::State;

/// Stands for what is not known, or is nothing.
pub const NOTHING: &str = "·";

/// The same, as a text of its own.
pub fn nothing() -> String {
    NOTHING.to_owned()
}

/// A state as RFC 9293 names it.
pub fn state(state: State) -> &'static str {
    match state {
        State::Unknown => NOTHING,
        state => state.name(),
    }
}

pub const fn brief_state(state: State) -> &'static str {
    match state {
        State::Unknown => NOTHING,
        State::Closed => "CLOSED",
        State::Listen => "LISTEN",
        State::SynSent => "SYN-SENT",
        State::SynReceived => "SYN-RECV",
        State::Established => "ESTAB",
        State::FinWait1 => "FIN-WAIT-1",
        State::FinWait2 => "FIN-WAIT-2",
        State::CloseWait => "CLOSE-WAIT",
        State::Closing => "CLOSING",
        State::LastAck => "LAST-ACK",
        State::TimeWait => "TIME-WAIT",
    }
}

/// Six letters at most.
pub const fn short_state(state: State) -> &'static str {
    match state {
        State::SynSent => "SYN-S",
        State::SynReceived => "SYN-R",
        State::FinWait1 => "FIN-1",
        State::FinWait2 => "FIN-2",
        State::CloseWait => "CLO-W",
        State::Closing => "CLOSNG",
        State::LastAck => "LST-A",
        State::TimeWait => "TIME-W",
        state => brief_state(state),
    }
}

/// Octets a second: `850`, `12.3k`, `1.25M`.
pub fn per_second(octets: u64) -> String {
    if octets == 0 {
        return nothing();
    }
    let amount = rate::amount(octets);
    amount.replace(" B", "").replace([' ', 'B'], "")
}

/// A time, short: `13 µs`, `1.2 ms`, `43 ms`, `2.5 s`, `1:15`, `1:02:05`, `3 d 4 h`.
pub fn brief(span: Span) -> String {
    let nanoseconds = span.0.unsigned_abs();
    let sign = if span.is_negative() { "-" } else { "" };
    let rounded = |unit: u64| (nanoseconds + unit / 2) / unit;
    let tenths = |tenths: u64, unit: &str| format!("{sign}{}.{} {unit}", tenths / 10, tenths % 10);
    let (microseconds, seconds) = (rounded(1_000), rounded(1_000_000_000));
    match () {
        () if nanoseconds == 0 => "0 s".to_owned(),
        () if nanoseconds < 1_000 => format!("{sign}{nanoseconds} ns"),
        () if microseconds < 1_000 => format!("{sign}{microseconds} µs"),
        () if rounded(100_000) < 100 => tenths(rounded(100_000), "ms"),
        () if rounded(1_000_000) < 1_000 => format!("{sign}{} ms", rounded(1_000_000)),
        () if rounded(100_000_000) < 600 => tenths(rounded(100_000_000), "s"),
        () if seconds < 3_600 => format!("{sign}{}:{:02}", seconds / 60, seconds % 60),
        () if seconds < 86_400 => {
            let (minutes, seconds) = (seconds / 60, seconds % 60);
            format!("{sign}{}:{:02}:{seconds:02}", minutes / 60, minutes % 60)
        }
        () => format!("{sign}{} d {} h", seconds / 86_400, seconds / 3_600 % 24),
    }
}

/// A name without what would command the terminal.
pub fn printable(name: &str) -> String {
    name.replace(|c: char| c.is_control(), "\u{fffd}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_short_and_rounds_into_the_next_unit() {
        for (nanoseconds, expected) in [
            (0, "0 s"),
            (13_400, "13 µs"),
            (999_600, "1.0 ms"),
            (9_940_000, "9.9 ms"),
            (43_040_000, "43 ms"),
            (999_560_000, "1.0 s"),
            (2_500_000_000, "2.5 s"),
            (59_970_000_000, "1:00"),
            (75_400_000_000, "1:15"),
            (3_599_700_000_000, "1:00:00"),
            (273_600_000_000_000, "3 d 4 h"),
            (-2_500_000_000, "-2.5 s"),
        ] {
            assert_eq!(brief(Span(nanoseconds)), expected);
        }
    }

    #[test]
    fn a_rate_is_short() {
        for (octets, expected) in [
            (0, "·"),
            (850, "850"),
            (12_345, "12.3k"),
            (1_250_000, "1.25M"),
        ] {
            assert_eq!(per_second(octets), expected);
        }
    }

    #[test]
    fn a_name_commands_nothing() {
        assert_eq!(printable("a\u{1b}[2Jb"), "a\u{fffd}[2Jb");
    }
}
