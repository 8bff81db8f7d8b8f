//! What the things in a picture stand for, and the colours of that: told apart also by
//! those who do not tell red from green, and never by colour alone.

use crate::sink::annotation::colour::Colour;
use crate::track::time_spent::TimeCause;

/// What a thing in a picture stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ink {
    /// What is written and framed.
    Text,
    /// What is less important: axes, lanes, remarks.
    Faint,
    /// Lines to read values by, and bands behind the rest.
    Grid,
    /// Data that is sent for the first time.
    Data,
    /// Data that is sent again.
    Again,
    /// What was lost, and what failed.
    Lost,
    /// Sent once and overtaken.
    Disordered,
    /// What the capture shows twice, or the network copied.
    Copy,
    /// An acknowledgment.
    Ack,
    /// The window.
    Window,
    /// SACK blocks.
    Sack,
    /// What opens a connection.
    Opening,
    /// What closes one.
    Closing,
    /// A RST.
    Reset,
    /// Probes and keep-alives, urgent data, congestion marks.
    Sign,
    /// The client's side, and its application.
    Client,
    /// The server's side, and its application.
    Server,
    /// The network's: the path, delayed acknowledgments, buffers.
    Path,
}

/// Of an ink: its class in a style sheet, its colours on light and on dark ground, and on a terminal.
struct Tint(Ink, &'static str, [&'static str; 2], Colour);

/// Hues of Okabe and Ito's palette, darkened or lightened so that each stands out from its ground by
/// at least 4.5 to 1 (WCAG 2.2 §1.4.3; bands and grids, which say nothing, less).
const ROWS: [Tint; 18] = [
    Tint(Ink::Text, "text", ["#1b1f24", "#e8eaed"], Colour::NONE),
    Tint(Ink::Faint, "faint", ["#5c6570", "#9aa4b0"], Colour::DIM),
    Tint(Ink::Grid, "grid", ["#eceff3", "#262c34"], Colour::DIM),
    Tint(Ink::Data, "data", ["#0a62a3", "#6cb8f0"], Colour::BLUE),
    Tint(Ink::Again, "again", ["#a84600", "#f09a52"], Colour::YELLOW),
    Tint(Ink::Lost, "lost", ["#b3261e", "#ff8a80"], Colour::RED),
    Tint(
        Ink::Disordered,
        "disordered",
        ["#9a3a72", "#e39ac4"],
        Colour::MAGENTA,
    ),
    Tint(Ink::Copy, "copy", ["#5c6570", "#9aa4b0"], Colour::DIM),
    Tint(Ink::Ack, "ack", ["#007157", "#3fc9a0"], Colour::GREEN),
    Tint(
        Ink::Window,
        "window",
        ["#7d6200", "#e3c84a"],
        Colour::YELLOW,
    ),
    Tint(Ink::Sack, "sack", ["#6a3fa0", "#bb9af0"], Colour::MAGENTA),
    Tint(
        Ink::Opening,
        "opening",
        ["#007157", "#3fc9a0"],
        Colour::GREEN,
    ),
    Tint(
        Ink::Closing,
        "closing",
        ["#0b6a80", "#62cbe3"],
        Colour::CYAN,
    ),
    Tint(Ink::Reset, "reset", ["#b3261e", "#ff8a80"], Colour::RED),
    Tint(Ink::Sign, "sign", ["#9a3a72", "#e39ac4"], Colour::MAGENTA),
    Tint(Ink::Client, "client", ["#0a62a3", "#6cb8f0"], Colour::BLUE),
    Tint(
        Ink::Server,
        "server",
        ["#a84600", "#f09a52"],
        Colour::YELLOW,
    ),
    Tint(Ink::Path, "path", ["#5c6570", "#9aa4b0"], Colour::DIM),
];

impl Ink {
    /// All.
    pub const ALL: [Self; ROWS.len()] = {
        let mut all = [Self::Text; ROWS.len()];
        let mut nth = 0;
        while nth < ROWS.len() {
            all[nth] = ROWS[nth].0;
            nth += 1;
        }
        all
    };

    /// What time stands for that was spent on a cause.
    #[must_use]
    pub const fn of_cause(cause: TimeCause) -> Self {
        match cause {
            TimeCause::Handshake => Self::Opening,
            TimeCause::ClientApplication => Self::Client,
            TimeCause::ServerApplication => Self::Server,
            TimeCause::ClientWindow | TimeCause::ServerWindow => Self::Window,
            TimeCause::ClientSendBuffer | TimeCause::ServerSendBuffer => Self::Sack,
            TimeCause::Loss => Self::Lost,
            TimeCause::DelayedAck => Self::Sign,
            TimeCause::Path => Self::Path,
            TimeCause::Closing => Self::Closing,
            TimeCause::Unknown => Self::Faint,
        }
    }

    const fn row(self) -> &'static Tint {
        &ROWS[self as usize]
    }

    /// Its class in a style sheet.
    #[must_use]
    pub const fn class(self) -> &'static str {
        self.row().1
    }

    /// Its colour on a terminal.
    pub(in crate::sink) const fn on_terminal(self) -> Colour {
        self.row().3
    }
}

const GROUNDS: [&str; 2] = ["#ffffff", "#14181d"];

/// A style sheet's rules for each ink, on light or on dark ground.
#[must_use]
pub fn colours(is_dark: bool) -> String {
    let nth = usize::from(is_dark);
    let rules =
        ROWS.map(|Tint(_, class, colours, _)| format!("svg .{class}{{color:{}}}", colours[nth]));
    format!("svg .ground{{fill:{}}}{}", GROUNDS[nth], rules.concat())
}

/// A style sheet's variables, `--data` and so on, on light or on dark ground.
#[must_use]
pub fn variables(is_dark: bool) -> String {
    let nth = usize::from(is_dark);
    let ground = GROUNDS[nth];
    let colours = ROWS.map(|Tint(_, class, colours, _)| format!("--{class}:{};", colours[nth]));
    format!("--ground:{ground};{}", colours.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The relative luminance of `#rrggbb` (WCAG 2.2).
    fn luminance(colour: &str) -> f64 {
        let number = u32::from_str_radix(&colour[1..], 16).unwrap();
        let linear = |shift: u32| {
            let value = f64::from(number >> shift & 0xff) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(16) + 0.7152 * linear(8) + 0.0722 * linear(0)
    }

    #[test]
    fn every_ink_that_says_something_stands_out_from_its_ground() {
        let Tint(_, _, bands, _) = &ROWS[Ink::Grid as usize];
        for nth in 0..GROUNDS.len() {
            for Tint(ink, _, colours, _) in ROWS.iter().filter(|row| row.0 != Ink::Grid) {
                for ground in [GROUNDS[nth], bands[nth]] {
                    let (one, other) = (luminance(ground), luminance(colours[nth]));
                    let ratio = (one.max(other) + 0.05) / (one.min(other) + 0.05);
                    assert!(ratio >= 4.5, "{ink:?} on {ground}: {ratio:.2}");
                }
            }
        }
    }

    #[test]
    fn each_ink_has_its_own_row() {
        for (nth, Tint(ink, ..)) in ROWS.iter().enumerate() {
            assert_eq!(*ink as usize, nth);
        }
    }
}
