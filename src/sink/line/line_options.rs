//! What is asked of a line.

use jiff::tz::TimeZone;

use crate::sink::line::clock::TimeStyle;
use crate::sink::line::dump::DumpStyle;
use crate::time::Resolution;

/// What tcpdump's options ask of a line.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an option of the command line"
)]
pub struct LineOptions {
    /// `-#`: numbers in front.
    pub numbered: bool,
    /// `-t` to `-ttttt`.
    pub time: TimeStyle,
    /// `--nano`: nine digits.
    pub digits: Resolution,
    /// The zone of times of day.
    pub zone: TimeZone,
    /// `-e`.
    pub link_header: bool,
    /// `-q`.
    pub quiet: bool,
    /// `-qq`: later fragments are not named.
    pub very_quiet: bool,
    /// `-S`.
    pub absolute_numbers: bool,
    /// How many `-v`.
    pub verbose: u8,
    /// Not `-K`.
    pub checks_checksums: bool,
    /// `-x`, `-X` or `-A`.
    pub dump: Option<DumpStyle>,
    /// `-xx`, `-XX` or `-AA`: the dump begins with the link header.
    pub dumps_link_header: bool,
    /// Names of interfaces by index, for cooked captures.
    pub interfaces: Vec<(u32, String)>,
}

impl Default for LineOptions {
    fn default() -> Self {
        Self {
            numbered: false,
            time: TimeStyle::default(),
            digits: Resolution::Micro,
            zone: TimeZone::UTC,
            link_header: false,
            quiet: false,
            very_quiet: false,
            absolute_numbers: false,
            verbose: 0,
            checks_checksums: true,
            dump: None,
            dumps_link_header: false,
            interfaces: Vec::new(),
        }
    }
}
