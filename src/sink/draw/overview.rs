//! All connections of a capture on one axis: when each was, what became of it, and what its
//! time was spent on. Those in trouble come first; of many the others are counted.

use std::cmp::Reverse;

use crate::sink::draw::ink::Ink;
use crate::sink::draw::plot::axis::{Axis, Unit};
use crate::sink::draw::plot::legend;
use crate::sink::draw::plot::marks::{KeyShape, LegendKey};
use crate::sink::draw::scene::{Align, Place, Scene, Shape};
use crate::sink::duration::shown;
use crate::sink::sentence;
use crate::sink::share::percent_of;
use crate::sink::width;
use crate::sink::words::Words;
use crate::sink::words::fill::said;
use crate::time::{Span, Timestamp};
use crate::track::connection::Connection;
use crate::track::flow::FlowId;
use crate::track::summary::{Fared, Trouble};
use crate::track::time_spent::TimeCause;
use crate::track::verdict::Verdict;

/// The most connections that have a bar, and the most where nothing is to be folded.
const MOST: usize = 40;
const MOST_WHOLE: usize = 2_000;
/// Columns for what became of a connection, and for what took its time.
const VERDICT: f64 = 20.0;
const CAUSE: f64 = 26.0;
/// From so many columns on there is room for the latter.
const WIDE: f64 = 100.0;
/// Columns between two parts of a row.
const GAP: f64 = 2.0;

/// A connection's row.
#[derive(Debug, Clone)]
struct TimeBar {
    fared: Fared,
    id: FlowId,
    name: String,
    first: Timestamp,
    length: Span,
    verdict: Verdict,
    sums: Vec<(TimeCause, Span)>,
}

impl TimeBar {
    /// What is known of its time in all.
    fn spent(&self) -> Span {
        Span(self.sums.iter().map(|(_, sum)| sum.0.max(0)).sum())
    }
}

/// All connections.
#[derive(Debug, Default)]
pub(super) struct Overview {
    /// The worst first.
    lanes: Vec<TimeBar>,
    count: u64,
    closed: u64,
    /// When the first began, and the last ended.
    extent: Option<(Timestamp, Timestamp)>,
}

const fn is_closed(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Closed { .. } | Verdict::ClosedAtOnce)
}

impl Overview {
    /// One more.
    pub(super) fn take(&mut self, connection: &Connection) {
        let flow = &connection.flow;
        let spent = connection.time_spent();
        let found: Vec<_> = connection.diagnoses_in(spent.as_ref()).collect();
        let lane = TimeBar {
            fared: Fared::of(connection, spent.as_ref(), &found),
            id: flow.id,
            name: format!("{} → {}", flow.client_addr(), flow.server_addr()),
            first: flow.first,
            length: flow.duration(),
            verdict: Verdict::of(flow),
            sums: spent.map_or_else(Vec::new, |spent| spent.sums.to_vec()),
        };
        self.count += 1;
        self.closed += u64::from(is_closed(lane.verdict));
        let (first, last) = self.extent.unwrap_or((flow.first, flow.last));
        self.extent = Some((first.min(flow.first), last.max(flow.last)));
        let at = self.lanes.partition_point(|other| other.fared > lane.fared);
        if at < MOST_WHOLE {
            self.lanes.truncate(MOST_WHOLE - 1);
            self.lanes.insert(at, lane);
        }
    }

    /// Laid out, so many columns wide at most.
    pub(super) fn scene(&self, columns: usize, is_whole: bool, words: &'static Words) -> Scene {
        #[expect(clippy::cast_precision_loss, reason = "a terminal's columns")]
        let columns = columns.max(60) as f64;
        let length = self.extent.map_or(Span(0), |(first, last)| last - first);
        let title = said!(words.graph.overview, self.count, length);
        let mut scene = Scene::new(title.clone(), columns, 1.0);
        let (at, align) = (Place::at(0.0, 0.0), Align::Left);
        let shape = Shape::Text {
            at,
            align,
            text: title,
            is_bold: true,
        };
        scene.draw(Ink::Text, shape);
        let most = if is_whole { MOST_WHOLE } else { MOST };
        let lanes = &self.lanes[..self.lanes.len().min(most)];
        let table = OverviewTable::of(lanes, columns, length);
        let mut keys = Vec::new();
        for lane in lanes {
            table.draw(&mut scene, lane, self.extent, words, &mut keys);
            scene.height += 1.0;
        }
        table.axis(&mut scene);
        scene.height += 1.0;
        let below = scene.height;
        scene.height += legend::write(&mut scene, &keys, 0.0, below);
        if let Some(text) = self.others(lanes, words) {
            let at = Place::at(0.0, scene.height);
            scene.text(Ink::Faint, at, Align::Left, text);
            scene.height += 1.0;
        }
        scene
    }

    /// Those that have no bar.
    fn others(&self, lanes: &[TimeBar], words: &Words) -> Option<String> {
        let is_drawn = |lane: &&TimeBar| is_closed(lane.verdict);
        let drawn = lanes.iter().filter(is_drawn).count() as u64;
        let closed = self.closed.saturating_sub(drawn);
        let others = self.count.saturating_sub(lanes.len() as u64 + closed);
        let said = [
            (closed > 0).then(|| said!(words.graph.others_closed, closed)),
            (others > 0).then(|| said!(words.graph.others, others)),
        ];
        let said: Vec<_> = said.into_iter().flatten().collect();
        (!said.is_empty()).then(|| said.join(words.count.comma))
    }
}

