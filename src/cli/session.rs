//! A run of the pipeline over what `-i` or `-r` names.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};

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
use tcptrace::sink::standing::{Survey, SurveyLook};
use tcptrace::sink::words::Lang;
use tcptrace::time::{Resolution, Timestamp};

use crate::cli::args::CaptureArgs;
use crate::cli::asked::Summing;
use crate::cli::beside::{self, Beside};
use crate::cli::command::Running;
use crate::cli::counts::counts;
use crate::cli::failure::Failure;
use crate::cli::live::Begun;
use crate::cli::metrics::{self, Counting, Served};
use crate::cli::remote::Remote;
use crate::cli::save::{After, Saving};
use crate::cli::signals::{self, Signals};
use crate::cli::{
    aside, bad_usage, clock, command, files, is_closed_pipe, line, live, sockets, user,
};
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
    /// How many times as fast as they were captured files are read; at once without it.
    pub speed: Option<f64>,
}

/// A session that has begun.
pub struct Run<'a> {
    pub session: &'a Session<'a>,
    pub stop: Stop,
    pub signals: Signals,
    pub filter: Filter,
    /// What goes on beside it.
    pub beside: Vec<&'a mut dyn Beside>,
    /// What is counted of it, for who asks meanwhile.
    pub served: Option<Served>,
    /// The look at it for who asked with SIGUSR1, until it is shown.
    pub asked_for: Option<Survey>,
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
        self.show_with(sink, Stop::new()?, Vec::new())
    }

    /// The same with what goes on beside it, and what the arguments ask for beside it.
    pub fn show_with<'a, K: Sink>(
        &'a self,
        sink: K,
        stop: Stop,
        beside: Vec<&'a mut dyn Beside>,
    ) -> Result<ExitCode, Failure> {
        if !self.args.sockets {
            return self.show_beside(sink, stop, beside);
        }
        let (asking, mut courier) = sockets::begin(sink, &stop)?;
        let mut all: Vec<&mut dyn Beside> = Vec::new();
        for one in beside {
            all.push(one);
        }
        all.push(&mut courier);
        self.show_beside(asking, stop, all)
    }

    /// The same, ended and interrupted by `stop`, and what goes on beside it.
    pub fn show_beside<'a, K: Sink>(
        &'a self,
        sink: K,
        stop: Stop,
        beside: Vec<&'a mut dyn Beside>,
    ) -> Result<ExitCode, Failure> {
        self.check();
        live::check(self.args);
        // Before signals are handled: it may be read from a terminal.
        let filter = files::filter(self.args)?;
        let served = match self.args.metrics {
            Some(addr) => Some(Served::on(metrics::listen(addr)?, &stop)?),
            None => None,
        };
        let signals = Signals::request(&stop)?;
        let mut run = Run {
            session: self,
            stop,
            signals,
            filter,
            beside,
            served,
            asked_for: None,
            statistics: Arc::default(),
        };
        beside::interrupt_for(&run.beside, &run.stop)?;
        let sink = match &run.served {
            Some(served) => served.counting(sink),
            None => Counting::without(sink),
        };
        let sink = if self.flows() {
            run.signals.interrupt(&run.stop)?;
            Summing::of(sink, self)
        } else {
            Summing::without(sink)
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
        if self.args.sockets && self.args.is_replay() {
            bad_usage(
                "--sockets asks about sockets that are open now, which is long past in a file; leave it out",
            );
        }
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
        if save.comments && save.format(path, self.resolution) != Format::Pcapng {
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
            aside::say(format!(
                "tcptrace: {given_up} {connections} shown early, since more than {most} MiB would have \
                 been needed; {which} not followed any further; --max-memory allows more"
            ));
        }
        Ok(())
    }

    fn capture<K: Sink>(&mut self, sink: K) -> Result<ExitCode, Failure> {
        let args = self.session.args;
        let opened = match live::open(args, &self.filter, &self.stop) {
            Err(Failure::Library(Error::Stopped)) => {
                self.leave_signal_behind();
                return Ok(ExitCode::SUCCESS);
            }
            opened => opened?,
        };
        user::become_user(args.user.as_deref())?;
        let writer = self.writer(opened.source.origin(), Some(clock::now()))?;
        if let Some(time) = args.duration {
            signals::request_after(time, &self.stop)?;
        }
        if !args.save.is_for_wireshark {
            live::tell(args, &opened);
        }
        let command = command::start(&args.command, &self.stop)?;
        let Begun { source, remote } = opened;
        let result = match writer {
            Some(writer) => self.watch(source, self.saving(sink, writer)),
            None => self.watch(source, sink),
        };
        let result = match remote {
            Some(remote) => self.after_remote(remote, result),
            None => result.map(drop).map_err(Failure::from),
        };
        match command {
            Some(command) => Ok(self.after_command(command, result)),
            None => result.map(|()| ExitCode::SUCCESS),
        }
    }

    /// Ends the capture on another host. Why that failed matters where it ended this one.
    fn after_remote(&self, remote: Remote, result: Result<Left, Error>) -> Result<(), Failure> {
        let failure = remote.end();
        match result {
            // A signal goes to ssh too, maybe in the middle of a frame.
            Err(Error::Damaged { .. }) if self.stop.is_requested() => Ok(()),
            Ok(Left::AtEnd) | Err(Error::Damaged { .. }) if !self.stop.is_requested() => {
                failure.map_or(result.map(drop).map_err(Failure::from), Err)
            }
            result => Ok(result.map(drop)?),
        }
    }

    /// The status is the command's also where the capture failed, but then it
    /// is never success.
    fn after_command(&self, command: Running, result: Result<(), Failure>) -> ExitCode {
        let is_closed =
            |error: &Failure| matches!(error, Failure::Library(error) if is_closed_pipe(error));
        let failure = result.err().filter(|error| !is_closed(error));
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

    fn watch<K: Sink>(&mut self, mut source: Box<dyn Source>, sink: K) -> Result<Left, Error> {
        let stop = self.stop.clone();
        let mut pipeline = self.pipeline(sink);
        let result = loop {
            let left = pipeline.read(&mut *source, || stop.is_interrupted());
            if !stop.is_interrupted() || !matches!(left, Ok(Left::Stopped)) {
                break left;
            }
            stop.resume();
            let statistics = source.statistics();
            self.answer(&pipeline, statistics);
            if let Err(error) = self.attend(&mut pipeline, statistics) {
                break Err(error);
            }
        };
        let statistics = source.statistics();
        let result = result.and_then(|left| {
            self.finish(&mut pipeline, statistics)?;
            Ok(left)
        });
        let shows = self.outlive(&mut pipeline, statistics, result.as_ref().err());
        if let Some(statistics) = statistics {
            // Nobody has set it: a session watches once.
            let _ = self.statistics.set(statistics);
        }
        let counts = counts(pipeline.frames(), statistics);
        self.leave_terminal(stop.is_requested());
        let ended = if shows {
            self.end(&mut pipeline)
        } else {
            Ok(())
        };
        if !self.session.args.save.is_for_wireshark {
            for count in counts {
                aside::say(count);
            }
        }
        std::mem::forget(pipeline);
        ended.and(result)
    }

    /// Says how far the run is to who asks with SIGUSR1, and begins to look at it.
    pub fn answer<K: Sink>(&mut self, pipeline: &Pipeline<K>, statistics: Option<Statistics>) {
        if !self.signals.was_asked() {
            return;
        }
        beside::step_aside(&mut self.beside);
        let counts = match statistics {
            Some(_) => counts(pipeline.frames(), statistics).join(", "),
            None => format!("{} frames read so far", pipeline.frames_read()),
        };
        aside::say(format!("tcptrace: {counts}"));
        if self.asked_for.is_none() {
            self.asked_for = Some(Survey::new(SurveyLook {
                at: statistics.map(|_| clock::now()),
                dropped: statistics.map(|counts| counts.dropped),
                room: None,
                is_asked: true,
            }));
        }
    }

    /// Has the terminal left to what the end of the run writes.
    pub fn leave_terminal(&mut self, is_stopped: bool) {
        let was_shown = beside::step_aside(&mut self.beside);
        if is_stopped && !was_shown {
            self.leave_signal_behind();
        }
    }

    /// The terminal shows ^C where the next line would begin.
    pub fn leave_signal_behind(&self) {
        if self.signals.came().is_some() && io::stdout().is_terminal() {
            println!();
        }
    }

    pub fn pipeline<K: Sink>(&self, sink: K) -> Pipeline<K> {
        let args = self.session.args;
        let numbered = if args.save.comments || !args.is_replay() {
            // Comments are read beside the frames that are written; and of a live capture
            // nobody sees the others.
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
        let format = save.format(path, self.session.resolution);
        let interface = origin.and_then(|origin| origin.interfaces.first());
        if began.is_none()
            && format == Format::Pcap(Resolution::Micro)
            && interface.is_some_and(|interface| interface.resolution > 6)
        {
            aside::say(format!(
                "tcptrace: {}: times are cut to microseconds, as in tcpdump's files; --nano keeps nanoseconds",
                path.display()
            ));
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
            notes: save
                .comments
                .then(|| Notes::new(self.session.lang).noting(save.noted)),
            after: After::new(save.then.clone()),
            files: save.files,
            stop: self.stop.clone(),
            statistics: Arc::clone(&self.statistics),
        }
    }
}
