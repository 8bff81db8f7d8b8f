//! What the capture did to the traffic, in lines beside those of connections.

use crate::sink::annotation::colour::Colour;
use crate::sink::sentence;
use crate::sink::text::Text;
use crate::sink::words::Words;
use crate::sink::wrap;
use crate::track::flaws::Flaws;

/// Before the further lines of a sentence.
const INDENT: &str = "    ";

/// What the capture did to the traffic, a line for each thing.
pub(super) fn write(
    flaws: &Flaws,
    words: &Words,
    width: Option<usize>,
    is_coloured: bool,
    text: &mut Text,
) {
    let colour = Colour::YELLOW.only_if(is_coloured);
    let room = width.unwrap_or(usize::MAX);
    for sentence in sentence::flaws(flaws, words) {
        let sentence = words.capture.capture.to_owned() + &sentence;
        let later = room.saturating_sub(INDENT.len());
        for (nth, line) in wrap::parts(&sentence, room, later).into_iter().enumerate() {
            text.str(if nth > 0 { INDENT } else { "" });
            colour.begin(text);
            text.str(line);
            colour.end(text);
            text.octet(b'\n');
        }
    }
}
