//! Stage 4: how it is shown.
//!
//! One output style per file or folder. A [`Style`](style::Style) writes into a
//! text; [`Printed`](printed::Printed) brings that to a writer, and is what the
//! pipeline drives. A style never computes a finding, and the tracker never
//! formats.

// What the pipeline says, and how a style gets it onto a page.
pub mod choice;
mod event;
mod page;
pub mod printed;
pub mod room;
mod round;
pub mod standing;
pub mod style;

// The styles: of segments, of connections, of either.
pub mod annotation;
pub mod count;
pub mod csv;
mod diagnoses;
pub mod draw;
mod flaws;
pub mod flows;
pub mod html;
pub mod json;
pub mod plain;
pub mod report;
pub mod servers;
pub mod summary;
pub mod wireshark;

// What several of them are made of.
pub mod explain;
mod figures;
mod header;
pub mod line;
pub mod metrics;
pub mod note;
pub mod sentence;
pub mod words;

// How numbers, words and tables are written.
mod columns;
mod digits;
mod draft;
pub mod duration;
mod paragraph;
pub mod rate;
mod seconds;
mod share;
mod step;
pub mod text;
pub mod tone;
mod width;
mod wrap;

pub use event::{Event, Sink};