/// Where the parts of rows stand.
struct OverviewTable {
    number: f64,
    left: f64,
    right: f64,
    has_causes: bool,
    times: Axis,
}

impl OverviewTable {
    #[expect(clippy::cast_precision_loss, reason = "a column is coarser")]
    fn of(lanes: &[TimeBar], columns: f64, length: Span) -> Self {
        let digits = lanes.iter().map(|lane| lane.id.0.to_string().len()).max();
        let number = digits.unwrap_or(1) as f64;
        let names = lanes.iter().map(|lane| width::of(&lane.name)).max();
        let name = (names.unwrap_or(0) as f64).min((columns * 0.4).floor());
        let has_causes = columns >= WIDE;
        let behind = VERDICT + if has_causes { CAUSE } else { 0.0 };
        let left = number + 1.0 + name + GAP;
        let right = (columns - behind - GAP).max(left + 8.0);
        Self {
            number,
            left,
            right,
            has_causes,
            times: Axis::new(Unit::Time, (0.0, length.0 as f64), (right - left) / 10.0),
        }
    }

    fn draw(
        &self,
        scene: &mut Scene,
        lane: &TimeBar,
        extent: Option<(Timestamp, Timestamp)>,
        words: &'static Words,
        keys: &mut Vec<LegendKey>,
    ) {
        let y = scene.height;
        let text_at = |x: f64| Place::at(x, y);
        let number = lane.id.0.to_string();
        scene.text(Ink::Faint, text_at(self.number), Align::Right, number);
        let name = cut(&lane.name, self.left - GAP - self.number - 1.0);
        scene.text(Ink::Text, text_at(self.number + 1.0), Align::Left, name);
        let begin = extent.map_or(Span(0), |(first, _)| lane.first - first);
        self.bar(scene, lane, begin, words, keys);
        let ink = match lane.fared.trouble {
            Trouble::Failed => Ink::Lost,
            Trouble::Slow => Ink::Again,
            Trouble::Nothing => Ink::Text,
        };
        let verdict = sentence::word(lane.verdict, words);
        let verdict = cut(verdict, VERDICT - 1.0);
        scene.text(ink, text_at(self.right + GAP), Align::Left, verdict);
        let largest = lane
            .sums
            .iter()
            .max_by_key(|(cause, sum)| (sum.0, Reverse(*cause)));
        if let Some((cause, sum)) = largest.filter(|(_, sum)| self.has_causes && sum.0 > 0) {
            let share = percent_of(*sum, lane.spent());
            let text = format!("{} {share} %", words.time_spent.cause(*cause));
            let at = text_at(self.right + GAP + VERDICT);
            scene.text(Ink::Faint, at, Align::Left, cut(&text, CAUSE));
        }
    }

    /// The bar of a connection, and what its time was spent on in it.
    #[expect(clippy::cast_precision_loss, reason = "a column is coarser")]
    fn bar(
        &self,
        scene: &mut Scene,
        lane: &TimeBar,
        begin: Span,
        words: &'static Words,
        keys: &mut Vec<LegendKey>,
    ) {
        let y = scene.height;
        let x = |time: i64| self.left + self.times.share(time as f64) * (self.right - self.left);
        let whole = (x(begin.0 + lane.length.0) - x(begin.0)).max(0.25);
        let mut at = x(begin.0).min(self.right - whole);
        let all = lane.spent().0;
        if all == 0 {
            let (from, to) = (Place::at(at, y + 0.15), Place::at(at + whole, y + 0.85));
            scene.draw(Ink::Faint, Shape::Area { from, to });
        }
        for &(cause, sum) in lane.sums.iter().filter(|(_, sum)| sum.0 > 0) {
            let part = whole * sum.0 as f64 / all as f64;
            let ink = Ink::of_cause(cause);
            let (from, to) = (Place::at(at, y + 0.15), Place::at(at + part, y + 0.85));
            let area = scene.draw(ink, Shape::Area { from, to });
            let text = words.time_spent.cause(cause);
            area.tip = Some(format!("{text} {}", shown(sum)));
            if !keys.iter().any(|key| key.text == text) {
                let shape = KeyShape::Area;
                keys.push(LegendKey { ink, shape, text });
            }
            at += part;
        }
    }

    fn axis(&self, scene: &mut Scene) {
        let y = scene.height;
        for (value, text) in self.times.numbers() {
            let x = self.left + self.times.share(value) * (self.right - self.left);
            scene.text(Ink::Faint, Place::at(x, y), Align::Middle, text);
        }
    }
}

/// A text that is no wider than there is room.
fn cut(text: &str, columns: f64) -> String {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "columns"
    )]
    let columns = columns.max(1.0) as usize;
    if width::of(text) <= columns {
        return text.to_owned();
    }
    let mut short = String::new();
    for letter in text.chars() {
        if width::of(&short) + width::of(letter.encode_utf8(&mut [0; 4])) >= columns {
            break;
        }
        short.push(letter);
    }
    short.push('…');
    short
}
