//! The command line as it may be typed.
//!
//! tcpdump's letters keep tcpdump's meaning.

mod annotation;
mod elsewhere;
mod extcap;
mod parse;
mod save;
mod source;
mod units;
mod watch;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use tcptrace::sink::draw::PictureKind;

use self::annotation::joined;
pub use self::annotation::{AnnotationArgs, Color, Explain, Language, Numbering};
use self::annotation::{COLOR_HELP, LANG_HELP};
pub use self::extcap::ExtcapArgs;
use self::parse::kind;
pub use self::parse::parse;
use self::source::LINES;
pub use self::source::{Backend, CaptureArgs, DirectionArg};
pub use self::watch::WatchArgs;

/// Whose lines to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Lines {
    /// tcpdump's, as --plain
    Tcpdump,
    /// Wireshark's summary, as tshark prints it without what lies above TCP
    Wireshark,
}

/// Shows what TCP does: tcpdump's line for each segment, and under it what the
/// segment means
#[derive(Debug, Parser)]
#[command(
    name = "tcptrace",
    bin_name = "tcptrace",
    version,
    disable_version_flag = true,
    args_conflicts_with_subcommands = true,
    disable_help_subcommand = true,
    after_help = EXAMPLES
)]
pub struct Cli {
    /// What to do instead of printing segments
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub segments: SegmentArgs,
    /// Print the version
    #[arg(long, action = ArgAction::Version)]
    version: (),
}

const EXAMPLES: &str = "\
Examples:
  sudo tcptrace -i lo port 4444          each segment on loopback, explained
  tcptrace -r slow.pcapng host 10.0.0.1  the same from a file
  tcptrace --explain -r slow.pcapng      and how each number follows from earlier ones
  tcptrace report -r slow.pcapng         each connection: how it opened, what went on, how it closed
  tcptrace summary -r slow.pcapng        all of it on one screen, and where its time went
  sudo tcptrace watch -i eth0            a full screen of connections that live
  tcptrace demo                          a client and a server, traced
  sudo tcptrace -i any port 443 -- curl https://example.org/   while a command runs

A subcommand stands first. FILTER is a pcap-filter(7) expression.
Exit status: 0 done, 1 the run failed, 2 bad usage,
3 a connection failed (report, flows and summary with --exit-status). After -- COMMAND
it is the command's, or 1 where that is 0 and the run failed. Ctrl-C while a file is
read: 130.";

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// One block per connection: handshake, options, data, teardown, verdict
    Report(ReportArgs),
    /// One table row per connection, or per server
    Flows(FlowsArgs),
    /// One screen for a whole capture: what it is, verdicts, where the time went,
    /// servers in trouble
    Summary(SummaryArgs),
    /// A picture: on the terminal, or as SVG, Mermaid or xplot
    Draw(DrawArgs),
    /// A full screen of connections that live, and each in full; ? is help, q ends
    Watch(WatchArgs),
    /// A small client and server on loopback, traced
    Demo(DemoArgs),
    /// What Wireshark runs to capture with this program
    #[command(hide = true)]
    Extcap(ExtcapArgs),
}

