//! What the kernel says of the sockets of a connection.

use crate::sink::annotation::colour::Colour;
use crate::sink::columns::{Columns, Heading};
use crate::sink::duration::shown;
use crate::sink::report::block::Block;
use crate::sink::report::steps::INDENT;
use crate::sink::sentence;
use crate::sink::text::Text;
use crate::sink::words::fill::said;
use crate::socket::{Holder, KernelFigures, SocketRecord};
use crate::track::dir::Dir;
use crate::track::troubles::Troubles;

/// Columns that a narrow terminal goes without, the first first: the timeout, the slow
/// start threshold, the congestion window, the round trip, what was sent again,
/// and when the kernel was asked.
const GONE_WITHOUT: [&[usize]; 6] = [&[8], &[6], &[5], &[7], &[9], &[10]];

impl Block<'_> {
    /// The kernel's state, process, queues and figures of each end that is here.
    pub(super) fn sockets(&self, text: &mut Text) {
        let ends = [Dir::ToServer, Dir::ToClient];
        let records = ends.map(|dir| (dir, self.connection.socket_of(dir)));
        if records.iter().all(|(_, record)| record.is_none()) {
            return;
        }
        let words = &self.words.sockets;
        let headings = [
            Heading::Left(words.sockets),
            Heading::Left(words.state),
            Heading::Left(words.process),
            Heading::Right(words.receive_queue),
            Heading::Right(words.send_queue),
            Heading::Right(words.cwnd),
            Heading::Right(words.ssthresh),
            Heading::Right(words.rtt),
            Heading::Right(words.rto),
            Heading::Right(words.retransmitted),
            Heading::Right(words.asked),
        ];
        let mut table = Columns::new(headings, INDENT);
        for (dir, record) in records {
            if let Some(record) = record {
                let colour = if record.differs {
                    Colour::YELLOW
                } else {
                    Colour::NONE
                };
                let colour = colour.only_if(self.is_coloured);
                table.painted_row(self.cells(dir, record), [(1, colour)]);
            }
        }
        table.narrow(self.width, &GONE_WITHOUT);
        text.octet(b'\n');
        table.write(text);
        for (dir, record) in records {
            if let Some(figures) = record.and_then(figures) {
                self.busy(dir, figures, text);
            }
        }
    }

    fn cells(&self, dir: Dir, record: &SocketRecord) -> [String; 11] {
        let words = &self.words.sockets;
        let mut state = match record.socket() {
            Some(socket) => socket.state.name().to_owned(),
            None => words.none.to_owned(),
        };
        if record.differs {
            let shown = self.words.state(self.flow.sender(dir).state);
            state += &said!(words.the_wire, shown);
        }
        let owner = record.owner.as_ref();
        let owner = owner.map(|owner| sentence::owner(owner, true, self.words));
        let process = match (record.socket().map(|socket| socket.holder), owner) {
            (_, None) => dash(),
            (Some(Holder::Program), Some(owner)) => owner,
            (Some(Holder::AcceptQueue), Some(owner)) => said!(words.listens, &owner),
            (Some(Holder::Kernel) | None, Some(owner)) => said!(words.was, &owner),
        };
        let queue = |queue: Option<u32>| queue.map_or_else(dash, |octets| octets.to_string());
        let (socket, asked) = (record.socket(), record.latest.as_ref());
        let figures = figures(record);
        let figure = |value: &dyn Fn(&KernelFigures) -> Option<String>| {
            figures.and_then(value).unwrap_or_else(dash)
        };
        [
            self.words.sender(dir).to_owned(),
            state,
            process,
            queue(socket.map(|socket| socket.receive_queue)),
            queue(socket.map(|socket| socket.send_queue)),
            figure(&|of| Some(of.cwnd.to_string())),
            figure(&|of| Some(of.ssthresh?.to_string())),
            figure(&|of| Some(shown(of.rtt))),
            figure(&|of| Some(shown(of.rto))),
            figure(&|of| Some(self.retransmitted(dir, of))),
            asked.map_or_else(dash, |(at, _)| shown(*at - self.flow.first)),
        ]
    }

    /// What was sent again, and how much of that the segments show where it is another
    /// number: some was not captured, or is not told from other things.
    fn retransmitted(&self, dir: Dir, figures: &KernelFigures) -> String {
        let handshake = &self.flow.handshake;
        let syns = match dir {
            Dir::ToServer => handshake.syn_again,
            Dir::ToClient => handshake.syn_ack_again,
        };
        let troubles = self.flow.sender(dir).troubles();
        let others = troubles.map_or(0, Troubles::retransmissions);
        let (kernels, wires) = (figures.retransmitted, u32::from(syns) + others);
        if kernels == wires {
            kernels.to_string()
        } else {
            said!(self.words.sockets.by_the_wire, kernels, wires)
        }
    }

    /// For how long an end had something to send, and what kept it from that.
    fn busy(&self, dir: Dir, figures: &KernelFigures, text: &mut Text) {
        if figures.busy.0 == 0 {
            return;
        }
        let sentence = said!(
            self.words.sockets.busy,
            self.words.sender(dir),
            figures.busy,
            figures.window_limited,
            figures.buffer_limited,
        );
        let is_limited = figures.window_limited.0 + figures.buffer_limited.0 > 0;
        let colour = if is_limited {
            Colour::YELLOW
        } else {
            Colour::NONE
        };
        self.say(colour, INDENT, &sentence, text);
    }
}

/// The latest figures; of a socket that is gone, its last.
fn figures(record: &SocketRecord) -> Option<&KernelFigures> {
    let (_, socket) = record.latest.as_ref()?;
    socket.figures.as_ref()
}

fn dash() -> String {
    "-".to_owned()
}
