//! A line of values over time, as classic tcptrace draws it: a dot a value, a line back to
//! the one before, and once its name.

use crate::sink::draw::xplot::pen::{At, Pen, XplotColour};

/// A line that goes on from value to value.
pub(super) struct Values {
    name: &'static str,
    colour: XplotColour,
    latest: Option<(i64, i32)>,
    is_named: bool,
}

impl Values {
    pub(super) const fn new(name: &'static str, colour: XplotColour) -> Self {
        Self {
            name,
            colour,
            latest: None,
            is_named: false,
        }
    }

    /// Draws on to a value.
    pub(super) fn extend(&mut self, pen: &mut Pen, at: i64, value: i32) {
        let before = self.latest.filter(|&(at, _)| at != 0);
        if let Some(before) = before
            && value != 0
            && !self.is_named
        {
            self.is_named = true;
            let middle = between(before, (at, value));
            pen.text("ltext", middle, Some(self.colour), self.name);
        }
        let place = (at, value.cast_unsigned());
        pen.colour(self.colour);
        pen.mark("dot", place, None);
        if let Some((since, from)) = before {
            pen.line(place, (since, from.cast_unsigned()));
        }
        self.latest = Some((at, value));
    }
}

/// Where the name stands. Seconds and microseconds are halved apart, so that an odd second
/// loses a half.
fn between(from: (i64, i32), to: (i64, i32)) -> At {
    const SECOND: i64 = 1_000_000;
    let micros = to.0.saturating_sub(from.0).max(0);
    let halved = micros / SECOND / 2 * SECOND + micros % SECOND / 2;
    let value = from.1.wrapping_add(to.1).wrapping_add(1) / 2;
    (from.0 + halved, value.cast_unsigned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sink::draw::xplot::pen::Units;

    #[test]
    fn a_line_is_named_once_between_its_first_two_values() {
        let mut pen = Pen::new(Units::Values, "t", "v");
        let mut line = Values::new("rtt", XplotColour::Red);
        for (at, value) in [(1_000_000, 10), (4_000_002, 20), (4_000_003, 5)] {
            line.extend(&mut pen, at, value);
        }
        assert_eq!(
            pen.end(),
            "timeval signed\ntitle\nt\nxlabel\ntime\nylabel\nv\n\
             red\ndot 1.000000 10\n\
             ltext 2.000001 15 red\nrtt\ndot 4.000002 20\nline 4.000002 20 1.000000 10\n\
             dot 4.000003 5\nline 4.000003 5 4.000002 20\ngo\n"
        );
    }
}