/// Options of the default command.
#[derive(Debug, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an option of the command line"
)]
pub struct SegmentArgs {
    #[command(flatten)]
    pub capture: CaptureArgs,
    /// List the interfaces that can be captured on
    #[arg(short = 'D', long)]
    pub list_interfaces: bool,
    /// List the link types that the interface offers
    #[arg(short = 'L', long = "list-data-link-types", conflicts_with_all = ["read", "list"])]
    pub list_link_types: bool,
    /// List what may be found about a segment
    #[arg(long)]
    pub list_rules: bool,
    /// Print the compiled filter and stop; -dd as a part of a C program, -ddd
    /// as numbers
    #[arg(short = 'd', action = ArgAction::Count, help_heading = "Filtering")]
    pub dump_filter: u8,
    /// Print only how many frames of the files match
    #[arg(long = "count", id = "count_only", conflicts_with_all = ["json", "plain"])]
    pub count_only: bool,
    /// Print tcpdump's lines and nothing else
    #[arg(long, conflicts_with_all = ["json", "explain", "header"])]
    pub plain: bool,
    /// Print the lines of another program and nothing else
    #[arg(long, value_enum, value_name = "tcpdump|wireshark", hide_possible_values = true, conflicts_with_all = ["plain", "json", "explain", "header"])]
    pub style: Option<Lines>,
    /// Print a JSON object for each segment and one for each connection; with -v
    /// also whether checksums are right
    #[arg(long, conflicts_with_all = ["explain", "header"])]
    pub json: bool,
    #[command(flatten)]
    pub annotation: AnnotationArgs,
    /// Print the segments also where -w writes them
    #[arg(long, requires = "write")]
    pub print: bool,
    /// Show names instead of addresses and ports: those of the file, of the resolver,
    /// of /etc/services
    #[arg(long, conflicts_with_all = ["json", "numeric"], help_heading = LINES)]
    pub names: bool,
    /// Show names of hosts without their domain
    #[arg(short = 'N', requires = "names", help_heading = LINES)]
    pub short_names: bool,
    /// Time: none, -tt since the epoch, -ttt since the last line, -tttt with
    /// the date, -ttttt since the first line
    #[arg(short = 't', action = ArgAction::Count, value_parser = clap::value_parser!(u8).range(..=5), help_heading = LINES)]
    pub time: u8,
    /// Show nanoseconds instead of microseconds
    #[arg(long, conflicts_with = "micro", help_heading = LINES)]
    pub nano: bool,
    /// Show microseconds, the default
    #[arg(long, help_heading = LINES)]
    pub micro: bool,
    /// Show more of the headers; -vv the sequence number on every line
    #[arg(short, action = ArgAction::Count, help_heading = LINES)]
    pub verbose: u8,
    /// Show less: addresses, ports and length
    #[arg(short, action = ArgAction::Count, help_heading = LINES)]
    pub quiet: u8,
    /// Show the link header
    #[arg(short = 'e', help_heading = LINES)]
    pub link_header: bool,
    /// Show sequence numbers as sent
    #[arg(short = 'S', long = "absolute-tcp-sequence-numbers", help_heading = LINES)]
    pub absolute: bool,
    /// Do not verify checksums (which -v does)
    #[arg(short = 'K', long = "dont-verify-checksums", help_heading = LINES)]
    pub no_checksums: bool,
    /// Dump in hexadecimal; -xx with the link header
    #[arg(short = 'x', action = ArgAction::Count, help_heading = LINES)]
    pub hex: u8,
    /// Dump in hexadecimal and text; -XX with the link header
    #[arg(short = 'X', action = ArgAction::Count, help_heading = LINES)]
    pub hex_and_text: u8,
    /// Dump as text; -AA with the link header
    #[arg(short = 'A', action = ArgAction::Count, help_heading = LINES)]
    pub text: u8,
    /// Write out every line at once, also into a pipe or file
    #[arg(short = 'l', help_heading = LINES)]
    pub by_line: bool,
}

impl SegmentArgs {
    /// Whether tcpdump's lines are asked for, and nothing else.
    pub fn is_tcpdumps(&self) -> bool {
        self.plain || self.style == Some(Lines::Tcpdump)
    }

    /// Whether an option says how tcpdump's lines are to look, and nothing else.
    pub const fn shapes_lines(&self) -> bool {
        let dumps = self.hex | self.hex_and_text | self.text;
        self.time | self.quiet | dumps > 0
            || self.annotation.is_numbered()
            || self.link_header
            || self.absolute
    }

    /// Whether an option says what is told of checksums, in lines or records.
    pub const fn tells_of_checksums(&self) -> bool {
        self.verbose > 0 || self.no_checksums
    }

    /// Whether checksums are to be verified.
    pub const fn verifies(&self) -> bool {
        self.verbose > 0 && !self.no_checksums
    }
}

/// Options of `report` and `flows`.
#[derive(Debug, Args)]
pub struct ConnectionArgs {
    #[command(flatten)]
    pub capture: CaptureArgs,
    /// One JSON object for each connection, or server
    #[arg(long)]
    pub json: bool,
    /// Comma-separated values, a row for each connection, or server; bytes count
    /// repeated ones too, which the table of flows leaves out. The row of a connection
    /// ends with what took most of its time and the codes of what is diagnosed
    #[arg(long, conflicts_with = "json")]
    pub csv: bool,
    #[command(flatten)]
    pub choice: ChoiceArgs,
    /// The language.
    #[arg(help = LANG_HELP, long, value_enum, value_name = "en|zh", hide_possible_values = true)]
    pub lang: Option<Language>,
    /// When to colour.
    #[arg(help = COLOR_HELP, long, value_enum, default_value_t = Color::Auto, value_name = "auto|always|never", hide_possible_values = true, hide_default_value = true)]
    pub color: Color,
}

