//! What stands in the columns of a connection.

use ratatui::style::Style;
use tcptrace::sink::rate;
use tcptrace::sink::sentence;
use tcptrace::sink::tone::Tone;
use tcptrace::sink::words::Words;
use tcptrace::socket::Owner;
use tcptrace::track::state::State;
use tcptrace::track::time_spent::TimeCause;
use tcptrace::track::verdict::Verdict;

use crate::watch::brief::{
    NOTHING, brief, brief_state, nothing, per_second, printable, short_state, state,
};
use crate::watch::column::Column;
use crate::watch::listed::{Listed, Progressed};
use crate::watch::paint::Paint;
use crate::watch::row::RowEnd;
use crate::watch::words::ScreenWords;

/// Who writes cells.
#[derive(Debug, Clone, Copy)]
pub struct CellPen {
    /// The library's words.
    pub words: &'static Words,
    /// The screen's.
    pub own: &'static ScreenWords,
    /// How they are painted.
    pub paint: Paint,
    /// Whether there is little room, so that short words are taken.
    pub is_short: bool,
}

impl CellPen {
    /// What stands in a column of a connection, and how it is painted.
    pub fn cell(&self, column: Column, listed: &Listed) -> (String, Style) {
        let row = &listed.row;
        let text = match column {
            Column::Number => row.id.0.to_string(),
            Column::Client => row.client.addr.to_string(),
            Column::Server => row.server.addr.to_string(),
            Column::ClientState => state(row.client.state).to_owned(),
            Column::ServerState => state(row.server.state).to_owned(),
            Column::States => self.states(row.client.state, row.server.state),
            Column::Verdict => self.verdict(listed).to_owned(),
            Column::Age => brief(listed.age()),
            Column::RateToServer | Column::RateToClient | Column::Rate => rates(column, listed),
            Column::RoundTrip => row.rtt.map_or_else(nothing, brief),
            Column::FirstByte => row.first_byte.map_or_else(nothing, brief),
            Column::Retransmitted => match listed.retransmitted() {
                0 => nothing(),
                again => again.to_string(),
            },
            Column::InFlight => in_flight(listed),
            Column::LimitedBy => listed
                .limited_by()
                .map_or_else(nothing, |(cause, _)| self.cause(cause).to_owned()),
            Column::WaitsFor => self.waits(listed).unwrap_or_else(nothing),
            Column::Why => {
                // What limited it before tells nothing of one that is idle now.
                let limit = row.limited_by.filter(|_| row.is_over());
                let limit = limit.map(|(cause, _)| self.cause(cause).to_owned());
                let waits = self.waits(listed);
                waits.or(limit).unwrap_or_else(nothing)
            }
            Column::Process => self.processes(listed),
        };
        let style = self.style(column, listed, text == NOTHING);
        (text, style)
    }

    fn style(&self, column: Column, listed: &Listed, is_nothing: bool) -> Style {
        let row = &listed.row;
        let of_cause = |cause: TimeCause| {
            let tone = if cause.is_trouble() {
                Tone::Odd
            } else {
                Tone::Plain
            };
            self.paint.tone(tone)
        };
        match column {
            _ if is_nothing => Paint::DIM,
            Column::Verdict => self.paint.tone(Progressed::of(row).tone(row.verdict)),
            Column::Retransmitted => self.paint.tone(Tone::Odd),
            Column::WaitsFor | Column::Why if !row.is_over() => {
                let waits = listed.waits();
                waits.map_or(Paint::DIM, |(cause, _)| of_cause(cause))
            }
            Column::LimitedBy if !row.is_over() => {
                let limit = listed.limited_by();
                limit.map_or(Paint::PLAIN, |(cause, _)| of_cause(cause))
            }
            _ if row.is_over() => Paint::DIM,
            _ => Paint::PLAIN,
        }
    }

