//! The keys of the view, for the page of help.

use tcptrace::sink::words::Lang;

use crate::watch::opened::words::OpenedWords;

/// Keys, and what they do.
pub fn keys(lang: Lang) -> [(&'static str, &'static str); 9] {
    let words = OpenedWords::of(lang);
    [
        ("l d s", words.help_tabs),
        ("g", words.help_graphs),
        ("t r k", words.help_more),
        ("Tab  Shift-Tab", words.help_beside),
        ("h e", words.help_form),
        ("↑ ↓ ← → PgUp PgDn", words.help_scroll),
        ("/  n N", words.help_search),
        ("w", words.help_save),
        ("y", words.help_copy),
    ]
}
