//! A run of the pipeline over what `-i` or `-r` names.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};
use std::time::SystemTime;

use tcptrace::capture::filter::Filter;
use tcptrace::capture::live::stop::Stop;
use tcptrace::capture::live::stream;
use tcptrace::capture::numbers::Numbered;
use tcptrace::capture::writer::rotation::Rotation;
use tcptrace::capture::writer::{Format, Writer, WriterOptions};
use tcptrace::capture::{Source, Statistics};
use tcptrace::error::Error;
use tcptrace::origin::Origin;
use tcptrace::pipeline::{Left, Pipeline};
use tcptrace::sink::Sink;
use tcptrace::sink::note::Notes;
use tcptrace::sink::words::Lang;
use tcptrace::time::{Resolution, Timestamp};

use crate::cli::args::CaptureArgs;
use crate::cli::command::Running;
use crate::cli::failure::Failure;
use crate::cli::save::{After, Saving};
use crate::cli::signals::{self, Signals};
use crate::cli::{bad_usage, command, files, interface, is_closed_pipe, line, user};
use crate::complain;

/// What a run is asked for, beside what it shows.
pub struct Session<'a> {
    pub args: &'a CaptureArgs,
    /// The files that are read; none in a live capture.
    pub paths: Vec<PathBuf>,
    /// How finely pcap files tell the time.
    pub resolution: Resolution,
    /// The language of comments.
    pub lang: Lang,
    /// Which frames have a number.
    pub numbered: Numbered,
}

/// A session that has begun.
pub struct Run<'a> {
    pub session: &'a Session<'a>,
    pub stop: Stop,
    pub signals: Signals,
    pub filter: Filter,
    /// The kernel's counters for the end of a file.
    statistics: Arc<OnceLock<Statistics>>,
}

impl Session<'_> {
    /// Shows what the arguments ask for through `sink`, and saves it. What was
    /// read before a failure is shown and saved too.
    ///
    /// The status is that of the command that ran meanwhile; what failed beside
    /// it was said then.
    pub fn show<K: Sink>(&self, sink: K) -> Result<ExitCode, Failure> {
        self.check();
        // Before signals are handled: it may be read from a terminal.
        let filter = files::filter(self.args)?;
        let stop = Stop::new()?;
        let signals = Signals::request(&stop)?;
        let run = Run {
            session: self,
            stop,
            signals,
            filter,
            statistics: Arc::default(),
        };
        if self.args.is_replay() {
            run.replay(sink).map(|()| ExitCode::SUCCESS)
        } else {
            run.capture(sink)
        }
    }

    /// Whether frames come by and by, from an interface or through a pipe, so that
    /// connections are shown when they end.
    pub fn flows(&self) -> bool {
        !self.args.is_replay() || self.paths.iter().any(|path| stream::is_stream(path))
    }

    /// What clap cannot say.
    fn check(&self) {
        let save = &self.args.save;
        let Some(path) = &save.write else {
            return;
        };
        let rotates = save.size.is_some() || save.seconds.is_some();
        if path == Path::new("-") && (rotates || save.then.is_some()) {
            bad_usage("-C, -G and -z need files: give -w a name");
        }
        if save.files.is_some() && !rotates {
            bad_usage("-W counts the files of -C or -G; give one of them");
        }
        if save.comments && Format::of(path, self.resolution) != Format::Pcapng {
            bad_usage("--comments needs pcapng: give -w a name that ends in .pcapng");
        }
    }
}

