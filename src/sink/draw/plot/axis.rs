//! Axes: round numbers at even distances.

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::sink::draw) enum Unit {
    /// Nanoseconds.
    Time,
    /// Octets.
    Octets,
    /// Octets in a second.
    Rate,
}

/// An axis from a value to another, and where its numbers stand.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::sink::draw) struct Axis {
    least: f64,
    most: f64,
    step: f64,
    unit: Unit,
}

impl Axis {
    /// An axis for these values, with so many numbers at most.
    pub(in crate::sink::draw) fn new(unit: Unit, (least, most): (f64, f64), numbers: f64) -> Self {
        let smallest = if unit == Unit::Time { 1_000.0 } else { 1.0 };
        let most = most.max(least + smallest);
        let step = round_up((most - least) / numbers.max(1.0)).max(smallest);
        Self {
            least,
            most,
            step,
            unit,
        }
    }

    /// The same with a little room beyond the largest value.
    pub(super) fn with_room(unit: Unit, (least, most): (f64, f64), numbers: f64) -> Self {
        Self::new(unit, (least, least + (most - least) * 1.06), numbers)
    }

    /// How far along a value stands, from 0 to 1.
    pub(in crate::sink::draw) fn share(&self, value: f64) -> f64 {
        ((value - self.least) / (self.most - self.least)).clamp(0.0, 1.0)
    }

    /// Whether a value stands beyond its end.
    pub(super) fn is_beyond(&self, value: f64) -> bool {
        value > self.most
    }

    /// Its numbers and how they are written; the last with its unit.
    pub(in crate::sink::draw) fn numbers(&self) -> Vec<(f64, String)> {
        let (divisor, name) = self.scale();
        let decimals = decimals(self.step / divisor);
        let mut numbers = Vec::new();
        let mut nth = (self.least / self.step).ceil();
        while nth * self.step <= self.most && numbers.len() < 100 {
            let value = nth * self.step;
            numbers.push((value, format!("{:.decimals$}", value / divisor)));
            nth += 1.0;
        }
        if let Some((_, last)) = numbers.last_mut() {
            last.push(' ');
            *last += name;
        }
        numbers
    }

    /// By what its numbers are divided, and the unit that they then have.
    fn scale(&self) -> (f64, &'static str) {
        let scales: &[(f64, &str)] = match self.unit {
            Unit::Time => &[(1e9, "s"), (1e6, "ms"), (1e3, "µs")],
            Unit::Octets => &[(1e9, "GB"), (1e6, "MB"), (1e3, "kB"), (1.0, "B")],
            Unit::Rate => &[(1e9, "GB/s"), (1e6, "MB/s"), (1e3, "kB/s"), (1.0, "B/s")],
        };
        let fits = |&&(divisor, _): &&(f64, &str)| self.most >= divisor;
        let last = scales[scales.len() - 1];
        scales.iter().find(fits).copied().unwrap_or(last)
    }
}

/// The next larger of 1, 2 and 5, times a power of ten.
fn round_up(step: f64) -> f64 {
    let power = 10_f64.powf(step.max(1e-9).log10().floor());
    let steps = [1.0, 2.0, 5.0].map(|digit| digit * power);
    let next = steps.into_iter().find(|round| *round >= step * 0.999_999);
    next.unwrap_or(10.0 * power)
}

/// How many decimals tell steps apart.
fn decimals(step: f64) -> usize {
    [1.0, 0.1, 0.01]
        .iter()
        .position(|least| step >= least * 0.999)
        .unwrap_or(3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(unit: Unit, values: (f64, f64), numbers: f64) -> Vec<String> {
        let axis = Axis::new(unit, values, numbers);
        axis.numbers().into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn numbers_are_round_and_the_last_has_the_unit() {
        assert_eq!(
            numbers(Unit::Octets, (0.0, 64_000.0), 4.0),
            ["0", "20", "40", "60 kB"]
        );
        assert_eq!(
            numbers(Unit::Time, (0.0, 1_300_000_000.0), 3.0),
            ["0.0", "0.5", "1.0 s"]
        );
        assert_eq!(numbers(Unit::Rate, (0.0, 900.0), 2.0), ["0", "500 B/s"]);
    }

    #[test]
    fn an_axis_of_one_value_has_a_length() {
        let axis = Axis::new(Unit::Octets, (0.0, 0.0), 4.0);
        assert_eq!(numbers(Unit::Octets, (0.0, 0.0), 4.0), ["0", "1 B"]);
        assert!(axis.share(0.0) < 0.01 && axis.share(7.0) > 0.99);
    }
}