/// Which connections are shown.
#[derive(Debug, Args)]
pub struct ChoiceArgs {
    /// Only connections that did not open or close normally
    #[arg(long)]
    pub failed: bool,
    /// Only connections of which the handshake, the first byte of an answer, or
    /// another wait (a window, a loss, a delayed ACK, an application) took longer
    /// than TIME, which is in seconds or has a unit: 100ms; with --failed those of
    /// either kind
    #[arg(long, value_name = "TIME", value_parser = units::time)]
    pub slow: Option<Duration>,
    /// Only the connection that others show as #NUMBER; the same options, files and
    /// filter give it the same number
    #[arg(long, value_name = "NUMBER")]
    pub connection: Option<u32>,
    /// Only connections to the server ADDRESS:PORT, [ADDRESS]:PORT of IPv6
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub server: Option<SocketAddr>,
    /// Exit with 3 if a connection failed, or was slower than --slow allows
    #[arg(long)]
    pub exit_status: bool,
}

/// Options of `report`.
#[derive(Debug, Args)]
pub struct ReportArgs {
    #[command(flatten)]
    pub connections: ConnectionArgs,
    /// One page of HTML for all of it: figures, a table that sorts and filters, and in full,
    /// with pictures, the connections that failed or waited longest; > report.html
    #[arg(long, conflicts_with_all = ["json", "csv", "long"])]
    pub html: bool,
    /// Every figure of classic tcptrace's long report as well, which records
    /// and comma-separated rows have anyway
    #[arg(long)]
    pub long: bool,
}

/// Options of `flows`.
#[derive(Debug, Args)]
pub struct FlowsArgs {
    #[command(flatten)]
    pub connections: ConnectionArgs,
    /// One row per server: connections tried, opened, refused, unanswered and
    /// half-open, handshake times, SYN rate, SYN floods
    #[arg(long, value_enum, value_name = "server", hide_possible_values = true, conflicts_with_all = ["failed", "slow", "connection", "server"])]
    pub by: Option<Grouping>,
    /// Show how it stands every TIME, 10s, 1m, while it goes on: open connections too. On
    /// a terminal a table is written again in its place, every second unless told
    /// otherwise; elsewhere another table follows. Records and comma-separated rows of what
    /// goes on have its time under "at"
    #[arg(long, value_name = "TIME", value_parser = units::time)]
    pub every: Option<Duration>,
}

/// Options of `summary`.
#[derive(Debug, Args)]
pub struct SummaryArgs {
    #[command(flatten)]
    pub capture: CaptureArgs,
    /// Show how it stands every TIME, 10s, 1m, while it goes on: on a terminal in its
    /// place; records have the time under "at"
    #[arg(long, value_name = "TIME", value_parser = units::time)]
    pub every: Option<Duration>,
    /// One JSON object for all of it
    #[arg(long)]
    pub json: bool,
    /// Exit with 3 if a connection failed
    #[arg(long)]
    pub exit_status: bool,
    /// The language.
    #[arg(help = LANG_HELP, long, value_enum, value_name = "en|zh", hide_possible_values = true)]
    pub lang: Option<Language>,
    /// When to colour.
    #[arg(help = COLOR_HELP, long, value_enum, default_value_t = Color::Auto, value_name = "auto|always|never", hide_possible_values = true, hide_default_value = true)]
    pub color: Color,
}

/// Options of `draw`.
#[derive(Debug, Args)]
pub struct DrawArgs {
    /// What to draw
    #[arg(value_name = "KIND", value_parser = kind())]
    pub kind: PictureKind,
    #[command(flatten)]
    pub capture: CaptureArgs,
    /// Draw this connection alone: Wireshark's number of it, tcp.stream
    #[arg(long, value_name = "N")]
    pub stream: Option<u32>,
    /// Draw this connection alone: the N that others show as #N
    #[arg(long, value_name = "N", conflicts_with = "stream")]
    pub connection: Option<u32>,
    /// Write to FILE, whose ending says what: .txt, .svg, .html, .mmd for Mermaid; .xpl for xplot, a
    /// file for what each end sent
    #[arg(short = 'o', long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Draw every segment, and fold nothing
    #[arg(long)]
    pub all: bool,
    /// The language.
    #[arg(help = LANG_HELP, long, value_enum, value_name = "en|zh", hide_possible_values = true)]
    pub lang: Option<Language>,
    /// When to colour.
    #[arg(help = COLOR_HELP, long, value_enum, default_value_t = Color::Auto, value_name = "auto|always|never", hide_possible_values = true, hide_default_value = true)]
    pub color: Color,
}

/// What a row of `flows` is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Grouping {
    /// A server's address and port
    Server,
}

/// Options of `demo`.
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// The lesson; without one, the lessons are listed and hello is run
    #[arg(value_name = "LESSON")]
    pub lesson: Option<String>,
    #[command(flatten)]
    pub annotation: AnnotationArgs,
}
