//! How many connections have each diagnosis, in lines below all of them.

use crate::sink::annotation::colour::Colour;
use crate::sink::paragraph::{self, OF_ALL};
use crate::sink::text::Text;
use crate::sink::words::Words;
use crate::sink::words::fill::said;
use crate::track::diagnosis::{Description, Diagnosed};
use crate::track::flow::FlowId;

/// A line for each that any connection has.
pub(super) fn write(diagnosed: &Diagnosed, words: &Words, width: Option<usize>, text: &mut Text) {
    for some in diagnosed.each() {
        let said = tally(some, words);
        paragraph::write(&said, Colour::NONE, OF_ALL, width, text);
    }
}

/// How many connections have a diagnosis, and the first of them.
pub(super) fn tally(
    (about, count, first): (&Description, u64, &[FlowId]),
    words: &Words,
) -> String {
    let mut numbers: Vec<_> = first.iter().map(|id| format!("#{}", id.0)).collect();
    if count > first.len() as u64 {
        numbers.push("…".to_owned());
    }
    let numbers = numbers.join(words.count.list);
    said!(words.diagnosis.tally, count, about.name, &numbers)
}
