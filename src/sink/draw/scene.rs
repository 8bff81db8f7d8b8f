//! A picture that is laid out: shapes and texts in their places, for any pen.
//!
//! Places are in characters: one to the right is as wide as a character, one down as high as
//! a line. A pen that draws in cells shows what falls between them as well as it can.

use std::num::NonZeroU64;

use crate::sink::draw::ink::Ink;

/// A place: columns from the left, lines from above. A text stands in the line that begins
/// there, and so does what is drawn through its middle, half a line below.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Columns from the left.
    pub x: f64,
    /// Lines from above.
    pub y: f64,
}

impl Place {
    /// A place.
    #[must_use]
    pub const fn at(x: f64, y: f64) -> Self {
        Self { x, y }
    }
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stroke {
    /// Thin.
    Thin,
    /// Twice as wide.
    Bold,
    /// Dashes.
    Dashed,
    /// Dots.
    Dotted,
}

/// Which side of its place a text stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// It begins there.
    Left,
    /// Its middle is there.
    Middle,
    /// It ends there.
    Right,
}

/// The sign that a small mark has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sign {
    /// A filled circle.
    Dot,
    /// A filled diamond.
    Diamond,
    /// A square that is not filled.
    Box,
    /// A triangle that points up.
    Up,
    /// A triangle that points down.
    Down,
    /// A cross: what is lost, or not there.
    Cross,
}

/// What a thing looks like.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A line.
    Line {
        /// From.
        from: Place,
        /// To.
        to: Place,
        /// How.
        stroke: Stroke,
    },
    /// An arrow, with its head at the end.
    Arrow {
        /// From.
        from: Place,
        /// To.
        to: Place,
        /// How.
        stroke: Stroke,
    },
    /// A line through several places.
    Path(Vec<Place>),
    /// A rectangle that is filled.
    Area {
        /// Its upper left corner.
        from: Place,
        /// Its lower right corner.
        to: Place,
    },
    /// A rectangle that is not.
    Frame {
        /// Its upper left corner.
        from: Place,
        /// Its lower right corner.
        to: Place,
    },
    /// A small sign.
    Sign(Place, Sign),
    /// A text of one line.
    Text {
        /// Where: the upper edge of its line.
        at: Place,
        /// Which side of that.
        align: Align,
        /// What it says.
        text: String,
        /// Whether it is a heading.
        is_bold: bool,
    },
}

impl Shape {
    /// The same, so many lines further down.
    #[must_use]
    pub fn moved_down(mut self, lines: f64) -> Self {
        match &mut self {
            Self::Line { from, to, .. }
            | Self::Arrow { from, to, .. }
            | Self::Area { from, to }
            | Self::Frame { from, to } => {
                from.y += lines;
                to.y += lines;
            }
            Self::Path(places) => places.iter_mut().for_each(|place| place.y += lines),
            Self::Sign(at, _) | Self::Text { at, .. } => at.y += lines,
        }
        self
    }
}

/// A thing in a picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// What it looks like.
    pub shape: Shape,
    /// What it stands for.
    pub ink: Ink,
    /// What is said of it where somebody points at it.
    pub tip: Option<String>,
    /// The frame that it shows.
    pub frame: Option<NonZeroU64>,
}

impl Item {
    /// A shape of which no more is said.
    #[must_use]
    pub const fn of(ink: Ink, shape: Shape) -> Self {
        Self {
            shape,
            ink,
            tip: None,
            frame: None,
        }
    }
}

/// A picture that is laid out. What comes later is drawn over what comes before.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// What it is of, for those who do not see it.
    pub title: String,
    /// Columns.
    pub width: f64,
    /// Lines.
    pub height: f64,
    /// What is in it.
    pub items: Vec<Item>,
}

impl Scene {
    /// An empty one.
    #[must_use]
    pub const fn new(title: String, width: f64, height: f64) -> Self {
        Self {
            title,
            width,
            height,
            items: Vec::new(),
        }
    }

    /// Draws a shape; what is given back may be said more of.
    pub fn draw(&mut self, ink: Ink, shape: Shape) -> &mut Item {
        self.items.push(Item::of(ink, shape));
        let last = self.items.len() - 1;
        &mut self.items[last]
    }

    /// Draws a thin line.
    pub fn line(&mut self, ink: Ink, from: Place, to: Place) -> &mut Item {
        let stroke = Stroke::Thin;
        self.draw(ink, Shape::Line { from, to, stroke })
    }

    /// Writes a text.
    pub fn text(
        &mut self,
        ink: Ink,
        at: Place,
        align: Align,
        text: impl Into<String>,
    ) -> &mut Item {
        let text = text.into();
        self.draw(
            ink,
            Shape::Text {
                at,
                align,
                text,
                is_bold: false,
            },
        )
    }
}
