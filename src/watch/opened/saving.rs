//! The connection into a file of its own, with what each frame means as its comment.

use std::fs::{self, OpenOptions};
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use tcptrace::capture::numbers::FrameNumbers;
use tcptrace::capture::writer::rotation::Rotation;
use tcptrace::capture::writer::{Format, Writer, WriterOptions};
use tcptrace::capture::{Next, Source};
use tcptrace::error::Error;
use tcptrace::frame::Frame;
use tcptrace::origin::Interface;
use tcptrace::origin::Origin;
use tcptrace::pipeline::Pipeline;
use tcptrace::sink::note::Notes;
use tcptrace::sink::{Event, Sink};
use tcptrace::track::Wants;

use crate::watch::news::KeptFrame;
use crate::watch::opened::Opened;
use crate::watch::opened::words::filled;

/// So many files of one connection are enough.
const MOST_FILES: u32 = 1000;

impl Opened {
    /// Saves the frames that are kept; what is to be said of it.
    pub(super) fn save(&self) -> String {
        let frames = self.frames.len() as u64;
        match self.save_frames() {
            Ok(path) => {
                let path = path.display().to_string();
                let said = filled(self.words.saved, &[frames.into(), (&path).into()]);
                match self.frames_missing() {
                    0 => said,
                    missing => said + &filled(self.words.saved_without, &[missing.into()]),
                }
            }
            Err(error) => filled(self.words.not_saved, &[(&told(&error)).into()]),
        }
    }

    fn save_frames(&self) -> Result<PathBuf, Error> {
        let options = &self.options;
        let name = name(options.client, options.server, options.id.0);
        let path = new_file(&self.folder, &name)?;
        let written = self.write_frames(&path);
        if written.is_err() {
            // Half a file would only mislead; that it was not saved is said.
            let _ = fs::remove_file(&path);
        }
        written.map(|()| path)
    }

    fn write_frames(&self, path: &Path) -> Result<(), Error> {
        let options = &self.options;
        let origin = options.origin.as_ref();
        let writer = WriterOptions {
            path: path.to_owned(),
            format: Format::Pcapng,
            rotation: Rotation::default(),
            zone: options.zone.clone(),
            by_frame: false,
        };
        let mut commented = Commented {
            writer: Writer::create(writer, described(origin, self.frames.all()).as_ref(), None)?,
            notes: Notes::new(options.lang),
        };
        let mut frames = SavedFrames {
            frames: self.frames.all(),
            origin,
            numbers: FrameNumbers::default(),
        };
        let mut run = Pipeline::new(&mut commented, None);
        run.read(&mut frames, || false)?;
        drop(run);
        commented.writer.finish(None).map(drop)
    }
}

/// What the file begins with: of the interfaces the first that is needed.
fn described<'a>(
    origin: Option<&Origin>,
    mut frames: impl Iterator<Item = &'a KeptFrame>,
) -> Option<Origin> {
    let first = frames.next()?.frame(origin);
    let interface = first.captured_on().cloned();
    let interface = interface.unwrap_or_else(|| {
        let nanoseconds = 9;
        Interface::new(first.link_type, 0, nanoseconds)
    });
    let comment = origin.and_then(|origin| origin.comment.clone());
    Some(Origin {
        comment,
        interfaces: vec![interface],
        ..Origin::default()
    })
}

/// Writes frames with their annotations.
struct Commented {
    writer: Writer,
    notes: Notes,
}

impl Sink for Commented {
    fn wants(&self) -> Wants {
        Notes::wants()
    }

    fn take(&mut self, event: Event<'_>) -> io::Result<()> {
        let Event::Packet(packet, seen) = event else {
            return Ok(());
        };
        let notes = Some(&mut self.notes).zip(seen).into_iter();
        let notes = notes.flat_map(|(notes, seen)| notes.of(seen));
        self.writer.write(packet.frame, notes)?;
        Ok(())
    }
}

/// The kept frames with the numbers that they have in their own file, since that is what
/// the comments speak of.
struct SavedFrames<'a, I> {
    frames: I,
    origin: Option<&'a Origin>,
    numbers: FrameNumbers,
}

impl<'a, I: Iterator<Item = &'a KeptFrame> + Send> Source for SavedFrames<'a, I> {
    fn next_frame(&mut self) -> Result<Next<'_>, Error> {
        let Some(kept) = self.frames.next() else {
            return Ok(Next::End);
        };
        Ok(Next::Frame(Frame {
            number: self.numbers.take(),
            ..kept.frame(self.origin)
        }))
    }

    fn numbers(&mut self) -> &mut FrameNumbers {
        &mut self.numbers
    }
}

/// The name of the file: which connection it is.
fn name(client: SocketAddr, server: SocketAddr, number: u32) -> String {
    let end = |addr: SocketAddr| format!("{}.{}", addr.ip(), addr.port()).replace([':', '%'], "-");
    format!("tcptrace-{}-{}-{number}", end(client), end(server))
}

/// A file that was not there: behind its name stands a number where it needs one.
fn new_file(folder: &Path, name: &str) -> Result<PathBuf, Error> {
    let mut count = 1;
    loop {
        let path = folder.join(match count {
            1 => format!("{name}.pcapng"),
            _ => format!("{name}-{count}.pcapng"),
        });
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(_) => return Ok(path),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && count < MOST_FILES => {
                count += 1;
            }
            Err(source) => return Err(Error::Save { path, source }),
        }
    }
}

/// An error and its causes, in a sentence.
fn told(error: &Error) -> String {
    let mut told = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        told = format!("{told}: {error}");
        cause = error.source();
    }
    told
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_file_is_called_by_its_connection_on_any_system() {
        let name = |client: &str, server: &str| {
            super::name(client.parse().unwrap(), server.parse().unwrap(), 7)
        };
        assert_eq!(
            name("10.0.0.1:5000", "10.0.0.2:80"),
            "tcptrace-10.0.0.1.5000-10.0.0.2.80-7"
        );
        assert_eq!(
            name("[fe80::1]:5000", "[::1]:80"),
            "tcptrace-fe80--1.5000---1.80-7"
        );
    }
}
