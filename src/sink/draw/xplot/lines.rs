//! The graphs of values over time: round trips, outstanding data, throughput, sizes.

use crate::sink::draw::picture::Subject;
use crate::sink::draw::xplot::head::XplotHead;
use crate::sink::draw::xplot::pen::{Units, XplotColour};
use crate::sink::draw::xplot::values::Values;
use crate::track::classic::graphs::{OwinLines, Rates, Replay, Sizes};
use crate::track::dir::Dir;

/// Microseconds in a millisecond.
const MILLISECOND: u32 = 1_000;

/// The round trips of what an end sent, in whole milliseconds.
pub(in crate::sink::draw) fn rtt(subject: &Subject<'_>, sender: Dir) -> String {
    let head = XplotHead {
        units: Units::Values,
        name: "rtt samples",
        values: "rtt (ms)",
    };
    let mut pen = head.begin(subject, sender);
    let mut line = Values::new("rtt", XplotColour::Red);
    let mut replay = Replay::default();
    for point in subject.trace.points() {
        let reading = replay.take(point);
        // A microsecond stands for none.
        let sample = reading.round_trip.filter(|&micros| micros > 1);
        if let Some(micros) = sample.filter(|_| point.dir != sender) {
            let millis = (micros / MILLISECOND).cast_signed();
            line.extend(&mut pen, reading.now, millis);
        }
    }
    pen.end()
}

/// What an end had outstanding.
pub(in crate::sink::draw) fn flight(subject: &Subject<'_>, sender: Dir) -> String {
    let head = XplotHead {
        units: Units::Values,
        name: "outstanding data",
        values: "OwinLines Data (bytes)",
    };
    let mut pen = head.begin(subject, sender);
    let mut weighted = Values::new("wavg owin", XplotColour::Green);
    let mut octets = Values::new("owin", XplotColour::Red);
    let mut window = Values::new("rwin", XplotColour::Yellow);
    let mut mean = Values::new("avg owin", XplotColour::Blue);
    let mut outstanding = OwinLines::default();
    let mut replay = Replay::default();
    for point in subject.trace.points() {
        let reading = replay.take(point);
        if point.dir != sender {
            continue;
        }
        let Some(at) = outstanding.take(point, &reading) else {
            continue;
        };
        if let Some((before, value)) = at.weighted {
            weighted.extend(&mut pen, before, value);
        }
        octets.extend(&mut pen, reading.now, at.octets);
        window.extend(&mut pen, reading.now, at.window);
        mean.extend(&mut pen, reading.now, at.mean);
    }
    pen.end()
}

/// How fast an end sent.
pub(in crate::sink::draw) fn throughput(subject: &Subject<'_>, sender: Dir) -> String {
    let head = XplotHead {
        units: Units::Values,
        name: "throughput",
        values: "thruput (bytes/sec)",
    };
    let mut pen = head.begin(subject, sender);
    let mut of_while = Values::new("inst. tput", XplotColour::Red);
    let mut of_all = Values::new("avg. tput", XplotColour::Blue);
    let mut rates = Rates::default();
    let mut replay = Replay::default();
    for point in subject.trace.points() {
        let reading = replay.take(point);
        if point.dir != sender {
            continue;
        }
        let Some(at) = rates.take(point, &reading) else {
            continue;
        };
        if let Some((latest, all)) = at.lines {
            of_while.extend(&mut pen, reading.now, latest);
            of_all.extend(&mut pen, reading.now, all);
        }
        let place = (reading.now, at.dot.cast_unsigned());
        pen.mark("dot", place, Some(XplotColour::Yellow));
    }
    pen.end()
}

/// How large the segments of an end were.
pub(in crate::sink::draw) fn segments(subject: &Subject<'_>, sender: Dir) -> String {
    let head = XplotHead {
        units: Units::Values,
        name: "segment size graph",
        values: "segment size (bytes)",
    };
    let mut pen = head.begin(subject, sender);
    let mut size = Values::new("segsize", XplotColour::Red);
    let mut mean = Values::new("avg segsize", XplotColour::Blue);
    let mut sizes = Sizes::default();
    let mut replay = Replay::default();
    for point in subject.trace.points() {
        let reading = replay.take(point);
        if point.dir != sender {
            continue;
        }
        if let Some(at) = sizes.take(point) {
            size.extend(&mut pen, reading.now, at.octets.cast_signed());
            let average = i32::try_from(at.mean).unwrap_or(i32::MAX);
            mean.extend(&mut pen, reading.now, average);
        }
    }
    pen.end()
}
