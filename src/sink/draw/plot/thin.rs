//! A graph of many segments has more marks than anybody sees: those that fall on the same
//! spot become one. What is trouble stays.

use std::collections::HashMap;

use crate::sink::draw::ink::Ink;
use crate::sink::draw::plot::marks::{Bar, Curve, Panel, Pin, Spot};

/// The most marks of a kind in a panel that are left as they are.
const MOST: usize = 4_000;

/// Whether an ink stands for what is no trouble.
const fn is_usual(ink: Ink) -> bool {
    matches!(
        ink,
        Ink::Data | Ink::Ack | Ink::Window | Ink::Sack | Ink::Faint | Ink::Copy
    )
}

/// Makes marks of the same ink in the same `step` nanoseconds one.
pub(super) fn thin(panel: &mut Panel, step: i64) {
    let step = step.max(1);
    if panel.bars.len() > MOST {
        panel.bars = bars(std::mem::take(&mut panel.bars), step);
    }
    if panel.pins.len() > MOST {
        panel.pins = pins(std::mem::take(&mut panel.pins), step);
    }
    for curve in &mut panel.curves {
        if curve.spots.len() > MOST {
            thin_curve(curve, step);
        }
    }
}

fn bars(bars: Vec<Bar>, step: i64) -> Vec<Bar> {
    let mut places = HashMap::new();
    let mut kept: Vec<Bar> = Vec::new();
    for bar in bars {
        let key = (bar.ink, bar.time.div_euclid(step));
        let place = places.get(&key).filter(|_| is_usual(bar.ink));
        if let Some(&at) = place {
            let other: &mut Bar = &mut kept[at];
            other.low = other.low.min(bar.low);
            other.high = other.high.max(bar.high);
            continue;
        }
        places.insert(key, kept.len());
        kept.push(bar);
    }
    kept
}

fn pins(pins: Vec<Pin>, step: i64) -> Vec<Pin> {
    let mut latest = HashMap::new();
    let mut kept = pins;
    kept.retain(|pin| {
        let at = pin.at.time.div_euclid(step);
        let is_there = latest.insert((pin.ink, pin.sign), at) == Some(at);
        !(is_there && is_usual(pin.ink) && pin.label.is_empty())
    });
    kept
}

/// Of each step the first value, the least, the largest and the last stay.
fn thin_curve(curve: &mut Curve, step: i64) {
    let spots = std::mem::take(&mut curve.spots);
    let of_step =
        |one: &Spot, other: &Spot| one.time.div_euclid(step) == other.time.div_euclid(step);
    for chunk in spots.chunk_by(of_step) {
        let by_value = |one: &&Spot, other: &&Spot| one.value.total_cmp(&other.value);
        let mut ends = [
            chunk.first(),
            chunk.iter().min_by(by_value),
            chunk.iter().max_by(by_value),
            chunk.last(),
        ];
        ends.sort_by_key(|spot| spot.map(|spot| spot.time));
        curve.spots.extend(ends.into_iter().flatten());
    }
    curve.spots.dedup();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sink::draw::plot::axis::Unit;
    use crate::sink::draw::plot::marks::MarkSaid;
    use crate::sink::draw::scene::Sign;

    #[test]
    fn usual_marks_become_few_and_trouble_stays() {
        let mut panel = Panel::new(String::new(), Unit::Octets);
        for time in 0..100_000 {
            let value = f64::from(u32::try_from(time % 1_000).unwrap());
            let at = Spot { time, value };
            let ink = if time % 1_000 == 7 {
                Ink::Lost
            } else {
                Ink::Data
            };
            let said = MarkSaid::default();
            panel.bars.push(Bar {
                ink,
                time,
                low: value,
                high: value + 1.0,
                said: said.clone(),
            });
            let (sign, label) = (Sign::Dot, "");
            panel.pins.push(Pin {
                ink,
                at,
                sign,
                label,
                said,
            });
        }
        let spots = panel.pins.iter().map(|pin| pin.at).collect();
        panel.curve(Ink::Ack, spots, "");
        let before = panel.values();
        thin(&mut panel, 500);
        let lost = |ink: &Ink| *ink == Ink::Lost;
        assert_eq!(panel.bars.iter().filter(|bar| lost(&bar.ink)).count(), 100);
        assert_eq!(panel.pins.iter().filter(|pin| lost(&pin.ink)).count(), 100);
        assert_eq!(panel.bars.len(), 300);
        assert!(panel.pins.len() <= 300 && panel.curves[0].spots.len() <= 800);
        assert_eq!(panel.values(), before);
    }
}
