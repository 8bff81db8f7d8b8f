//! How much and how fast, for people: octets, and octets a second, in the unit that suits
//! them.

/// Octets a second as `850 B/s`, `12.3 kB/s`, `1.25 MB/s`, `9.87 GB/s`: three digits.
#[must_use]
pub fn shown(octets: u64) -> String {
    amount(octets) + "/s"
}

/// Octets as `850 B`, `12.3 kB`, `1.25 MB`, `9.87 GB`: three digits.
#[must_use]
pub fn amount(octets: u64) -> String {
    const UNITS: [&str; 5] = ["B", "kB", "MB", "GB", "TB"];
    // In thousandths of a unit, rounded to what is shown before the unit is chosen.
    let mut thousandths = u128::from(octets) * 1_000;
    for unit in UNITS {
        let (digits, step) = match thousandths {
            0..9_995 => (2, 10),
            9_995..99_950 => (1, 100),
            _ => (0, 1_000),
        };
        let rounded = (thousandths + step / 2) / step * step;
        if rounded < 1_000_000 || unit == "TB" {
            if unit == "B" {
                return format!("{octets} B");
            }
            let (whole, rest) = (rounded / 1_000, rounded % 1_000 / step);
            return match digits {
                0 => format!("{whole} {unit}"),
                digits => format!("{whole}.{rest:0digits$} {unit}"),
            };
        }
        thousandths /= 1_000;
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_has_three_digits_and_the_unit_that_suits_it() {
        for (octets, expected) in [
            (0, "0 B/s"),
            (999, "999 B/s"),
            (1_000, "1.00 kB/s"),
            (1_234, "1.23 kB/s"),
            (9_996, "10.0 kB/s"),
            (12_345, "12.3 kB/s"),
            (999_499, "999 kB/s"),
            (999_600, "1.00 MB/s"),
            (1_250_000_000, "1.25 GB/s"),
            (u64::MAX, "18446744 TB/s"),
        ] {
            assert_eq!(shown(octets), expected, "{octets}");
        }
    }
}
