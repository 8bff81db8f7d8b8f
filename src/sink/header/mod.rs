//! The TCP header field by field, a row each: octets, name, value, meaning.
//!
//! It is drawn from the captured octets, so that a header that is cut short or
//! contradicts itself shows what is there.

mod fields;
mod names;
mod options;

use crate::segment::{Packet, Segment};
use crate::sink::annotation::colour::Colour;
use crate::sink::text::Text;
use crate::sink::words::fill::said;
use crate::sink::words::{HeaderTexts, Words};
use crate::sink::{width, wrap};
use crate::skip::Skip;
use crate::track::Observation;

/// What every line of an annotation begins with.
const MARK: &str = "  #";
/// What a row begins with, behind that.
const INDENT: &str = "    ";
/// Columns of the octets: the sixteen bits from the data offset to FIN.
const OCTETS_WIDTH: usize = 19;
/// Columns of a value: a number of 32 bits.
const VALUE_WIDTH: usize = 10;
/// Octets in a row, where an option has more.
const OCTETS_A_ROW: usize = 6;
/// Columns between two things.
const GAP: usize = 2;

/// Draws headers.
#[derive(Debug)]
pub(super) struct Drawing {
    words: &'static Words,
    is_coloured: bool,
    name_width: usize,
    /// Columns of the terminal.
    width: Option<usize>,
}

impl Drawing {
    pub(super) fn new(words: &'static Words, is_coloured: bool, width: Option<usize>) -> Self {
        Self {
            words,
            is_coloured,
            name_width: name_width(&words.header),
            width,
        }
    }

    /// Draws the header of a packet, where it has one.
    pub(super) fn write(
        &self,
        packet: &Packet<'_>,
        seen: Option<&Observation<'_>>,
        text: &mut Text,
    ) {
        let segment = match &packet.segment {
            Ok(segment) => Some(segment),
            Err(Skip::CutTcp | Skip::ShortOffset | Skip::LongOffset) => None,
            Err(_) => return,
        };
        Rows {
            packet,
            segment,
            seen,
            octets: packet.datagram_octets(),
            words: &self.words.header,
            drawing: self,
            text,
        }
        .write();
    }
}

/// Columns for every name of a field, and for the names of options.
fn name_width(words: &HeaderTexts) -> usize {
    let fields = [
        words.source_port,
        words.destination_port,
        words.sequence_number,
        words.acknowledgment_number,
        words.bits,
        words.data_offset,
        words.urgent_pointer,
    ];
    let options = names::NAMES.map(|(_, name)| said!(words.option, name));
    let fields = fields.into_iter().map(width::of);
    let options = options.iter().map(|name| width::of(name));
    fields.chain(options).max().unwrap_or_default()
}

/// The rows of one header.
struct Rows<'a, 't> {
    packet: &'a Packet<'a>,
    /// Where the header is whole enough for one.
    segment: Option<&'a Segment<'a>>,
    seen: Option<&'a Observation<'a>>,
    /// The captured octets from the header to the end of the datagram.
    octets: &'a [u8],
    words: &'static HeaderTexts,
    drawing: &'t Drawing,
    text: &'t mut Text,
}

/// A row: what its octets are.
#[derive(Default)]
struct Field<'a> {
    octets: &'a str,
    name: &'a str,
    value: &'a str,
    meaning: &'a str,
}

impl Rows<'_, '_> {
    fn write(&mut self) {
        let whole = self.fixed();
        if whole {
            self.options();
        }
        let claimed = self.octets.get(12).map_or(20, |offset| offset >> 4 << 2);
        if self.octets.len() < usize::from(claimed).max(20) && self.is_cut() {
            let here = said!(self.words.cut, self.octets.len() as u64);
            self.row(&Field {
                meaning: &here,
                ..Field::default()
            });
        }
    }

    /// Whether the capture ends before the datagram does.
    fn is_cut(&self) -> bool {
        let frame = self.packet.frame;
        frame.bytes.len() < frame.len as usize
    }

    /// Writes a row; its meaning may be that of a whole group of rows.
    fn row(&mut self, field: &Field<'_>) {
        let colour = |colour: Colour| colour.only_if(self.drawing.is_coloured);
        let columns = [
            (field.octets, OCTETS_WIDTH, colour(Colour::DIM)),
            (field.name, self.drawing.name_width, Colour::NONE),
            (field.value, VALUE_WIDTH, colour(Colour::BOLD)),
            (field.meaning, 0, Colour::NONE),
        ];
        let indent = MARK.len() + INDENT.len();
        let before: usize = columns.iter().map(|(_, columns, _)| columns + GAP).sum();
        let needed = indent + before - GAP + width::of(field.meaning);
        let is_whole = self.drawing.width.is_none_or(|width| needed <= width);
        self.text.str(MARK);
        self.text.str(INDENT);
        let mut spaces = 0;
        for (words, columns, colour) in columns.into_iter().take(if is_whole { 4 } else { 3 }) {
            if !words.is_empty() {
                for _ in 0..spaces {
                    self.text.octet(b' ');
                }
                spaces = 0;
                colour.begin(self.text);
                self.text.str(words);
                colour.end(self.text);
            }
            spaces += columns.saturating_sub(width::of(words)) + GAP;
        }
        self.text.octet(b'\n');
        if !is_whole {
            self.meaning(field.meaning);
        }
    }

    /// The meaning of a row in lines of its own, under the name, where the
    /// terminal has no room beside it.
    fn meaning(&mut self, meaning: &str) {
        let hang = INDENT.len() + OCTETS_WIDTH + GAP;
        let room = self
            .drawing
            .width
            .map(|width| width.saturating_sub(MARK.len() + hang));
        for line in wrap::lines(meaning, room) {
            self.text.str(MARK);
            for _ in 0..hang {
                self.text.octet(b' ');
            }
            self.text.str(line);
            self.text.octet(b'\n');
        }
    }

    /// A row of the octets from `start` to `end`.
    fn octets_row(&mut self, start: usize, end: usize, name: &str, value: &str, meaning: &str) {
        let octets = hex(self.octets.get(start..end).unwrap_or_default());
        self.row(&Field {
            octets: &octets,
            name,
            value,
            meaning,
        });
    }

    /// The octets from `start` to `end` without a name, as many rows as it
    /// takes.
    fn nameless_rows(&mut self, start: usize, end: usize) {
        for start in (start..end).step_by(OCTETS_A_ROW) {
            self.octets_row(start, end.min(start + OCTETS_A_ROW), "", "", "");
        }
    }

    /// The number of up to four octets at `at`, where they were captured.
    fn number(&self, at: usize, octets: usize) -> Option<u32> {
        let octets = self.octets.get(at..at + octets)?.iter();
        Some(octets.fold(0, |number, &octet| number << 8 | u32::from(octet)))
    }

    /// The end that sent the segment, and the other one, where that is known.
    fn ends(&self) -> Option<(&'static str, &'static str)> {
        let names = self.drawing.words;
        let dir = self.seen?.dir;
        Some((names.sender(dir), names.receiver(dir)))
    }
}

/// Octets in hexadecimal, a space between two.
fn hex(octets: &[u8]) -> String {
    let octets: Vec<_> = octets.iter().map(|octet| format!("{octet:02x}")).collect();
    octets.join(" ")
}
