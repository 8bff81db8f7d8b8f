//! What the view of a connection shows of the recordings in `captures/`.

mod any_keys;
mod asked;
mod following;
mod lines;
mod saved;
mod screens;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use tcptrace::capture::filter::Filter;
use tcptrace::capture::savefile;
use tcptrace::origin::Origin;
use tcptrace::pipeline::Pipeline;
use tcptrace::sink::words::Lang;
use tcptrace::sink::{Event as Told, Sink};
use tcptrace::track::Wants;
use tcptrace::track::connection::Connection;
use tcptrace::track::flow_id::FlowId;

use crate::watch::news::KeptFrame;
use crate::watch::opened::{Opened, OpenedOptions, Press};

/// A connection of a recording: its frames, and what the run says of it at the end.
pub struct Recorded {
    pub frames: Vec<KeptFrame>,
    pub connection: Connection,
    pub origin: Option<Origin>,
}

#[derive(Default)]
pub struct Recording {
    frames: BTreeMap<FlowId, Vec<KeptFrame>>,
    connections: Vec<Connection>,
}

impl Sink for Recording {
    fn wants(&self) -> Wants {
        Wants::TIMED | Wants::TIME_SPENT
    }

    fn take(&mut self, event: Told<'_>) -> io::Result<()> {
        match event {
            Told::Packet(packet, Some(seen)) => {
                let frames = self.frames.entry(seen.flow.id).or_default();
                frames.push(KeptFrame::of(packet.frame));
            }
            Told::Connection(connection) => self.connections.push(connection.clone()),
            _ => {}
        }
        Ok(())
    }
}

pub fn captures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("captures")
}

/// The connections of a recording.
pub fn recorded(name: &str) -> Vec<Recorded> {
    let mut recording = Recording::default();
    let mut source = savefile::open(captures().join(name), Filter::default()).unwrap();
    let mut run = Pipeline::new(&mut recording, None);
    run.read(&mut *source, || false).unwrap();
    run.end().unwrap();
    drop(run);
    let Recording {
        mut frames,
        connections,
    } = recording;
    let origin = source.origin().cloned();
    let recorded = connections.into_iter().map(|connection| Recorded {
        frames: frames.remove(&connection.flow.id).unwrap_or_default(),
        origin: origin.clone(),
        connection,
    });
    recorded.collect()
}

/// The first connection of a recording.
pub fn first_of(name: &str) -> Recorded {
    recorded(name).remove(0)
}

impl Recorded {
    pub fn options(&self, lang: Lang) -> OpenedOptions {
        let flow = &self.connection.flow;
        OpenedOptions {
            id: flow.id,
            stream: flow.stream,
            client: flow.client_addr(),
            server: flow.server_addr(),
            is_over: true,
            is_live: false,
            lang,
            is_coloured: false,
            zone: TimeZone::UTC,
            origin: self.origin.clone(),
        }
    }

    /// All of it, opened; what it copies goes nowhere.
    pub fn opened(&self, lang: Lang) -> Opened {
        let mut opened = Opened::new(self.options(lang));
        opened.copy = |_| Ok(());
        for frame in &self.frames {
            opened.take(frame);
        }
        opened.connection(Box::new(self.connection.clone()));
        opened
    }
}

/// The screen, as text.
pub fn drawn(opened: &mut Opened, (width, height): (u16, u16)) -> String {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal
        .draw(|frame| opened.draw(frame, frame.area()))
        .unwrap();
    let buffer = terminal.backend().buffer();
    let mut text = String::new();
    for row in buffer.area.rows() {
        let mut line = String::new();
        let mut behind_wide = 0;
        for place in row.columns() {
            let symbol = buffer[(place.x, place.y)].symbol();
            if behind_wide > 0 {
                behind_wide -= 1;
                continue;
            }
            behind_wide = ratatui::text::Span::raw(symbol).width().saturating_sub(1);
            line.push_str(symbol);
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

pub fn press(opened: &mut Opened, code: KeyCode) -> Press {
    opened.press(&Event::Key(KeyEvent::new(code, KeyModifiers::NONE)))
}

/// Types letters one after the other.
pub fn type_letters(opened: &mut Opened, letters: &str) {
    for letter in letters.chars() {
        press(opened, KeyCode::Char(letter));
    }
}
