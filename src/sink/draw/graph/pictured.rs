//! The ends of a connection that is drawn, and where its values stand.

use crate::seq::SeqNum;
use crate::sink::draw::ink::Ink;
use crate::sink::draw::picture::Subject;
use crate::sink::draw::plot::marks::{Band, MarkSaid, Panel, Spot};
use crate::sink::duration::shown;
use crate::sink::words::Words;
use crate::sink::words::fill::said;
use crate::time::Timestamp;
use crate::track::dir::Dir;
use crate::track::part::Part;
use crate::track::point::Point;
use crate::track::time_spent::Waited;
use crate::track::trace::Trace;

/// A connection that is drawn.
pub(super) struct Pictured<'c> {
    subject: Subject<'c>,
    pub(super) trace: &'c Trace,
    pub(super) words: &'static Words,
}

impl<'c> Pictured<'c> {
    pub(super) const fn of(subject: Subject<'c>) -> Self {
        Self {
            subject,
            trace: subject.trace,
            words: subject.view.words,
        }
    }

    /// What is drawn one below the other: what the end sent that sent most, then the other,
    /// where that sent any data.
    pub(super) fn dirs(&self) -> Vec<Dir> {
        let flow = &self.subject.connection.flow;
        let octets = |dir| flow.sender(dir).octets;
        let (to_server, to_client) = (octets(Dir::ToServer), octets(Dir::ToClient));
        let mut dirs = if to_client > to_server {
            vec![Dir::ToClient, Dir::ToServer]
        } else {
            vec![Dir::ToServer, Dir::ToClient]
        };
        if to_server == 0 || to_client == 0 {
            dirs.truncate(1);
        }
        dirs
    }

    /// A heading for what an end sends: its name is {0} in the words, its address {1}.
    pub(super) fn heading(&self, words: &str, sender: Dir) -> String {
        let flow = &self.subject.connection.flow;
        let address = match sender {
            Dir::ToServer => flow.client_addr(),
            Dir::ToClient => flow.server_addr(),
        };
        said!(words, self.words.sender(sender), &*address.to_string())
    }

    /// Where what an end sends was captured near its receiver: of its round trip one sees
    /// little there.
    pub(super) fn half_of_the_way(&self, sender: Dir) -> Option<String> {
        const FAR: i64 = 4;
        let legs = self.subject.connection.legs();
        let (to_server, to_client) = (legs.to_server?, legs.to_client?);
        let (seen, unseen) = match sender {
            Dir::ToServer => (to_server, to_client),
            Dir::ToClient => (to_client, to_server),
        };
        let is_near = seen.min.0.saturating_mul(FAR) < unseen.min.0;
        let (receiver, sender) = (self.words.receiver(sender), self.words.sender(sender));
        let time = shown(unseen.min);
        is_near.then(|| said!(self.words.graph.half_of_the_way, receiver, sender, &*time))
    }

    /// Nanoseconds since the first segment.
    pub(super) fn since(&self, time: Timestamp) -> i64 {
        (time - self.subject.connection.flow.first).0
    }

    pub(super) fn spot(&self, time: Timestamp, value: impl Into<f64>) -> Spot {
        Spot {
            time: self.since(time),
            value: value.into(),
        }
    }

    /// When the first segment was captured.
    pub(super) fn begin(&self) -> Timestamp {
        self.subject.connection.flow.first
    }

    /// From the first segment to the last, nanoseconds.
    pub(super) fn length(&self) -> i64 {
        self.subject.connection.flow.duration().0
    }

    /// The first number of what an end sends: that of its SYN.
    pub(super) fn first_number(&self, sender: Dir) -> SeqNum {
        self.subject.connection.flow.sender(sender).iss
    }

    /// The points that are segments of their own, each way.
    pub(super) fn own_points(&self) -> impl Iterator<Item = &'c Point> {
        let points = self.trace.points();
        points.filter(|point| point.part != Part::Copy)
    }

    /// The frame of a point, said of its mark.
    pub(super) fn frame(&self, point: &Point) -> MarkSaid {
        MarkSaid {
            tip: said!(self.words.graph.frame, point.frame),
            frame: Some(point.frame),
        }
    }

    /// The waits that were worth naming.
    pub(super) fn waits(&self) -> Vec<Band> {
        let waits = self.trace.points();
        let waits = waits.filter_map(|point| self.trace.wait_before(point.frame));
        waits.map(|wait| self.band(wait, Ink::Grid)).collect()
    }

    /// Adds what time was spent on, one after the other.
    pub(super) fn add_course(&self, panel: &mut Panel) {
        let spent = self.subject.connection.time_spent();
        let course = spent.map(|spent| spent.course).unwrap_or_default();
        for wait in &course {
            let ink = Ink::of_cause(wait.cause);
            panel.strip.push(self.band(wait, ink));
            panel.spent(ink, self.words.time_spent.cause(wait.cause));
        }
    }

    fn band(&self, wait: &Waited, ink: Ink) -> Band {
        let cause = self.words.time_spent.cause(wait.cause);
        Band {
            ink,
            from: wait.begin.0,
            until: wait.begin.0.saturating_add(wait.length.0),
            label: said!("{0} {1}", cause, wait.length),
        }
    }
}