impl Run<'_> {
    /// Shows the connections and counts, and says where memory was short.
    pub fn end<K: Sink>(&self, pipeline: &mut Pipeline<K>) -> Result<(), Error> {
        let given_up = pipeline.end()?.given_up;
        if given_up > 0 {
            let most = self.session.args.max_memory >> 20;
            let (connections, which) = match given_up {
                1 => ("connection was", "unless it was over it was"),
                _ => ("connections were", "those that were not over were"),
            };
            eprintln!(
                "tcptrace: {given_up} {connections} shown early, since more than {most} MiB would have \
                 been needed; {which} not followed any further; --max-memory allows more"
            );
        }
        Ok(())
    }

    fn capture<K: Sink>(&self, sink: K) -> Result<ExitCode, Failure> {
        signals::interrupt(&self.stop)?;
        let args = self.session.args;
        let options = interface::options(args, self.filter.clone())?;
        let source = interface::open(&options, args.backend, &self.stop)?;
        user::become_user(args.user.as_deref())?;
        let writer = self.writer(source.origin(), Some(now()))?;
        if let Some(time) = args.duration {
            signals::request_after(time, &self.stop)?;
        }
        let what = interface::described(source.origin());
        eprintln!("tcptrace: listening on {}{what}", options.interface);
        let command = command::start(&args.command, &self.stop)?;
        let result = match writer {
            Some(writer) => self.watch(source, self.saving(sink, writer)),
            None => self.watch(source, sink),
        };
        match command {
            Some(command) => Ok(self.after_command(command, result)),
            None => Ok(result.map(|()| ExitCode::SUCCESS)?),
        }
    }

    /// The status is the command's also where the capture failed, but then it
    /// is never success.
    fn after_command(&self, command: Running, result: Result<(), Error>) -> ExitCode {
        let failure = result.err().filter(|error| !is_closed_pipe(error));
        if let Some(error) = &failure {
            // Now, since the command may take its time.
            complain(error);
        }
        let status = command.end(&self.signals);
        if failure.is_some() && status == ExitCode::SUCCESS {
            return ExitCode::FAILURE;
        }
        status
    }

    fn watch<K: Sink>(&self, mut source: Box<dyn Source>, sink: K) -> Result<(), Error> {
        let stop = &self.stop;
        let mut pipeline = self.pipeline(sink);
        let result = loop {
            let left = pipeline.read(&mut *source, || stop.is_interrupted());
            if !stop.is_interrupted() || !matches!(left, Ok(Left::Stopped)) {
                break left;
            }
            stop.resume();
            let counts = counts(pipeline.frames(), source.statistics());
            eprintln!("tcptrace: {}", counts.join(", "));
        };
        let statistics = source.statistics();
        if let Some(statistics) = statistics {
            // Nobody has set it: a session watches once.
            let _ = self.statistics.set(statistics);
        }
        let counts = counts(pipeline.frames(), statistics);
        if stop.is_requested() {
            self.leave_signal_behind();
        }
        let ended = self.end(&mut pipeline);
        for count in counts {
            eprintln!("{count}");
        }
        std::mem::forget(pipeline);
        ended.and(result).map(drop)
    }

    /// The terminal shows ^C where the next line would begin.
    pub fn leave_signal_behind(&self) {
        if self.signals.came().is_some() && io::stdout().is_terminal() {
            println!();
        }
    }

    pub fn pipeline<K: Sink>(&self, sink: K) -> Pipeline<K> {
        let args = self.session.args;
        let numbered = if args.save.comments {
            // They are read beside the frames that are written.
            Numbered::Passed
        } else {
            self.session.numbered
        };
        let mut pipeline = Pipeline::new(sink, args.count)
            .with_memory(args.max_memory)
            .numbering(numbered);
        if !self.filter.accepts_all() {
            pipeline = pipeline.filtered();
        }
        if args.until_closed {
            pipeline = pipeline.until_closed();
        }
        pipeline
    }

    /// The writer of `-w`.
    pub fn writer(
        &self,
        origin: Option<&Origin>,
        began: Option<Timestamp>,
    ) -> Result<Option<Writer>, Error> {
        let save = &self.session.args.save;
        let Some(path) = &save.write else {
            return Ok(None);
        };
        let format = Format::of(path, self.session.resolution);
        let interface = origin.and_then(|origin| origin.interfaces.first());
        if began.is_none()
            && format == Format::Pcap(Resolution::Micro)
            && interface.is_some_and(|interface| interface.resolution > 6)
        {
            eprintln!(
                "tcptrace: {}: times are cut to microseconds, as in tcpdump's files; --nano keeps nanoseconds",
                path.display()
            );
        }
        let options = WriterOptions {
            path: path.clone(),
            format,
            rotation: Rotation {
                octets: save.size,
                seconds: save.seconds,
                files: save.files,
            },
            zone: line::zone(),
            by_frame: save.packet_buffered,
        };
        Writer::create(options, origin, began).map(Some)
    }

    pub fn saving<K>(&self, shown: K, writer: Writer) -> Saving<K> {
        let save = &self.session.args.save;
        Saving {
            shown,
            writer: Some(writer),
            notes: save.comments.then(|| Notes::new(self.session.lang)),
            after: After::new(save.then.clone()),
            files: save.files,
            stop: self.stop.clone(),
            statistics: Arc::clone(&self.statistics),
        }
    }
}

fn now() -> Timestamp {
    let now = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default();
    Timestamp::new(now.as_secs().cast_signed(), now.subsec_nanos().into())
}

/// tcpdump's statistics of a capture in tcpdump's words.
fn counts(captured: u64, statistics: Option<Statistics>) -> Vec<String> {
    let Some(statistics) = statistics else {
        return Vec::new();
    };
    let count = |count: u64, what: &str| {
        let plural = if count == 1 { "" } else { "s" };
        format!("{count} packet{plural} {what}")
    };
    let mut counts = vec![
        count(captured, "captured"),
        count(statistics.received, "received by filter"),
        count(statistics.dropped, "dropped by kernel"),
    ];
    if statistics.dropped_by_interface > 0 {
        counts.push(count(
            statistics.dropped_by_interface,
            "dropped by interface",
        ));
    }
    counts
}
