//! A paragraph: words in as many lines as a terminal needs for them, in a colour.

use crate::sink::annotation::colour::Colour;
use crate::sink::text::Text;
use crate::sink::width;
use crate::sink::wrap;

/// What stands before the first line and before further ones.
pub(super) type Indents<'i> = [&'i str; 2];
/// Those of what is said of all connections, or of the capture.
pub(super) const OF_ALL: Indents<'static> = ["", "    "];

/// Writes words into `width` columns, or into one line where there is room for all.
pub(super) fn write(
    words: &str,
    colour: Colour,
    [first, later]: Indents<'_>,
    width: Option<usize>,
    text: &mut Text,
) {
    let lines = match width {
        None => vec![words],
        Some(width) => {
            let room = |indent: &str| width.saturating_sub(width::of(indent));
            wrap::parts(words, room(first), room(later))
        }
    };
    for (nth, line) in lines.into_iter().enumerate() {
        text.str(if nth > 0 { later } else { first });
        colour.begin(text);
        text.str(line);
        colour.end(text);
        text.octet(b'\n');
    }
}
