//! What the capture did to the traffic, in lines beside those of connections.

use crate::sink::annotation::colour::Colour;
use crate::sink::paragraph::{self, OF_ALL};
use crate::sink::sentence;
use crate::sink::text::Text;
use crate::sink::words::Words;
use crate::track::flaws::Flaws;

/// What the capture did to the traffic, a line for each thing.
pub(super) fn write(
    flaws: &Flaws,
    words: &Words,
    width: Option<usize>,
    is_coloured: bool,
    text: &mut Text,
) {
    let colour = Colour::YELLOW.only_if(is_coloured);
    for sentence in sentence::flaws(flaws, words) {
        let sentence = words.capture.capture.to_owned() + &sentence;
        paragraph::write(&sentence, colour, OF_ALL, width, text);
    }
}
