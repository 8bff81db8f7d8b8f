//! A table that is shown again and again while a capture goes on: in place on a terminal,
//! one below the other elsewhere.

use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use signal_hook::consts::SIGWINCH;
use tcptrace::capture::live::stop::Stop;
use tcptrace::error::Error;
use tcptrace::sink::room::TerminalRoom;
use tcptrace::sink::standing::{Survey, SurveyLook};

use crate::cli::bad_usage;
use crate::cli::beside::{Beside, Present};
use crate::cli::clock;
use crate::cli::place::{self, TerminalPlace};
use crate::cli::session::Session;
use crate::cli::signals;
use crate::cli::turn;

/// How often a table is written again in its place, unless told otherwise.
const IN_PLACE: Duration = Duration::from_secs(1);
/// How often the run is interrupted to go on with a table.
const TICK: Duration = Duration::from_millis(50);

/// A table, shown again and again.
pub struct Refresh {
    period: Duration,
    due: Instant,
    /// The one that is being made.
    survey: Option<Survey>,
    /// Whether time passes when no frame comes.
    is_live: bool,
    place: Option<TerminalPlace>,
    /// The terminal, when it was last looked at.
    room: Option<TerminalRoom>,
}

impl Refresh {
    /// What `--every` asks for, and on a terminal what is done unless told otherwise where
    /// it `is_usual`. Records and rows for a program are never written in place.
    pub fn of(
        every: Option<Duration>,
        session: &Session<'_>,
        is_for_people: bool,
        is_usual: bool,
    ) -> Option<Self> {
        if !session.flows() {
            if every.is_some() {
                bad_usage(
                    "--every shows how a capture stands that goes on, and a file is read to its \
                     end; leave it out, or capture with -i",
                );
            }
            return None;
        }
        let is_in_place = is_for_people && can_move() && (is_usual || every.is_some());
        let period = every.or(is_in_place.then_some(IN_PLACE))?;
        Some(Self {
            period,
            due: Instant::now() + period,
            survey: None,
            is_live: !session.args.is_replay(),
            place: is_in_place.then(TerminalPlace::new),
            room: place::room(),
        })
    }

    /// Where it is shown in place.
    pub const fn place(&self) -> Option<&TerminalPlace> {
        self.place.as_ref()
    }

    /// The look that is due, if one is.
    fn due_look(&mut self, now: Instant, present: &Present<'_>) -> Option<SurveyLook> {
        let room = self.place.as_ref().and_then(|_| place::room());
        let is_resized = room.is_some() && room != self.room;
        // A timer is a little late or early.
        let is_due = now + TICK / 2 >= self.due;
        if !is_due && !is_resized {
            return None;
        }
        self.room = room;
        if is_due {
            // Where one took longer than that, the next one begins at once.
            self.due = now.max(self.due) + self.period;
        }
        Some(SurveyLook {
            at: self.is_live.then(clock::now),
            dropped: present.statistics.map(|counts| counts.dropped),
            room,
            is_asked: false,
        })
    }

    /// Has a terminal that changes its size looked at.
    pub fn heed_resizing(&self, stop: &Stop) -> Result<(), Error> {
        match self.place {
            Some(_) => signals::interrupt_by(SIGWINCH, stop),
            None => Ok(()),
        }
    }
}

/// Whether standard output is a terminal on which the cursor can be moved.
fn can_move() -> bool {
    io::stdout().is_terminal() && !place::is_dumb() && place::room().is_some()
}

impl Beside for Refresh {
    fn period(&self) -> Option<Duration> {
        Some(TICK.min(self.period))
    }

    fn attend(&mut self, present: &mut Present<'_>) -> Result<(), Error> {
        let mut survey = match self.survey.take() {
            Some(survey) => survey,
            None => match self.due_look(Instant::now(), present) {
                Some(look) => Survey::new(look),
                None => return Ok(()),
            },
        };
        let is_done = turn::take(|| {
            present.run.stand(&mut survey, turn::A_PART)?;
            Ok(survey.is_done())
        })?;
        if !is_done {
            self.survey = Some(survey);
        }
        Ok(())
    }

    /// What stands in the end is shown by the end.
    fn finish(&mut self, _: &mut Present<'_>) -> Result<(), Error> {
        Ok(())
    }

    fn step_aside(&mut self) -> bool {
        let cleared = self.place.as_ref().map(TerminalPlace::clear);
        // Who cannot be written to is told so by the next row.
        matches!(cleared, Some(Ok(true)))
    }
}
