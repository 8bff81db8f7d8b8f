//! For whom a picture is written: the name of its file says.

use std::path::Path;

/// For whom a picture is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PictureFormat {
    /// A terminal.
    Text,
    /// A browser, or whoever shows SVG.
    Svg,
    /// A browser: SVG within a page, which is put around it with
    /// [`around_pictures`](crate::sink::html::around_pictures).
    Html,
    /// Mermaid.
    Mermaid,
    /// xplot: a file for what each end sent.
    Xplot,
}

/// The endings of names, and what they stand for.
const ENDINGS: [(&str, PictureFormat); 5] = [
    ("txt", PictureFormat::Text),
    ("svg", PictureFormat::Svg),
    ("html", PictureFormat::Html),
    ("mmd", PictureFormat::Mermaid),
    ("xpl", PictureFormat::Xplot),
];

impl PictureFormat {
    /// What the name of a file asks for.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?;
        let mut rows = ENDINGS.iter();
        let row = rows.find(|(name, _)| ending.eq_ignore_ascii_case(name))?;
        Some(row.1)
    }

    /// The endings that are understood.
    #[must_use]
    pub fn endings() -> [&'static str; ENDINGS.len()] {
        ENDINGS.map(|(name, _)| name)
    }

    /// What is put before the ending of each file that is written: one of it, or one for
    /// what the client sent and one for what the server sent.
    #[must_use]
    pub const fn parts(self) -> &'static [&'static str] {
        match self {
            Self::Xplot => &["client", "server"],
            Self::Text | Self::Svg | Self::Html | Self::Mermaid => &[""],
        }
    }

    /// Whether several connections stand on one picture.
    #[must_use]
    pub const fn holds_several(self) -> bool {
        matches!(self, Self::Text | Self::Svg | Self::Html)
    }
}
