//! The summary of a run for who asks for it meanwhile, with SIGUSR1.

use std::io::{self, IsTerminal};

use tcptrace::sink::printed::Printed;
use tcptrace::sink::summary::{Summarized, SummaryOptions};
use tcptrace::sink::{Event, Sink};
use tcptrace::track::Wants;

use crate::cli::aside::AsideWriter;
use crate::cli::session::Session;
use crate::cli::{line, summary};

/// A sink, and the summary of what goes to it.
pub struct Summing<K> {
    shown: K,
    /// None where nothing is tracked.
    summary: Option<Printed<Summarized, AsideWriter>>,
}

impl<K: Sink> Summing<K> {
    /// Sums up what goes to `shown`, where it tracks connections.
    pub fn of(shown: K, session: &Session<'_>) -> Self {
        let summary = shown.wants().tracks.then(|| {
            let names = session.paths.iter();
            let style = Summarized::screen(SummaryOptions {
                names: names
                    .map(|path| path.to_string_lossy().into_owned())
                    .collect(),
                again: summary::again(session.args),
                zone: line::zone(),
                width: line::width_of(io::stderr()),
                lang: session.lang,
                is_coloured: line::allows_colour() && io::stderr().is_terminal(),
            });
            Printed::new(style, AsideWriter)
        });
        Self { shown, summary }
    }

    /// The sink alone.
    pub const fn without(shown: K) -> Self {
        let summary = None;
        Self { shown, summary }
    }
}

impl<K: Sink> Sink for Summing<K> {
    fn wants(&self) -> Wants {
        let summary = self.summary.as_ref();
        summary.map_or(Wants::NOTHING, Printed::wants) | self.shown.wants()
    }

    #[inline]
    fn take(&mut self, event: Event<'_>) -> io::Result<()> {
        let is_asked = matches!(event, Event::Standing(now) if now.is_asked);
        if let Some(summary) = &mut self.summary
            && (is_asked || matches!(event, Event::Packet(..) | Event::Connection(_)))
        {
            summary.take(event)?;
        }
        // What somebody asks for is said beside what is shown.
        if is_asked {
            Ok(())
        } else {
            self.shown.take(event)
        }
    }
}
