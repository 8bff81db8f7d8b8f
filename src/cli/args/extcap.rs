//! What Wireshark says to a program that captures for it (extcap(4)).

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use tcptrace::sink::note::Noted;

use crate::cli::args::Language;

/// Options of `extcap`, in Wireshark's words.
#[derive(Debug, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an option of the command line"
)]
pub struct ExtcapArgs {
    /// List the interfaces
    #[arg(long = "extcap-interfaces")]
    pub lists: bool,
    /// Wireshark's version, on which nothing depends
    #[arg(long = "extcap-version", value_name = "VERSION")]
    version: Option<String>,
    /// An interface of that list
    #[arg(long = "extcap-interface", value_name = "INTERFACE")]
    pub interface: Option<String>,
    /// Say its link type
    #[arg(long = "extcap-dlts", requires = "interface")]
    pub dlts: bool,
    /// Say what can be chosen
    #[arg(long = "extcap-config", requires = "interface")]
    pub config: bool,
    /// Capture on it
    #[arg(long, requires_all = ["interface", "fifo"])]
    pub capture: bool,
    /// Write the frames into FILE
    #[arg(long, value_name = "FILE")]
    pub fifo: Option<PathBuf>,
    /// Only frames that match; without --capture, say what is wrong with FILTER
    #[arg(
        long = "extcap-capture-filter",
        value_name = "FILTER",
        requires = "interface",
        allow_hyphen_values = true
    )]
    pub filter: Option<String>,
    /// The language of comments
    #[arg(long, value_enum, value_name = "en|zh", hide_possible_values = true)]
    pub lang: Option<Language>,
    /// Which frames have a comment
    #[arg(long, value_enum, default_value_t = Comments::Each, value_name = "each|trouble", hide_possible_values = true)]
    pub comments: Comments,
}

/// Which frames have a comment. Those with which a verdict falls, or something is
/// diagnosed, always do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Comments {
    /// Each segment
    Each,
    /// Those that tell of trouble
    Trouble,
}

impl From<Comments> for Noted {
    fn from(comments: Comments) -> Self {
        match comments {
            Comments::Each => Self::Every,
            Comments::Trouble => Self::Trouble,
        }
    }
}
