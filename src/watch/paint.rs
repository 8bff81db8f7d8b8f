//! Colours of the screen, or what stands for them where there are none.

use ratatui::style::{Color, Modifier, Style};
use tcptrace::sink::tone::Tone;

/// How things are painted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paint {
    /// Whether there are colours.
    pub is_coloured: bool,
}

impl Paint {
    /// What is as usual.
    pub const PLAIN: Style = Style::new();
    /// What stands back.
    pub const DIM: Style = Style::new().add_modifier(Modifier::DIM);
    /// What stands out without being good or bad.
    pub const STRONG: Style = Style::new().add_modifier(Modifier::BOLD);
    /// The line that is selected, and what is to be noticed first.
    pub const SELECTED: Style = Style::new().add_modifier(Modifier::REVERSED);

    /// Of something so good or bad. What is bad stands out without colours too.
    pub const fn tone(self, tone: Tone) -> Style {
        match (tone, self.is_coloured) {
            (Tone::Plain, _) | (Tone::Fine | Tone::Odd, false) => Self::PLAIN,
            (Tone::Fine, true) => Style::new().fg(Color::Green),
            (Tone::Odd, true) => Style::new().fg(Color::Yellow),
            (Tone::Bad, true) => Style::new().fg(Color::Red).add_modifier(Modifier::BOLD),
            (Tone::Bad, false) => Self::STRONG,
        }
    }

    /// The heading of the column that the table is sorted by.
    pub const fn sorted(self) -> Style {
        if self.is_coloured {
            Style::new().fg(Color::Cyan).add_modifier(Modifier::BOLD)
        } else {
            Self::STRONG
        }
    }

    /// The keys in the last line.
    pub const fn key(self) -> Style {
        self.sorted()
    }
}
