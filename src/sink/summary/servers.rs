//! Servers in trouble, and how long answers took.

use crate::sink::annotation::colour::Colour;
use crate::sink::columns::{Columns, Heading};
use crate::sink::summary::command::{Commands, PROMPT};
use crate::sink::summary::screen::Screen;
use crate::sink::words::Words;
use crate::sink::words::fill::said;
use crate::track::servers::Server;
use crate::track::summary::Summary;

/// The most servers that are shown.
const MOST: usize = 4;
/// Columns of the table, and that of commands.
const COLUMNS: usize = 4;
const COMMAND: usize = 3;

/// The servers in trouble.
pub(super) fn in_trouble(
    summary: &Summary,
    commands: &Commands,
    words: &Words,
    screen: &mut Screen<'_>,
) {
    let all = summary.servers.in_trouble();
    if all.is_empty() {
        return;
    }
    let servers = &all[..all.len().min(MOST)];
    let mut table = table(servers, commands, words);
    table.narrow(screen.width, &[&[COMMAND]]);
    screen.part();
    screen.say_with(Colour::BOLD, words.summary.in_trouble, commands.servers());
    if screen.fits(&table) {
        table.write(screen.text);
    } else {
        for server in servers {
            let addr = server.addr.to_string();
            let said = addr + words.count.colon + &trouble(server, words);
            screen.say(Colour::NONE, &format!("  {said}"));
        }
    }
    let more = (all.len() - servers.len()) as u64;
    if more > 0 {
        let said = said!(words.summary.more_servers, more);
        screen.say(Colour::NONE, &format!("  {said}"));
    }
}

fn table(servers: &[&Server], commands: &Commands, words: &Words) -> Columns {
    let texts = &words.summary;
    let headings: [_; COLUMNS] = [
        Heading::Left(words.count.server),
        Heading::Right(words.server.tried),
        Heading::Left(texts.trouble),
        Heading::Left(if commands.are_there() {
            texts.command
        } else {
            ""
        }),
    ];
    let mut table = Columns::new(headings, "  ");
    for server in servers {
        let command = commands.server(server);
        table.row([
            server.addr.to_string(),
            server.tried.to_string(),
            trouble(server, words),
            command.map_or_else(String::new, |command| PROMPT.to_owned() + &command),
        ]);
    }
    table
}

fn trouble(server: &Server, words: &Words) -> String {
    let (verdict, texts) = (&words.verdict, &words.summary);
    let counts = [
        (verdict.refused, server.refused),
        (verdict.no_answer, server.unanswered),
        (verdict.unreachable, server.unreachable),
        (verdict.half_open, server.half_open),
        (texts.reset, server.reset),
        (texts.stuck, server.stuck),
    ];
    let counts = counts.into_iter().filter(|&(_, count)| count > 0);
    let counts = counts.map(|(what, count)| said!(words.count.counted, count, what));
    let slow = server.slow().map(|slow| said!(texts.slow, slow));
    counts
        .chain(slow)
        .collect::<Vec<_>>()
        .join(words.count.comma)
}

/// How long clients waited for the first octets of answers.
pub(super) fn first_byte(
    summary: &Summary,
    commands: &Commands,
    words: &Words,
    screen: &mut Screen<'_>,
) {
    let Some(times) = summary.first_byte() else {
        return;
    };
    let said = said!(
        words.summary.first_byte,
        times.median,
        times.p95,
        times.max,
        summary.answers(),
    );
    screen.part();
    screen.say_with(Colour::NONE, &said, commands.slow(times.p95));
}
