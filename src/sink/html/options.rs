//! What a page is made of beside the capture.

use jiff::tz::TimeZone;

use crate::sink::words::Lang;

/// What a page is made of beside the capture.
#[derive(Debug, Clone)]
pub struct HtmlOptions {
    /// What the capture is called: its files; none where its interfaces' names will do.
    pub names: Vec<String>,
    /// The command that makes the page, as a shell takes it.
    pub command: String,
    /// The zone of dates and times of day.
    pub zone: TimeZone,
    /// The language.
    pub lang: Lang,
}
