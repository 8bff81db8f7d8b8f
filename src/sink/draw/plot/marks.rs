//! What stands in a graph, in times and values.

use std::num::NonZeroU64;

use crate::sink::draw::ink::Ink;
use crate::sink::draw::plot::axis::Unit;
use crate::sink::draw::scene::Sign;

/// Where something stands: nanoseconds since the connection's first segment, and a value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::sink::draw) struct Spot {
    pub(in crate::sink::draw) time: i64,
    pub(in crate::sink::draw) value: f64,
}

/// What is said of a mark where somebody points at it, and the frame that it shows.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::sink::draw) struct MarkSaid {
    pub(in crate::sink::draw) tip: String,
    pub(in crate::sink::draw) frame: Option<NonZeroU64>,
}

/// A line through values.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::sink::draw) struct Curve {
    pub(in crate::sink::draw) ink: Ink,
    pub(in crate::sink::draw) spots: Vec<Spot>,
    /// Whether a value holds until the next.
    pub(in crate::sink::draw) is_step: bool,
    /// It may lie beyond what is drawn, where it is far from the rest: what is said then, of
    /// its name and its least value.
    pub(in crate::sink::draw) beyond: Option<&'static str>,
}

/// Values from one to another at a time.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::sink::draw) struct Bar {
    pub(in crate::sink::draw) ink: Ink,
    pub(in crate::sink::draw) time: i64,
    pub(in crate::sink::draw) low: f64,
    pub(in crate::sink::draw) high: f64,
    pub(in crate::sink::draw) said: MarkSaid,
}

/// A small sign at a value, and what stands above it.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::sink::draw) struct Pin {
    pub(in crate::sink::draw) ink: Ink,
    pub(in crate::sink::draw) at: Spot,
    pub(in crate::sink::draw) sign: Sign,
    pub(in crate::sink::draw) label: &'static str,
    pub(in crate::sink::draw) said: MarkSaid,
}

/// A while.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::sink::draw) struct Band {
    pub(in crate::sink::draw) ink: Ink,
    pub(in crate::sink::draw) from: i64,
    pub(in crate::sink::draw) until: i64,
    pub(in crate::sink::draw) label: String,
}

/// What a key shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::sink::draw) enum KeyShape {
    Line,
    Area,
    Sign(Sign),
}

/// What an ink and a shape stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::sink::draw) struct LegendKey {
    pub(in crate::sink::draw) ink: Ink,
    pub(in crate::sink::draw) shape: KeyShape,
    pub(in crate::sink::draw) text: &'static str,
}

/// A graph with axes of its own.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::sink::draw) struct Panel {
    pub(in crate::sink::draw) heading: String,
    pub(in crate::sink::draw) unit: Unit,
    pub(in crate::sink::draw) curves: Vec<Curve>,
    pub(in crate::sink::draw) bars: Vec<Bar>,
    pub(in crate::sink::draw) pins: Vec<Pin>,
    /// Waits, behind the rest.
    pub(in crate::sink::draw) waits: Vec<Band>,
    /// What time was spent on, below the time axis.
    pub(in crate::sink::draw) strip: Vec<Band>,
    /// What stands in it.
    pub(in crate::sink::draw) strip_keys: Vec<LegendKey>,
    /// What occurs, in order.
    pub(in crate::sink::draw) keys: Vec<LegendKey>,
    /// What is said below it, a line each.
    pub(in crate::sink::draw) remarks: Vec<String>,
}

/// What is larger than the rest by this is far from it.
pub(in crate::sink::draw) const NEAR: f64 = 2.0;

impl Panel {
    pub(in crate::sink::draw) const fn new(heading: String, unit: Unit) -> Self {
        Self {
            heading,
            unit,
            curves: Vec::new(),
            bars: Vec::new(),
            pins: Vec::new(),
            waits: Vec::new(),
            strip: Vec::new(),
            strip_keys: Vec::new(),
            keys: Vec::new(),
            remarks: Vec::new(),
        }
    }

    /// Says what an ink stands for, once.
    pub(in crate::sink::draw) fn key(&mut self, ink: Ink, sign: Option<Sign>, text: &'static str) {
        let shape = sign.map_or(KeyShape::Line, KeyShape::Sign);
        let key = LegendKey { ink, shape, text };
        if !self.keys.contains(&key) {
            self.keys.push(key);
        }
    }

    /// Says what an ink stands for among what time was spent on, once.
    pub(in crate::sink::draw) fn spent(&mut self, ink: Ink, text: &'static str) {
        let shape = KeyShape::Area;
        let key = LegendKey { ink, shape, text };
        if !self.strip_keys.contains(&key) {
            self.strip_keys.push(key);
        }
    }

    /// Draws a curve, where it has any value, and says what it stands for.
    pub(in crate::sink::draw) fn curve(&mut self, ink: Ink, spots: Vec<Spot>, text: &'static str) {
        if spots.is_empty() {
            return;
        }
        self.key(ink, None, text);
        self.curves.push(Curve {
            ink,
            spots,
            is_step: false,
            beyond: None,
        });
    }

    /// The same where a value holds until the next.
    pub(in crate::sink::draw) fn steps(&mut self, ink: Ink, spots: Vec<Spot>, text: &'static str) {
        self.curve(ink, spots, text);
        if let Some(last) = self.curves.last_mut() {
            last.is_step = true;
        }
    }

    /// Lets the latest curve lie beyond what is drawn, and says so then.
    pub(in crate::sink::draw) fn let_leave(&mut self, beyond: &'static str) {
        if let Some(last) = self.curves.last_mut() {
            last.beyond = Some(beyond);
        }
    }

    /// The least value and the largest of what has to be seen.
    pub(in crate::sink::draw) fn values(&self) -> (f64, f64) {
        let (least, most) = self.values_without(|curve| curve.beyond.is_some());
        let (_, all) = self.values_without(|_| false);
        let is_near = all <= most * NEAR;
        (least, if is_near || most <= 0.0 { all } else { most })
    }

    fn values_without(&self, is_left_out: fn(&Curve) -> bool) -> (f64, f64) {
        let curves = self.curves.iter().filter(|curve| !is_left_out(curve));
        let curves = curves.flat_map(|curve| &curve.spots);
        let values = curves.chain(self.pins.iter().map(|pin| &pin.at));
        let values = values.map(|spot| spot.value);
        let bars = self.bars.iter().flat_map(|bar| [bar.low, bar.high]);
        values.chain(bars).fold((0.0, 0.0), |(least, most), value| {
            (f64::min(least, value), f64::max(most, value))
        })
    }
}
