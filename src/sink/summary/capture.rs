//! What the capture is, what it did to the traffic, what became of its connections, and
//! what is diagnosed of them.

use jiff::tz::TimeZone;

use crate::link_type::LinkType;
use crate::sink::annotation::colour::Colour;
use crate::sink::diagnoses;
use crate::sink::line::clock::{Clock, TimeStyle};
use crate::sink::line::link_type_name;
use crate::sink::sentence;
use crate::sink::summary::command::Commands;
use crate::sink::summary::screen::Screen;
use crate::sink::text::Text;
use crate::sink::words::Words;
use crate::sink::words::fill::said;
use crate::time::Timestamp;
use crate::totals::Totals;
use crate::track::diagnosis::Severity;
use crate::track::flaws::Flaws;
use crate::track::position::Position;
use crate::track::summary::{Extent, Summary};

/// The most sentences about what the capture did: some are of several lines.
const MOST_FLAWS: usize = 2;
/// The most diagnoses.
const MOST_DIAGNOSES: usize = 4;
/// Digits of a date.
const DATE: usize = "2026-01-01".len();

/// What a capture is: its names, how much of what, and from when to when.
pub(super) fn extent(
    extent: &Extent,
    totals: &Totals,
    names: &[String],
    zone: &TimeZone,
    words: &Words,
    screen: &mut Screen<'_>,
) {
    let texts = &words.summary;
    let names = if names.is_empty() {
        extent.interfaces.iter().map(ToString::to_string).collect()
    } else {
        names.to_vec()
    };
    let names = names.join(words.count.comma);
    let mut amount = said!(texts.frames, totals.frames, extent.octets);
    if extent.captured_octets < extent.octets {
        amount.push_str(&said!(texts.captured_bytes, extent.captured_octets));
    }
    if !extent.link_types.is_empty() {
        let link_types: Vec<_> = extent.link_types.iter().copied().map(link_type).collect();
        let link_types = link_types.join(words.count.comma);
        amount.push_str(&said!(texts.link_types, &link_types));
    }
    let line = names + words.count.colon + &amount;
    screen.say(Colour::BOLD, &printable(&line));
    if let Some((first, last)) = extent.times {
        let mut clock = Clock::new(TimeStyle::Date, extent.resolution, zone.clone());
        let (first, mut last) = (date(&mut clock, first), date(&mut clock, last));
        if first.get(..DATE) == last.get(..DATE) {
            last = last.get(DATE..).unwrap_or_default().trim_start().to_owned();
        }
        screen.say(
            Colour::NONE,
            &said!(texts.from_to, &first, &last, extent.lasted()),
        );
    }
    screen.say(Colour::NONE, &sentence::totals(totals, words));
}

fn link_type(link_type: LinkType) -> String {
    // The number that libpcap has for it.
    let number = match link_type {
        LinkType::RAW => 12,
        LinkType(number) => number.into(),
    };
    link_type_name(number).map_or_else(|| number.to_string(), str::to_owned)
}

fn date(clock: &mut Clock, time: Timestamp) -> String {
    let mut text = Text::default();
    clock.write(time, &mut text);
    String::from_utf8_lossy(text.octets()).trim_end().to_owned()
}

/// Names come from outside.
fn printable(words: &str) -> String {
    let mut text = Text::default();
    text.printable(words);
    String::from_utf8_lossy(text.octets()).into_owned()
}

/// Where it was captured, as far as connections tell, and what that did to the traffic.
pub(super) fn manner(
    summary: &Summary,
    flaws: &Flaws,
    commands: &Commands,
    words: &Words,
    screen: &mut Screen<'_>,
) {
    let texts = &words.summary;
    let positions = summary.positions().into_iter().map(|(position, count)| {
        let text = match position {
            Position::Client => texts.at_client,
            Position::Server => texts.at_server,
            Position::Middle => texts.in_middle,
            Position::Everywhere => texts.near_both,
        };
        said!(text, count)
    });
    let positions: Vec<_> = positions.collect();
    if !positions.is_empty() {
        let positions = positions.join(words.count.comma);
        screen.say(Colour::NONE, &said!(texts.captured, &positions));
    }
    let sentences: Vec<_> = sentence::flaws(flaws, words).collect();
    for sentence in sentences.iter().take(MOST_FLAWS) {
        let sentence = words.capture.capture.to_owned() + sentence;
        screen.say(Colour::YELLOW, &sentence);
    }
    let more = sentences.len().saturating_sub(MOST_FLAWS) as u64;
    if more > 0 {
        screen.say_with(
            Colour::YELLOW,
            &said!(texts.more_flaws, more),
            commands.servers(),
        );
    }
}

/// How many connections ended how.
pub(super) fn verdicts(
    summary: &Summary,
    commands: &Commands,
    words: &Words,
    screen: &mut Screen<'_>,
) {
    let verdicts = summary.verdicts();
    if verdicts.is_empty() {
        return;
    }
    let have_failed = verdicts.iter().any(|(verdict, _)| !verdict.is_normal());
    let counts = verdicts
        .iter()
        .map(|&(verdict, count)| said!(words.count.counted, count, sentence::word(verdict, words)));
    let counts: Vec<_> = counts.collect();
    let counts = said!(words.summary.verdicts, &counts.join(words.count.comma));
    let (colour, command) = if have_failed {
        (Colour::RED, commands.failed())
    } else {
        (Colour::NONE, commands.flows())
    };
    screen.part();
    screen.say_with(colour, &counts, command);
}

/// How many connections have which diagnosis, a line each, with the command that shows
/// the first.
pub(super) fn diagnoses(
    summary: &Summary,
    commands: &Commands,
    words: &Words,
    screen: &mut Screen<'_>,
) {
    let all: Vec<_> = summary.diagnosed.each().collect();
    for &(about, count, first) in all.iter().take(MOST_DIAGNOSES) {
        let command = first.first().and_then(|&id| commands.connection(id));
        let tally = diagnoses::tally((about, count, first), words);
        let colour = match about.severity {
            Severity::Harmless => Colour::NONE,
            Severity::Slows => Colour::YELLOW,
            Severity::Fails => Colour::RED,
        };
        screen.say_with(colour, &tally, command);
    }
    let more = all.len().saturating_sub(MOST_DIAGNOSES) as u64;
    if more > 0 {
        screen.say_with(
            Colour::YELLOW,
            &said!(words.summary.more_diagnoses, more),
            commands.flows(),
        );
    }
}
