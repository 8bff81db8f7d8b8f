//! What is written into capture files.

use std::path::{Path, PathBuf};

use clap::Args;
use tcptrace::capture::writer::Format;
use tcptrace::sink::note::Noted;
use tcptrace::time::Resolution;

use crate::cli::args::units;

/// Headings of the help text.
const SAVING: &str = "Saving";

/// What is written into capture files.
#[derive(Debug, Args)]
pub struct SaveArgs {
    /// Write the frames into FILE: pcap, or pcapng where its name ends in
    /// .pcapng; - is standard output
    #[arg(short = 'w', long, value_name = "FILE", help_heading = SAVING)]
    pub write: Option<PathBuf>,
    /// Write out every frame, or line, at once
    #[arg(short = 'U', long, help_heading = SAVING)]
    pub packet_buffered: bool,
    /// Begin another file when one has SIZE: millions of octets, or with a
    /// unit 100k, 10m, 1g
    #[arg(short = 'C', value_name = "SIZE", value_parser = units::file_size, requires = "write", help_heading = SAVING)]
    pub size: Option<u64>,
    /// Begin another file every SECONDS of capture; the name is a format of
    /// strftime(3)
    #[arg(short = 'G', value_name = "SECONDS", value_parser = units::count::<u32>, requires = "write", help_heading = SAVING)]
    pub seconds: Option<u32>,
    /// With -C, begin anew after FILES files; with -G alone, stop after them
    #[arg(short = 'W', value_name = "FILES", value_parser = units::count::<u32>, requires = "write", help_heading = SAVING)]
    pub files: Option<u32>,
    /// Run COMMAND, the name of one program, with each file that is complete;
    /// where it fails, that is said and the capture goes on
    #[arg(short = 'z', value_name = "COMMAND", requires = "write", help_heading = SAVING)]
    pub then: Option<String>,
    /// Write each annotation, verdict and diagnosis into the file as a comment on its
    /// frame, for Wireshark; needs pcapng
    #[arg(long, requires = "write", help_heading = SAVING)]
    pub comments: bool,
    /// For Wireshark, which reads while it is written: pcapng whatever the name, and
    /// nothing is said.
    #[arg(skip)]
    pub is_for_wireshark: bool,
    /// On which segments there is a comment.
    #[arg(skip)]
    pub noted: Noted,
}

impl SaveArgs {
    /// The format of a file, in which pcap has this resolution.
    pub fn format(&self, path: &Path, resolution: Resolution) -> Format {
        if self.is_for_wireshark {
            Format::Pcapng
        } else {
            Format::of(path, resolution)
        }
    }
}
