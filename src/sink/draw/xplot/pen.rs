//! Marks, as xplot reads them.

use std::fmt::Write as _;

/// A colour, in force or of one mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum XplotColour {
    White,
    Green,
    Red,
    Blue,
    Yellow,
    Purple,
    Orange,
    Magenta,
    Pink,
}

impl XplotColour {
    const fn name(self) -> &'static str {
        match self {
            Self::White => "white",
            Self::Green => "green",
            Self::Red => "red",
            Self::Blue => "blue",
            Self::Yellow => "yellow",
            Self::Purple => "purple",
            Self::Orange => "orange",
            Self::Magenta => "magenta",
            Self::Pink => "pink",
        }
    }
}

/// How xplot reads the numbers of a file.
#[derive(Debug, Clone, Copy)]
pub(super) enum Units {
    /// Sequence numbers over time.
    Numbers,
    /// Other values.
    Values,
}

/// A place: microseconds since the epoch, and a value.
pub(super) type At = (i64, u32);

/// A file under construction.
pub(super) struct Pen {
    text: String,
    colour: Option<XplotColour>,
}

impl Pen {
    pub(super) fn new(units: Units, title: &str, values: &str) -> Self {
        let units = match units {
            Units::Numbers => "timeval double",
            Units::Values => "timeval signed",
        };
        Self {
            text: format!("{units}\ntitle\n{title}\nxlabel\ntime\nylabel\n{values}\n"),
            colour: None,
        }
    }

    /// The whole file.
    pub(super) fn end(mut self) -> String {
        self.text += "go\n";
        self.text
    }

    /// Puts a colour in force.
    pub(super) fn colour(&mut self, colour: XplotColour) {
        if self.colour != Some(colour) {
            self.colour = Some(colour);
            self.text += colour.name();
            self.text.push('\n');
        }
    }

    /// Puts a mark, which may have a colour of its own.
    pub(super) fn mark(&mut self, command: &str, at: At, own: Option<XplotColour>) {
        self.text += command;
        self.place(at);
        self.own(own);
    }

    pub(super) fn line(&mut self, from: At, to: At) {
        self.text += "line";
        self.place(from);
        self.place(to);
        self.own(None);
    }

    /// Puts a text: `atext` above a place, `btext` below, `ltext` and `rtext` beside it.
    pub(super) fn text(&mut self, command: &str, at: At, own: Option<XplotColour>, text: &str) {
        self.mark(command, at, own);
        self.text += text;
        self.text.push('\n');
    }

    fn place(&mut self, (time, value): At) {
        let (seconds, micros) = (time.div_euclid(1_000_000), time.rem_euclid(1_000_000));
        let _ = write!(self.text, " {seconds}.{micros:06} {value}");
    }

    fn own(&mut self, own: Option<XplotColour>) {
        if let Some(own) = own {
            self.text.push(' ');
            self.text += own.name();
        }
        self.text.push('\n');
    }
}
