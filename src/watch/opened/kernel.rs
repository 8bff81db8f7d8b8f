//! What the kernel says of both sockets, beside what the segments show.

use ratatui::text::Span as Piece;
use tcptrace::sink::duration::shown;
use tcptrace::sink::sentence;
use tcptrace::socket::{KernelFigures, Socket, SocketRecord};
use tcptrace::time::Span;
use tcptrace::track::connection::Connection;
use tcptrace::track::dir::Dir;
use tcptrace::track::time_spent::{TimeCause, TimeSpent};

use crate::watch::opened::Opened;
use crate::watch::opened::words::filled;

/// What stands in front of every row, and between two columns.
const INDENT: &str = "  ";
const GAP: usize = 2;
/// Columns of what a row is about at least, and of the kernel's word.
const COLUMNS: [usize; 2] = [30, 22];

/// A row: what it is about, the kernel's word, the wire's.
type KernelRow = [String; 3];

impl Opened {
    /// The lines of the tab.
    pub(super) fn kernel_lines(&self, width: u16) -> Vec<String> {
        let both = [Dir::ToServer, Dir::ToClient];
        let connection = self.record.as_deref();
        let is_told = |it: &&Connection| both.iter().any(|dir| it.socket_of(*dir).is_some());
        let Some(connection) = connection.filter(is_told) else {
            let why = if self.options.is_live {
                self.words.none_asked
            } else {
                self.words.of_recording
            };
            return folded(why, width);
        };
        let spent = connection.time_spent();
        let mut lines = Vec::new();
        for dir in both {
            if !lines.is_empty() {
                lines.push(String::new());
            }
            if let Some(record) = connection.socket_of(dir) {
                self.end_lines(connection, spent.as_ref(), (dir, record), &mut lines);
            } else {
                lines.push(self.bold(self.options.lang.words().sender(dir)));
                lines.extend(folded(self.words.not_asked, width));
            }
        }
        lines
    }

    fn end_lines(
        &self,
        connection: &Connection,
        spent: Option<&TimeSpent>,
        (dir, record): (Dir, &SocketRecord),
        lines: &mut Vec<String>,
    ) {
        let (words, of_library) = (self.words, self.options.lang.words());
        let owner = record.owner.as_ref();
        let owner = owner.map(|owner| sentence::owner(owner, true, of_library));
        let owner = owner.unwrap_or_else(|| words.no_process.to_owned());
        let at = record.latest.as_ref().map(|(at, _)| *at);
        let ago = self.now.zip(at).map(|(now, at)| Span((now - at).0.max(0)));
        let ago = ago.map(|ago| filled(words.asked, &[ago.into()]));
        let ago = ago.map(|ago| format!("{INDENT}{ago}")).unwrap_or_default();
        let end = self.bold(of_library.sender(dir));
        lines.push(format!("{end}{INDENT}{owner}{ago}"));
        if record.is_gone {
            lines.push(format!("{INDENT}{}", words.no_socket_now));
        }
        let Some((_, socket)) = &record.latest else {
            return;
        };
        let headings = [
            String::new(),
            words.by_kernel.to_owned(),
            words.by_wire.to_owned(),
        ];
        lines.push(self.row(&headings));
        let mut rows = self.socket_rows(connection, dir, socket);
        if let Some(figures) = &socket.figures {
            rows.extend(self.figure_rows(connection, dir, figures));
            rows.extend(self.time_rows(dir, figures, spent));
        }
        let first = lines.len();
        lines.extend(rows.iter().map(|row| self.row(row)));
        if record.differs {
            // The states, which are the first row.
            lines[first] = self.in_colour("33", &lines[first]);
        }
    }

    /// The state and the queues.
    fn socket_rows(&self, connection: &Connection, dir: Dir, socket: &Socket) -> Vec<KernelRow> {
        let (words, half) = (self.words, connection.flow.sender(dir));
        let state = self.options.lang.words().state(half.state);
        let octets = |count: u32| filled(words.octets, &[count.into()]);
        vec![
            beside(words.state, socket.state.name(), state),
            beside(
                words.send_queue,
                octets(socket.send_queue),
                octets(half.unacknowledged()),
            ),
            beside(words.receive_queue, octets(socket.receive_queue), "-"),
        ]
    }

