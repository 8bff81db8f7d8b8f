//! `watch`: a run in a thread of its own, and a full screen in front of it.

use std::io::{self, IsTerminal};
use std::panic::resume_unwind;
use std::process::ExitCode;
use std::sync::mpsc::Receiver;
use std::thread;

use rustix::io::Errno;
use tcptrace::capture::live::stop::Stop;

use crate::cli::args::WatchArgs;
use crate::cli::aside::Quiet;
use crate::cli::failure::Failure;
use crate::cli::session::Session;
use crate::cli::{bad_usage, line, place, signals, sockets};
use crate::watch::news::{News, Request};
use crate::watch::screen;
use crate::watch::whole::ScreenOptions;
use crate::watch::wires::{self, ScreenEnds, Wires};

/// How many news may wait for the screen, up to 256 rows or a mebibyte of frames each.
const NEWS: usize = 64;

/// Requests the stop when it goes, by a panic of who looks too: else the run would go on, and
/// be waited for.
struct Ending<'a>(&'a Stop);

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        self.0.request();
    }
}

/// Shows what the arguments ask for until somebody leaves.
pub fn run(args: &WatchArgs, session: Session<'_>) -> Result<ExitCode, Failure> {
    check(args);
    let session = Session {
        speed: args.speed,
        ..session
    };
    let (stop, leave) = (Stop::new()?, Stop::new()?);
    let (wires, ends) = wires::laid(NEWS);
    thread::scope(|scope| {
        let ScreenEnds { news, ask, begun } = ends;
        let ending = Ending(&stop);
        let run = scope.spawn(|| follow(args, &session, &stop, wires));
        // Where the run does not begin there is nothing to see but why.
        let shown = if begun.recv().is_ok() {
            look(args, &session, &news, &leave, |request| {
                // Where the run is gone it has told all.
                let _ = ask.send(request);
                stop.interrupt();
            })
        } else {
            Ok(())
        };
        drop((ask, news, ending));
        let ran = run.join().unwrap_or_else(|panic| resume_unwind(panic));
        shown.and(ran)
    })
}

/// Captures, or reads, and tells the screen until it is gone.
fn follow(
    args: &WatchArgs,
    session: &Session<'_>,
    stop: &Stop,
    wires: Wires,
) -> Result<ExitCode, Failure> {
    let is_live = !args.capture.is_replay();
    let (feed, mut teller) = wires.attach(args.keep, is_live);
    if !is_live || args.no_sockets {
        return session.show_beside(feed, stop.clone(), vec![&mut teller]);
    }
    let (asking, mut courier) = sockets::begin(feed, stop)?;
    session.show_beside(asking, stop.clone(), vec![&mut courier, &mut teller])
}

/// Shows the screen until somebody leaves it; what is said meanwhile is said then.
fn look(
    args: &WatchArgs,
    session: &Session<'_>,
    news: &Receiver<News>,
    leave: &Stop,
    ask: impl FnMut(Request),
) -> Result<(), Failure> {
    signals::request_too(leave)?;
    let capture = &args.capture;
    let names = session.paths.iter().map(|path| path.to_string_lossy());
    let options = ScreenOptions {
        lang: line::lang(args.lang),
        is_coloured: line::is_coloured(args.color),
        source: if capture.is_replay() {
            names.collect::<Vec<_>>().join(" ")
        } else {
            let places = capture.remote.iter().chain(&capture.interface);
            places.cloned().collect::<Vec<_>>().join(" ")
        },
        filter: capture.expression(),
        is_live: !capture.is_replay(),
        zone: line::zone(),
        pace: if capture.is_replay() {
            args.speed
        } else {
            Some(1.0)
        },
    };
    let quiet = Quiet::begin();
    let shown = screen::run(options, news, ask, leave);
    drop(quiet);
    match shown {
        // Who looked has gone, and the terminal too.
        Err(error) if is_gone(&error) => Ok(()),
        shown => shown.map_err(Failure::Screen),
    }
}

/// Whether a terminal is not there any more.
fn is_gone(error: &io::Error) -> bool {
    let is_eio = error.raw_os_error() == Some(Errno::IO.raw_os_error());
    is_eio || error.kind() == io::ErrorKind::BrokenPipe
}

/// What clap cannot say.
fn check(args: &WatchArgs) {
    if !io::stdout().is_terminal() {
        bad_usage(
            "watch shows a full screen, and standard output is no terminal; flows or summary \
             write what can be kept",
        );
    }
    if place::is_dumb() {
        bad_usage(
            "watch shows a full screen, and TERM names no terminal that has one; tcptrace -i lo \
             shows segments line by line, and flows --every a table from time to time",
        );
    }
    if args.speed.is_some() && !args.capture.is_replay() {
        bad_usage("--speed says how fast files are read; name one with -r");
    }
    if !args.capture.is_replay() && !args.capture.command.is_empty() {
        bad_usage("watch has the terminal for itself; run the command in another one");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::panic::{self, AssertUnwindSafe};
    use std::time::Duration;

    #[test]
    fn a_run_is_ended_where_who_looks_panics() {
        let stop = Stop::new().unwrap();
        let looked = panic::catch_unwind(AssertUnwindSafe(|| {
            thread::scope(|scope| {
                let _ending = Ending(&stop);
                scope.spawn(|| stop.wait_for(Duration::from_secs(5)));
                panic!("as a picture may");
            });
        }));
        assert!(looked.is_err() && stop.is_requested());
    }
}