    /// What has become of it; while it opens, that it does.
    fn verdict(&self, listed: &Listed) -> &'static str {
        let verdict = listed.row.verdict;
        match (Progressed::of(&listed.row), verdict) {
            (progressed, Verdict::Unknown(_)) if progressed.opens() => self.own.opening,
            _ => sentence::word(verdict, self.words),
        }
    }

    /// What it waits for now, and for how long.
    fn waits(&self, listed: &Listed) -> Option<String> {
        let (cause, waited) = listed.waits()?;
        Some(format!("{} {}", self.cause(cause), brief(waited)))
    }

    /// Both states in one word where they are the same, in those of ss(8), or shorter.
    fn states(&self, client: State, server: State) -> String {
        let word = |state| {
            if self.is_short {
                short_state(state)
            } else {
                brief_state(state)
            }
        };
        if client == server {
            return word(client).to_owned();
        }
        format!("{}/{}", word(client), word(server))
    }

    fn cause(&self, cause: TimeCause) -> &'static str {
        if self.is_short {
            self.short_cause(cause)
        } else {
            self.words.time_spent.cause(cause)
        }
    }

    /// A cause in two words.
    pub const fn short_cause(&self, cause: TimeCause) -> &'static str {
        let own = self.own;
        match cause {
            TimeCause::Handshake => own.short_handshake,
            TimeCause::ClientApplication => own.short_client_application,
            TimeCause::ServerApplication => own.short_server_application,
            TimeCause::ClientWindow => own.short_client_window,
            TimeCause::ServerWindow => own.short_server_window,
            TimeCause::ClientSendBuffer => own.short_client_send_buffer,
            TimeCause::ServerSendBuffer => own.short_server_send_buffer,
            TimeCause::Loss => own.short_loss,
            TimeCause::DelayedAck => own.short_delayed_ack,
            TimeCause::Path => own.short_path,
            TimeCause::Closing => own.short_closing,
            _ => own.short_unknown,
        }
    }

    /// The processes at both ends, as far as they are known.
    fn processes(&self, listed: &Listed) -> String {
        let shown = |owner: &Owner| {
            let name = printable(&owner.name);
            if self.is_short {
                name
            } else {
                format!("{} {name}", owner.pid)
            }
        };
        let [client, server] = listed.owners();
        let is_other = |server: &&Owner| client.is_none_or(|client| client.pid != server.pid);
        match [client, server.filter(is_other)].map(|owner| owner.map(shown)) {
            [Some(client), Some(server)] => format!("{client} → {server}"),
            [Some(one), None] | [None, Some(one)] => one,
            [None, None] => nothing(),
        }
    }
}

fn rates(column: Column, listed: &Listed) -> String {
    let Some([to_server, to_client]) = listed.rates() else {
        return nothing();
    };
    per_second(match column {
        Column::RateToServer => to_server,
        Column::RateToClient => to_client,
        _ => to_server.saturating_add(to_client),
    })
}

fn in_flight(listed: &Listed) -> String {
    let row = &listed.row;
    if row.is_over() {
        return nothing();
    }
    let of = |end: &RowEnd| {
        let octets = rate::amount(end.in_flight).replace([' ', 'B'], "");
        match end.window {
            Some(window) => octets + "/" + &rate::amount(window).replace([' ', 'B'], ""),
            None => octets,
        }
    };
    let ends = [&row.client, &row.server];
    match ends.map(|end| end.in_flight) {
        [0, 0] => nothing(),
        [_, 0] => of(ends[0]) + " →",
        [0, _] => of(ends[1]) + " ←",
        _ => format!("{} → {} ←", of(ends[0]), of(ends[1])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::watch::trial::TrialRows;
    use crate::watch::words;
    use tcptrace::sink::words::Lang;
    use tcptrace::track::openness::Openness;

    fn pen() -> CellPen {
        let lang = Lang::En;
        CellPen {
            words: lang.words(),
            own: words::words(lang),
            paint: Paint { is_coloured: true },
            is_short: false,
        }
    }

    #[test]
    fn states_are_told_once_where_they_are_the_same() {
        let mut pen = pen();
        assert_eq!(pen.states(State::Established, State::Established), "ESTAB");
        assert_eq!(
            pen.states(State::TimeWait, State::Closed),
            "TIME-WAIT/CLOSED"
        );
        pen.is_short = true;
        assert_eq!(pen.states(State::TimeWait, State::Closed), "TIME-W/CLOSED");
        assert_eq!(pen.states(State::Unknown, State::Unknown), "·");
    }

    #[test]
    fn nothing_holds_a_connection_that_is_open_and_idle() {
        let pen = pen();
        let row = TrialRows::of(&["captures/hello.pcap"], Some(3)).rows;
        let mut listed = Listed {
            now: row[0].last,
            row: row[0].clone(),
            latest_rates: [0; 2],
        };
        assert_eq!(listed.row.openness, Some(Openness::Open));
        let (cause, _) = listed.row.limited_by.unwrap();
        assert_eq!(cause, TimeCause::Handshake);
        assert_eq!(pen.cell(Column::Why, &listed).0, NOTHING);
        // Of one that is over, what limited it.
        listed.row.openness = None;
        assert_eq!(pen.cell(Column::Why, &listed).0, "handshake");
    }

    #[test]
    fn a_window_that_may_open_is_odd_and_one_that_never_did_is_bad() {
        let pen = pen();
        let row = TrialRows::of(&["captures/stalled.pcap"], Some(12)).rows;
        let mut listed = Listed {
            now: row[0].last,
            row: row[0].clone(),
            latest_rates: [0; 2],
        };
        for (is_final, tone) in [(false, Tone::Odd), (true, Tone::Bad)] {
            listed.row.is_final = is_final;
            let (text, style) = pen.cell(Column::Verdict, &listed);
            assert_eq!((text.as_str(), style), ("stalled", pen.paint.tone(tone)));
        }
    }
}
