//! `watch`: a run in a thread of its own, and a full screen in front of it.

use std::cell::RefCell;
use std::io::{self, IsTerminal};
use std::panic::resume_unwind;
use std::process::ExitCode;
use std::rc::Rc;
use std::sync::mpsc::{Receiver, channel, sync_channel};
use std::thread;

use rustix::io::Errno;
use tcptrace::capture::live::stop::Stop;

use crate::cli::args::WatchArgs;
use crate::cli::aside::Quiet;
use crate::cli::failure::Failure;
use crate::cli::session::Session;
use crate::cli::{bad_usage, line, signals, sockets};
use crate::watch::feed::{Feed, ToTell};
use crate::watch::news::{News, Request};
use crate::watch::screen;
use crate::watch::teller::{Teller, Wires};
use crate::watch::whole::ScreenOptions;

/// How many news may wait for the screen, up to 256 rows or a mebibyte of frames each.
const NEWS: usize = 64;

/// Shows what the arguments ask for until somebody leaves.
pub fn run(args: &WatchArgs, session: Session<'_>) -> Result<ExitCode, Failure> {
    check(args);
    let session = Session {
        speed: args.speed,
        ..session
    };
    let (stop, leave) = (Stop::new()?, Stop::new()?);
    let (tell, news) = sync_channel(NEWS);
    let (ask, requests) = channel();
    let (tell_begun, begun) = channel();
    let wires = Wires {
        news: tell,
        requests,
        begun: tell_begun,
    };
    thread::scope(|scope| {
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
        drop((ask, news));
        stop.request();
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
    let gathered = Rc::new(RefCell::new(ToTell::new(args.keep)));
    let is_live = !args.capture.is_replay();
    let mut teller = Teller::new(Rc::clone(&gathered), wires, is_live);
    let feed = Feed::new(gathered);
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
    if args.speed.is_some() && !args.capture.is_replay() {
        bad_usage("--speed says how fast files are read; name one with -r");
    }
    if !args.capture.is_replay() && !args.capture.command.is_empty() {
        bad_usage("watch has the terminal for itself; run the command in another one");
    }
}
