//! A lesson, played and traced; or its recording, where capturing is not
//! allowed.

use std::io::{self, Cursor, Stdout, Write};
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use tcptrace::capture::filter::Filter;
use tcptrace::capture::live::libpcap::Live;
use tcptrace::capture::live::options::LiveOptions;
use tcptrace::capture::live::stop::Stop;
use tcptrace::capture::savefile;
use tcptrace::error::Error;
use tcptrace::pipeline::{Left, Pipeline};
use tcptrace::sink::Sink;
use tcptrace::sink::annotation::Annotated;
use tcptrace::sink::line::{Line, LineOptions};
use tcptrace::sink::printed::Printed;
use tcptrace::sink::words::Lang;

use crate::cli::args::DemoArgs;
use crate::cli::beside::{Beside, Present};
use crate::cli::line::{annotation, is_numbered, lang, zone};
use crate::cli::signals::Signals;
use crate::cli::sockets;
use crate::demo::{self, LESSONS, Lesson, Played, Said};

/// Until the last segment of a lesson is surely captured.
const LINGERING: Duration = Duration::from_millis(300);

/// Above the list of lessons.
const LIST: Said = Said {
    en: "Lessons:\n",
    zh: "课程：\n",
};
/// Why there is no live capture: {0}.
const RECORDING: Said = Said {
    en: "This is a recording of the lesson, made between other programs. To see it live,\n\
         permit the capture: {0}\n",
    zh: "这是本课的录制，由别的程序之间的通信录成。要看实时的，请允许抓包：\n{0}\n",
};
/// Why the port of a lesson is taken: {0}.
const NOT_PLAYED: Said = Said {
    en: "The lesson could not be played: {0}. Either another program holds the port, or the lesson\n\
         was played in the last minute and its connection is still in TIME-WAIT. Here is the recording.\n",
    zh: "本课无法进行：{0}。\n可能别的程序占用了端口，也可能本课在一分钟内进行过，\
         其连接仍处于 TIME-WAIT。以下是录制。\n",
};
/// What went wrong while a lesson was played: {0}.
const ENDED_EARLY: Said = Said {
    en: "\nThe lesson ended early: {0}",
    zh: "\n本课提前结束：{0}",
};

/// Runs a lesson; without a name, lists them and runs the first.
pub fn run(args: &DemoArgs) -> Result<(), Error> {
    let lang = lang(args.annotation.lang);
    let lesson = if let Some(name) = &args.lesson {
        demo::find(name).unwrap_or_else(|| unknown(name))
    } else {
        list(lang)?;
        LESSONS[0]
    };
    say(&format!(
        "== {}: {} ==\n\n{}\n",
        lesson.name,
        lesson.title.by(lang),
        lesson.text.by(lang)
    ))?;
    let stop = Stop::new()?;
    Signals::request(&stop)?;
    let mut options = LiveOptions::new("lo", Filter::new(lesson.filter));
    options.promiscuous = false;
    match Live::open(&options, &stop) {
        Ok(live) => trace(lesson, live, &stop, args),
        Err(error @ Error::Privilege { .. }) => {
            say_with(RECORDING, &error.to_string(), lang)?;
            replay(lesson, args)
        }
        Err(error) => Err(error),
    }
}

fn list(lang: Lang) -> Result<(), Error> {
    say(LIST.by(lang))?;
    for lesson in LESSONS {
        say(&format!(
            "  tcptrace demo {:<11} {}",
            lesson.name,
            lesson.title.by(lang)
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
    let lang = lang(args.annotation.lang);
    let done = stop.clone();
    let playing = thread::spawn(move || {
        let played = (lesson.play)();
        thread::sleep(LINGERING);
        done.request();
        played
    });
    let style = annotated(args);
    if lesson.tells_sockets {
        let (asking, mut courier) = sockets::begin(style, stop)?;
        follow(
            Pipeline::new(asking, None),
            &mut live,
            stop,
            &mut [&mut courier],
        )?;
    } else {
        follow(Pipeline::new(style, None), &mut live, stop, &mut [])?;
    }
    if !playing.is_finished() {
        // Ctrl-C: the play ends with the program.
        return Ok(());
    }
    match playing.join() {
        Ok(Ok(Played {
            afterword: Some(afterword),
        })) => {
            say("")?;
            say_with(afterword.words, &afterword.value, lang)
        }
        Ok(Ok(Played { afterword: None })) | Err(_) => Ok(()),
        Ok(Err(error)) if error.kind() == io::ErrorKind::AddrInUse => {
            say_with(NOT_PLAYED, &error.to_string(), lang)?;
            replay(lesson, args)
        }
        Ok(Err(error)) => say_with(ENDED_EARLY, &error.to_string(), lang),
    }
}

/// Shows what is captured until the lesson is over, and what goes on beside it.
fn follow<K: Sink>(
    mut pipeline: Pipeline<K>,
    live: &mut Live,
    stop: &Stop,
    beside: &mut [&mut dyn Beside],
) -> Result<(), Error> {
    let left = loop {
        let left = pipeline.read(live, || stop.is_interrupted());
        if !stop.is_interrupted() || !matches!(left, Ok(Left::Stopped)) {
            break left;
        }
        stop.resume();
        let mut present = present(&mut pipeline);
        let mut due = beside.iter_mut();
        due.try_for_each(|one| one.attend(&mut present))?;
    };
    {
        let mut present = present(&mut pipeline);
        let mut due = beside.iter_mut();
        due.try_for_each(|one| one.finish(&mut present))?;
    }
    if pipeline.frames() > 0 {
        pipeline.end()?;
    }
    left.map(drop)
}

fn present<K: Sink>(pipeline: &mut Pipeline<K>) -> Present<'_> {
    Present {
        run: pipeline,
        statistics: None,
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

fn annotated(args: &DemoArgs) -> Printed<Annotated, Stdout> {
    let line = Line::new(LineOptions {
        numbered: is_numbered(&args.annotation),
        zone: zone(),
        ..LineOptions::default()
    });
    let style = Annotated::new(line, annotation(&args.annotation));
    Printed::new(style, io::stdout()).by_line(true)
}

fn say(text: &str) -> Result<(), Error> {
    writeln!(io::stdout(), "{text}").map_err(Error::Write)
}

/// Says words with a value in the place of `{0}`.
fn say_with(words: Said, value: &str, lang: Lang) -> Result<(), Error> {
    say(&words.by(lang).replace("{0}", value))
}
