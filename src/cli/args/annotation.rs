//! How annotations are shown, and in which language anything is.

use std::ffi::OsString;

use clap::{Args, ValueEnum};

use crate::cli::args::LINES;

/// The languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Language {
    /// English
    En,
    /// Chinese
    Zh,
}

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// When lines are numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Numbering {
    /// Beside annotations on a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Heading of the help text.
pub const ANNOTATIONS: &str = "Annotations";

/// Literal, since underscores in a doc comment ask for marks that a terminal
/// would show.
pub const LANG_HELP: &str = "The language, else that of LC_ALL, LC_MESSAGES or LANG";

/// Literal for the same reason.
pub const COLOR_HELP: &str = "Colours: on a terminal unless NO_COLOR is set, always, or never";

/// How often a kind of fact is explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Explain {
    /// Where it first occurs
    Once,
    /// Wherever it occurs
    All,
}

/// How annotations are shown.
#[derive(Debug, Args)]
pub struct AnnotationArgs {
    /// Explain how each number follows from earlier ones: every kind of fact
    /// once, or wherever it occurs
    #[arg(
        long,
        value_enum,
        value_name = "once|all",
        num_args(0..=1),
        require_equals = true,
        default_missing_value = "once",
        hide_possible_values = true,
        help_heading = ANNOTATIONS
    )]
    pub explain: Option<Explain>,
    /// Draw the TCP header field by field: octets, name, value, meaning
    #[arg(long, help_heading = ANNOTATIONS)]
    pub header: bool,
    /// Number the frames: beside annotations on a terminal unless told otherwise;
    /// without a value, always
    #[arg(
        short = '#',
        long,
        value_enum,
        value_name = "auto|always|never",
        num_args(0..=1),
        require_equals = true,
        default_value_t = Numbering::Auto,
        default_missing_value = "always",
        hide_possible_values = true,
        hide_default_value = true,
        help_heading = LINES
    )]
    pub number: Numbering,
    /// The language.
    #[arg(help = LANG_HELP, long, value_enum, value_name = "en|zh", hide_possible_values = true, help_heading = ANNOTATIONS)]
    pub lang: Option<Language>,
    /// When to colour.
    #[arg(help = COLOR_HELP, long, value_enum, default_value_t = Color::Auto, value_name = "auto|always|never", hide_possible_values = true, hide_default_value = true, help_heading = ANNOTATIONS)]
    pub color: Color,
}

impl AnnotationArgs {
    /// Whether frames are to be numbered in any case.
    pub const fn is_numbered(&self) -> bool {
        matches!(self.number, Numbering::Always)
    }
}

/// `--explain all` as `--explain=all`. The value may be left out, so a word
/// behind the option is the filter's or the lesson's unless it is one of these.
pub fn joined(arguments: impl Iterator<Item = OsString>) -> impl Iterator<Item = OsString> {
    let mut arguments = arguments.peekable();
    let mut options = true;
    std::iter::from_fn(move || {
        let argument = arguments.next()?;
        // What follows belongs to another command.
        options &= argument != "--";
        let is_value = |next: &OsString| next == "once" || next == "all";
        match arguments.next_if(|next| options && argument == "--explain" && is_value(next)) {
            Some(value) => {
                let mut whole = OsString::from("--explain=");
                whole.push(value);
                Some(whole)
            }
            None => Some(argument),
        }
    })
}
