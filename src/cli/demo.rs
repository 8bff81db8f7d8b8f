//! A lesson, played and traced; or its recording, where capturing is not
//! allowed.

use std::io::{self, Cursor, Write};
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use tcptrace::capture::filter::Filter;
use tcptrace::capture::live::Live;
use tcptrace::capture::live_options::LiveOptions;
use tcptrace::capture::savefile;
use tcptrace::capture::stop::Stop;
use tcptrace::error::Error;
use tcptrace::pipeline::Pipeline;
use tcptrace::sink::annotation::Annotated;
use tcptrace::sink::line::LineOptions;
use tcptrace::sink::page::Page;

use crate::cli::args::DemoArgs;
use crate::cli::line::{annotation, zone};
use crate::demo::{self, LESSONS, Lesson, Played};

/// Until the last segment of a lesson is surely captured.
const LINGERING: Duration = Duration::from_millis(300);

/// Runs a lesson; without a name, lists them and runs the first.
pub fn run(args: &DemoArgs) -> Result<(), Error> {
    let lesson = if let Some(name) = &args.lesson {
        demo::find(name).unwrap_or_else(|| unknown(name))
    } else {
        list()?;
        LESSONS[0]
    };
    say(&format!(
        "== {}: {} ==\n\n{}\n",
        lesson.name, lesson.title, lesson.text
    ))?;
    let stop = Stop::new()?;
    stop.on_signals()?;
    let mut options = LiveOptions::new("lo", Filter::new(lesson.filter));
    options.promiscuous = false;
    match Live::open(&options, &stop) {
        Ok(live) => trace(lesson, live, &stop, args),
        Err(error @ Error::Privilege { .. }) => {
            say(&format!(
                "This is a recording of the lesson, made between other programs. To see it live,\n\
                 permit the capture: {error}\n"
            ))?;
            replay(lesson, args)
        }
        Err(error) => Err(error),
    }
}

fn list() -> Result<(), Error> {
    say("Lessons:\n")?;
    for lesson in LESSONS {
        say(&format!(
            "  tcptrace demo {:<11} {}",
            lesson.name, lesson.title
        ))?;
    }
    say("")
}

fn unknown(name: &str) -> ! {
    let known: Vec<_> = LESSONS.iter().map(|lesson| lesson.name).collect();
    eprintln!(
        "tcptrace: demo: there is no lesson {name:?}; there are {}",
        known.join(", ")
    );
    std::process::exit(2);
}

/// Plays the lesson in a thread while this one traces it.
fn trace(
    lesson: &'static Lesson,
    mut live: Live,
    stop: &Stop,
    args: &DemoArgs,
) -> Result<(), Error> {
    let done = stop.clone();
    let playing = thread::spawn(move || {
        let played = (lesson.play)();
        thread::sleep(LINGERING);
        done.request();
        played
    });
    let mut pipeline = Pipeline::new(annotated(args), None);
    let result = pipeline.read(&mut live, || false);
    if pipeline.frames() > 0 {
        pipeline.end()?;
    }
    result?;
    if !playing.is_finished() {
        // Ctrl-C: the play ends with the program.
        return Ok(());
    }
    match playing.join() {
        Ok(Ok(Played {
            afterword: Some(afterword),
        })) => say(&format!("\n{afterword}")),
        Ok(Ok(Played { afterword: None })) | Err(_) => Ok(()),
        Ok(Err(error)) if error.kind() == io::ErrorKind::AddrInUse => {
            say(&format!(
                "The lesson could not be played: {error}. Either another program holds the port, \
                 or the lesson\nwas played in the last minute and its connection is still in \
                 TIME-WAIT. Here is the recording.\n"
            ))?;
            replay(lesson, args)
        }
        Ok(Err(error)) => say(&format!("\nThe lesson ended early: {error}")),
    }
}

fn replay(lesson: &Lesson, args: &DemoArgs) -> Result<(), Error> {
    let name = PathBuf::from(format!("the recording of {}", lesson.name));
    let recording = Cursor::new(lesson.recording);
    let mut source = savefile::from_reader(name, recording, Filter::new(""))?;
    let mut pipeline = Pipeline::new(annotated(args), None);
    pipeline.read(&mut *source, || false)?;
    pipeline.end().map(drop)
}

fn annotated(args: &DemoArgs) -> Annotated<io::Stdout> {
    let options = LineOptions {
        zone: zone(),
        ..LineOptions::default()
    };
    Annotated::new(
        options,
        annotation(&args.annotation),
        Page::new(io::stdout(), true),
    )
}

fn say(text: &str) -> Result<(), Error> {
    writeln!(io::stdout(), "{text}").map_err(Error::Write)
}