    /// What the kernel sends by.
    fn figure_rows(
        &self,
        connection: &Connection,
        dir: Dir,
        figures: &KernelFigures,
    ) -> Vec<KernelRow> {
        let (words, flow) = (self.words, &connection.flow);
        let segments = |count: u32| filled(words.segments_only, &[count.into()]);
        let size = flow.max_segment(dir).filter(|size| *size > 0);
        let window = match size {
            Some(size) => {
                let octets = u64::from(figures.cwnd) * u64::from(size);
                let values = [figures.cwnd.into(), size.into(), octets.into()];
                filled(words.segments_and_octets, &values)
            }
            None => segments(figures.cwnd),
        };
        let trip = connection.legs().whole().map(|leg| shown(leg.median));
        let trip = trip.unwrap_or_else(|| "-".to_owned());
        let varies = [figures.rtt.into(), figures.rtt_var.into()];
        let again = flow.segments_again_by(dir).to_string();
        let ssthresh = figures.ssthresh.map_or_else(|| "-".to_owned(), segments);
        let in_flight = filled(words.octets, &[flow.sender(dir).unacknowledged().into()]);
        vec![
            beside(words.round_trip, filled(words.varies, &varies), trip),
            beside(words.timeout, shown(figures.rto), "-"),
            beside(words.congestion_window, window, "-"),
            beside(words.slow_start, ssthresh, "-"),
            beside(words.unacked, segments(figures.unacked), in_flight),
            beside(
                words.retransmitted,
                figures.retransmitted.to_string(),
                again,
            ),
        ]
    }

    /// What kept it from sending.
    fn time_rows(
        &self,
        dir: Dir,
        figures: &KernelFigures,
        spent: Option<&TimeSpent>,
    ) -> [KernelRow; 3] {
        let words = self.words;
        let (window, buffer) = match dir {
            Dir::ToServer => (TimeCause::ServerWindow, TimeCause::ClientSendBuffer),
            Dir::ToClient => (TimeCause::ClientWindow, TimeCause::ServerSendBuffer),
        };
        let by_wire = |cause| spent.map_or_else(|| "-".to_owned(), |spent| shown(spent.of(cause)));
        let of_busy = |part: Span| {
            let percent = part.0.saturating_mul(100) / figures.busy.0.max(1);
            format!("{} ({percent} %)", shown(part))
        };
        [
            beside(words.busy, shown(figures.busy), "-"),
            beside(
                words.window_limited,
                of_busy(figures.window_limited),
                by_wire(window),
            ),
            beside(
                words.buffer_limited,
                of_busy(figures.buffer_limited),
                by_wire(buffer),
            ),
        ]
    }

    fn row(&self, [what, kernel, wire]: &KernelRow) -> String {
        let [first, second] = COLUMNS;
        let is_heading = what.is_empty();
        let line = format!(
            "{INDENT}{}{}{wire}",
            padded(what, first),
            padded(kernel, second)
        );
        if is_heading { self.dim(&line) } else { line }
    }

    fn bold(&self, text: &str) -> String {
        self.in_colour("1", text)
    }

    fn dim(&self, text: &str) -> String {
        self.in_colour("2", text)
    }

    fn in_colour(&self, code: &str, text: &str) -> String {
        if self.options.is_coloured {
            format!("\x1b[{code}m{text}\x1b[0m")
        } else {
            text.to_owned()
        }
    }
}

fn beside(what: &str, kernel: impl Into<String>, wire: impl Into<String>) -> KernelRow {
    [what.to_owned(), kernel.into(), wire.into()]
}

/// A sentence in lines, so many columns wide at most where its words allow that.
fn folded(said: &str, width: u16) -> Vec<String> {
    let most = usize::from(width).saturating_sub(2 * INDENT.len()).max(1);
    let (mut lines, mut line, mut columns, mut gap) = (Vec::new(), String::new(), 0, None);
    for letter in said.chars() {
        let wide = Piece::raw(letter.to_string()).width();
        if columns + wide > most && !line.is_empty() {
            // Han characters stand on either side of a break, words do not.
            let rest = match gap {
                Some(gap) if wide == 1 => line.split_off(gap).trim_start().to_owned(),
                _ => String::new(),
            };
            lines.push(format!("{INDENT}{}", line.trim_end()));
            columns = Piece::raw(&*rest).width();
            (line, gap) = (rest, None);
        }
        if letter == ' ' {
            gap = Some(line.len());
        }
        line.push(letter);
        columns += wide;
    }
    lines.push(format!("{INDENT}{line}"));
    lines
}

/// A cell, so many columns wide at least.
fn padded(text: &str, columns: usize) -> String {
    let width = Piece::raw(text).width();
    let gap = columns.saturating_sub(width).max(GAP);
    text.to_owned() + &" ".repeat(gap)
}
