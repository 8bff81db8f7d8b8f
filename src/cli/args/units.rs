//! Numbers with units, as they are typed.

use std::str::FromStr;
use std::time::Duration;

/// A whole number, one at least.
pub fn count<N: FromStr + PartialOrd + From<u8>>(text: &str) -> Result<N, String> {
    let number = text.parse::<N>().ok().filter(|number| *number >= 1.into());
    number.ok_or_else(|| "a whole number is expected, 1 at least".to_owned())
}

/// Milliseconds in each unit of time.
const TIMES: [(&str, f64); 6] = [
    ("ms", 1.0),
    ("s", 1e3),
    ("sec", 1e3),
    ("m", 60e3),
    ("min", 60e3),
    ("h", 3600e3),
];

/// A time: seconds, or with a unit; the milliseconds are whole, and one at
/// least.
pub fn time(text: &str) -> Result<Duration, String> {
    let (number, unit) = split(text);
    let unit = if unit.is_empty() { "s" } else { unit };
    let unit = TIMES.iter().find(|(name, _)| *name == unit);
    let milliseconds = unit.and_then(|(_, factor)| Some(number.parse::<f64>().ok()? * factor));
    match milliseconds {
        // The upper bound is 31 years.
        Some(time @ 1.0..=1e12) => Ok(Duration::from_secs_f64(time.round() / 1e3)),
        _ => Err("a time is a number of seconds, or has a unit: 500ms, 10s, 2m, 1h".to_owned()),
    }
}

/// How many times as fast: more than 0.
pub fn speed(text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok();
    number
        .filter(|number| (1e-3..=1e6).contains(number))
        .ok_or_else(|| {
            "a speed is a number from 0.001 to 1000000: 1 is as it was captured".to_owned()
        })
}

/// A file size in octets: millions of them as in tcpdump, or with a unit of
/// newer tcpdumps.
pub fn file_size(text: &str) -> Result<u64, String> {
    octets(text)
        .or_else(|| text.parse::<u64>().ok()?.checked_mul(1_000_000))
        .filter(|&octets| octets > 0)
        .ok_or_else(|| {
            "a file size is a number of millions of octets, or has a unit: 100k, 10m, 1g".to_owned()
        })
}

/// Memory in octets, with a unit.
pub fn memory(text: &str) -> Result<usize, String> {
    const LEAST: usize = 16 << 20;
    octets(text)
        .and_then(|octets| usize::try_from(octets).ok())
        .filter(|&octets| octets >= LEAST)
        .ok_or_else(|| "memory has a unit, and is 16m at least: 512m, 2g".to_owned())
}

/// Octets with a unit: k, m or g are KiB, MiB and GiB.
fn octets(text: &str) -> Option<u64> {
    let (number, unit) = split(text);
    let factor: u64 = match unit {
        "k" | "K" => 1 << 10,
        "m" | "M" => 1 << 20,
        "g" | "G" => 1 << 30,
        _ => return None,
    };
    number.parse::<u64>().ok()?.checked_mul(factor)
}

/// The number and the unit behind it.
fn split(text: &str) -> (&str, &str) {
    let is_unit = |letter: char| !letter.is_ascii_digit() && letter != '.';
    text.split_at(text.find(is_unit).unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tcptrace::track::MOST_MEMORY;

    #[test]
    fn times_are_seconds_or_have_a_unit() {
        for (text, milliseconds) in [
            ("10", 10_000),
            ("1.5s", 1_500),
            ("500ms", 500),
            ("2m", 120_000),
            ("2min", 120_000),
            ("1h", 3_600_000),
            ("0.001", 1),
        ] {
            assert_eq!(
                time(text),
                Ok(Duration::from_millis(milliseconds)),
                "{text}"
            );
        }
        for text in [
            "", "s", "0", "-1", "1 s", "1d", "1.2.3", "1e3", "0.1ms", "inf",
        ] {
            assert!(time(text).is_err(), "{text}");
        }
    }

    #[test]
    fn memory_has_a_unit_and_is_enough() {
        for (text, octets) in [("16m", 1 << 24), ("2G", 1 << 31), ("20000k", 20_480_000)] {
            assert_eq!(memory(text), Ok(octets), "{text}");
        }
        assert_eq!(memory("1g"), Ok(MOST_MEMORY), "the default, as it is said");
        for text in [
            "",
            "m",
            "1",
            "15m",
            "0g",
            "1.5g",
            "-1g",
            "99999999999999999999g",
        ] {
            assert!(memory(text).is_err(), "{text}");
        }
    }

    #[test]
    fn speeds_are_numbers_above_nothing() {
        for (text, speed_of) in [("1", 1.0), ("0.5", 0.5), ("1000", 1000.0)] {
            assert_eq!(speed(text), Ok(speed_of), "{text}");
        }
        for text in ["", "0", "-1", "1x", "inf", "NaN", "1e9"] {
            assert!(speed(text).is_err(), "{text}");
        }
    }

    #[test]
    fn file_sizes_are_millions_or_have_a_unit() {
        for (text, octets) in [
            ("1", 1_000_000),
            ("10k", 10_240),
            ("10K", 10_240),
            ("3m", 3_145_728),
            ("2g", 2_147_483_648),
        ] {
            assert_eq!(file_size(text), Ok(octets), "{text}");
        }
        for text in [
            "",
            "0",
            "k",
            "1.5m",
            "-1",
            "1x",
            "1kb",
            "99999999999999999999g",
        ] {
            assert!(file_size(text).is_err(), "{text}");
        }
    }
}
