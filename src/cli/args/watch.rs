//! The options of `watch`.

use clap::Args;

use crate::cli::args::units;
use crate::cli::args::{COLOR_HELP, CaptureArgs, Color, LANG_HELP, Language};

/// Options of `watch`.
#[derive(Debug, Args)]
pub struct WatchArgs {
    #[command(flatten)]
    pub capture: CaptureArgs,
    /// Read files X times as fast as they were captured: 1 as they were, 0.1 slower;
    /// without it all at once
    #[arg(long, value_name = "X", value_parser = units::speed, conflicts_with = "interface")]
    pub speed: Option<f64>,
    /// Keep the latest frames, and the first of each connection, in SIZE of memory,
    /// 16m at least: who opens a connection sees those
    #[arg(long, value_name = "SIZE", value_parser = units::memory, default_value = "256m")]
    pub keep: usize,
    /// Do not ask the kernel about the sockets of this host, as a live capture does
    #[arg(long, conflicts_with = "sockets")]
    pub no_sockets: bool,
    /// The language.
    #[arg(help = LANG_HELP, long, value_enum, value_name = "en|zh", hide_possible_values = true)]
    pub lang: Option<Language>,
    /// When to colour.
    #[arg(help = COLOR_HELP, long, value_enum, default_value_t = Color::Auto, value_name = "auto|always|never", hide_possible_values = true, hide_default_value = true)]
    pub color: Color,
}
