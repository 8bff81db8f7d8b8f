//! Where frames come from, and when there are enough of them.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::{ArgAction, Args, ValueEnum};
use tcptrace::capture::live::options;

use crate::cli::args::save::SaveArgs;
use crate::cli::args::units;
use crate::cli::metrics::address;

/// Where frames come from.
#[derive(Debug, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an option of the command line"
)]
pub struct CaptureArgs {
    /// Capture on INTERFACE: a name, a number from -D, or any; may be repeated.
    /// TCP@HOST:PORT reads the capture that a TCP connection brings
    #[arg(short, long, value_name = "INTERFACE", conflicts_with_all = ["read", "list"])]
    pub interface: Vec<String>,
    /// Capture on another host: ssh runs tcpdump there, on the interface of -i or on
    /// any, and keeps its own connection out
    #[arg(long, value_name = "USER@HOST", conflicts_with_all = ["read", "list"])]
    pub remote: Option<String>,
    /// Read FILE, pcap or pcapng; - is standard input; may be repeated
    #[arg(short, long, value_name = "FILE")]
    pub read: Vec<PathBuf>,
    /// Read the files that LIST names, one a line; - is standard input
    #[arg(short = 'V', value_name = "LIST")]
    pub list: Option<PathBuf>,

    /// Stop after COUNT frames that match
    #[arg(short, value_name = "COUNT", value_parser = units::count::<u64>, help_heading = ENDING)]
    pub count: Option<u64>,
    /// Stop when the first connection that matches has ended
    #[arg(long, help_heading = ENDING)]
    pub until_closed: bool,
    /// Capture for TIME: 10, 1.5s, 500ms, 2m, 1h
    #[arg(long, value_name = "TIME", value_parser = units::time, conflicts_with_all = ["read", "list"], help_heading = ENDING)]
    pub duration: Option<Duration>,

    /// Capture LENGTH octets of each frame at most; 0 means 262144
    #[arg(short, long = "snapshot-length", value_name = "LENGTH", value_parser = clap::value_parser!(u32).range(..=262_144), help_heading = CAPTURING)]
    pub snapshot: Option<u32>,
    /// Size of the kernel's capture buffer, in KiB
    #[arg(short = 'B', long = "buffer-size", value_name = "KIB", value_parser = clap::value_parser!(u32).range(1..=2_097_151), help_heading = CAPTURING)]
    pub buffer: Option<u32>,
    /// Do not put the interface into promiscuous mode
    #[arg(short = 'p', long = "no-promiscuous-mode", help_heading = CAPTURING)]
    pub no_promiscuous: bool,
    /// Only frames to this host, from it, or both
    #[arg(short = 'Q', long, value_enum, value_name = "in|out|inout", hide_possible_values = true, conflicts_with_all = ["read", "list"], help_heading = CAPTURING)]
    pub direction: Option<DirectionArg>,
    /// Put the interface into monitor mode, for IEEE 802.11
    #[arg(short = 'I', long, conflicts_with_all = ["read", "list"], help_heading = CAPTURING)]
    pub monitor_mode: bool,
    /// Choose the link type, where the interface offers several: a name from -L
    #[arg(short = 'y', long = "linktype", value_name = "LINKTYPE", conflicts_with_all = ["read", "list"], help_heading = CAPTURING)]
    pub link_type: Option<String>,
    /// Deliver each frame as it arrives instead of every 20 ms; costs speed
    #[arg(long, help_heading = CAPTURING)]
    pub immediate_mode: bool,
    /// How to capture.
    #[arg(help = BACKEND_HELP, long, value_enum, default_value_t = Backend::Libpcap, value_name = "libpcap|raw", hide_possible_values = true, help_heading = CAPTURING)]
    pub backend: Backend,

    /// Ask the kernel about the sockets of this host: state, process, queues, window
    #[arg(long, help_heading = CAPTURING)]
    pub sockets: bool,

    /// Serve counts for Prometheus at http://ADDRESS:PORT/metrics while capturing: of
    /// connections, by server, and of the capture; :PORT serves this host alone
    #[arg(long, value_name = "[ADDRESS]:PORT", value_parser = address::parse, conflicts_with_all = ["read", "list"], help_heading = CAPTURING)]
    pub metrics: Option<SocketAddr>,

    /// Keep connections in SIZE of memory, 16m at least: where there are too many,
    /// those that are over are shown at once, then those silent longest
    #[arg(long, value_name = "SIZE", value_parser = units::memory, default_value = "1g")]
    pub max_memory: usize,

    #[command(flatten)]
    pub save: SaveArgs,

    /// Addresses and ports as numbers, which they are without --names
    #[arg(short, action = ArgAction::Count, help_heading = LINES)]
    pub numeric: u8,
    /// Take the filter from FILE; one on the command line is then ignored
    #[arg(short = 'F', value_name = "FILE", help_heading = FILTERING)]
    pub filter_file: Option<PathBuf>,
    /// Do not let libpcap optimize the filter
    #[arg(short = 'O', long = "no-optimize", help_heading = FILTERING)]
    pub no_optimize: bool,
    /// Become USER when the interface or the first file is open
    #[arg(short = 'Z', long = "relinquish-privileges", value_name = "USER", help_heading = CAPTURING)]
    pub user: Option<String>,
    /// Only frames that match, see pcap-filter(7)
    #[arg(value_name = "FILTER", num_args(0..))]
    pub filter: Vec<String>,
    /// Capture while COMMAND runs, and end with its exit status; with -r, words
    /// of the filter
    #[arg(last = true, value_name = "COMMAND")]
    pub command: Vec<String>,
}

/// Headings of the help text.
const ENDING: &str = "When to stop";
const CAPTURING: &str = "Capturing";
const FILTERING: &str = "Filtering";
pub(super) const LINES: &str = "Lines";

const BACKEND_HELP: &str = "Capture through libpcap, or a raw AF_PACKET socket: one interface, \
    a system call for each frame, no VLAN tag that the kernel took off";

impl CaptureArgs {
    /// The words of the filter. A replay has no command, and `--` only ends the
    /// options, as in tcpdump.
    pub fn expression(&self) -> String {
        let more = if self.is_replay() {
            &self.command[..]
        } else {
            &[]
        };
        [&self.filter, more].concat().join(" ")
    }

    /// Whether frames come from files.
    pub fn is_replay(&self) -> bool {
        !self.read.is_empty() || self.list.is_some()
    }
}

/// The ways to capture on an interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Backend {
    /// libpcap: the kernel filters and stamps the time, any interface
    Libpcap,
    /// A raw `AF_PACKET` socket through pnet: one interface, a system call for
    /// each frame, no VLAN tag that the kernel took off
    Raw,
}

/// Which way captured frames go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DirectionArg {
    /// To this host
    In,
    /// From this host
    Out,
    /// Both
    Inout,
}

impl From<DirectionArg> for options::Direction {
    fn from(direction: DirectionArg) -> Self {
        match direction {
            DirectionArg::In => Self::In,
            DirectionArg::Out => Self::Out,
            DirectionArg::Inout => Self::Both,
        }
    }
}
