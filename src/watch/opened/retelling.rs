//! The kept frames on their way through a pipeline of their own: nothing is decided twice.

use std::borrow::Cow;

use tcptrace::capture::live::interfaces;
use tcptrace::capture::numbers::FrameNumbers;
use tcptrace::capture::{Next, Source};
use tcptrace::error::Error;
use tcptrace::origin::Origin;
use tcptrace::pipeline::Pipeline;
use tcptrace::sink::annotation::{Annotated, AnnotationOptions};
use tcptrace::sink::explain::HowOften;
use tcptrace::sink::line::{Line, LineOptions};
use tcptrace::track::connection::Connection;

use crate::watch::opened::OpenedOptions;
use crate::watch::opened::kept_frames::KeptFrames;
use crate::watch::opened::roll::Roll;
use crate::watch::opened::socket_words::SocketWords;
use crate::watch::opened::told::ToldLines;

/// What the keys chose of the lines, and how wide they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LineForm {
    /// Whether the TCP header is drawn (`--header`).
    pub header: bool,
    /// Whether it is explained (`--explain`).
    pub explain: bool,
    /// Columns of the screen.
    pub width: u16,
}

/// What is kept of the connection.
pub struct KeptFor<'a> {
    /// Its frames.
    pub frames: &'a KeptFrames,
    /// What the kernel said between them.
    pub words: &'a SocketWords,
    /// What the source says beside its frames.
    pub origin: Option<&'a Origin>,
}

/// A run over the kept frames, from the first on.
pub struct Retelling {
    run: Pipeline<ToldLines>,
    form: LineForm,
    /// The place of the next frame.
    next: u64,
    /// How many of the kernel's words it has told.
    told: usize,
}

impl Retelling {
    /// One that has read nothing yet.
    pub fn new(form: LineForm, options: &OpenedOptions) -> Self {
        let line = Line::new(LineOptions {
            numbered: true,
            zone: options.zone.clone(),
            interfaces: interfaces::names(),
            ..LineOptions::default()
        });
        let annotation = AnnotationOptions {
            is_coloured: options.is_coloured,
            lang: options.lang,
            explain: form.explain.then_some(HowOften::Once),
            header: form.header,
            width: Some(form.width.into()),
        };
        let told = ToldLines::new(Annotated::new(line, annotation));
        let run = Pipeline::new(told, None).numbering_connections(options.id, options.stream);
        Self {
            run,
            form,
            next: 0,
            told: 0,
        }
    }

    /// What was chosen of its lines.
    pub const fn form(&self) -> LineForm {
        self.form
    }

    /// How many frames it has come past.
    pub const fn read_so_far(&self) -> u64 {
        self.next
    }

    /// Reads on, up to so many frames, and tells what the kernel said between them.
    pub fn read(&mut self, from: &KeptFor<'_>, most: u64) {
        let frames = from.frames;
        let first = frames.from(self.next);
        let end = first.saturating_add(most).min(frames.end());
        loop {
            let word = from.words.nth(self.told).filter(|(place, _)| *place <= end);
            let until = word.map_or(end, |(place, _)| *place);
            let mut part = KeptPart {
                frames,
                origin: from.origin,
                next: frames.from(self.next),
                end: until,
                numbers: FrameNumbers::default(),
            };
            // The lines go into memory, and frames that are kept cannot fail.
            let _ = self.run.read(&mut part, || false);
            self.next = until.max(self.next);
            let Some((_, word)) = word else { return };
            let _ = self.run.tell(word);
            self.told += 1;
        }
    }

    /// Its lines.
    pub const fn roll(&self) -> &Roll {
        &self.run.sink().roll
    }

    /// The connection, as far as its kept frames tell.
    pub fn connection(&self, options: &OpenedOptions) -> Option<Cow<'_, Connection>> {
        let left = self.run.sink().left.as_deref();
        let here = self.run.tracker().connection(options.id);
        here.or_else(|| left.map(Cow::Borrowed))
    }
}

/// Some of the kept frames, as a source.
struct KeptPart<'a> {
    frames: &'a KeptFrames,
    origin: Option<&'a Origin>,
    next: u64,
    end: u64,
    /// Not asked: frames have their numbers already.
    numbers: FrameNumbers,
}

impl Source for KeptPart<'_> {
    fn next_frame(&mut self) -> Result<Next<'_>, Error> {
        let place = self.next;
        let kept = self.frames.at(place).filter(|_| place < self.end);
        let Some(kept) = kept else {
            return Ok(Next::End);
        };
        self.next += 1;
        Ok(Next::Frame(kept.frame(self.origin)))
    }

    fn numbers(&mut self) -> &mut FrameNumbers {
        &mut self.numbers
    }
}
