//! What connections waited for: all together, and those that waited longest.

use crate::sink::annotation::colour::Colour;
use crate::sink::columns::{Columns, Heading};
use crate::sink::duration::shown;
use crate::sink::share::{bar, percent_of, share};
use crate::sink::summary::command::{Commands, PROMPT};
use crate::sink::summary::screen::Screen;
use crate::sink::words::Words;
use crate::sink::words::fill::said;
use crate::time::Span;
use crate::track::summary::{Summary, TimeWaited, WaitingConnection};
use crate::track::time_spent::{TimeCause, Waited};

/// The most causes that are shown, and the least share of one, thousandths.
const MOST_CAUSES: usize = 5;
const LEAST_SHARE: u64 = 5;

/// From how long on time is worth telling of, nanoseconds.
const LEAST: i64 = 1_000_000;

/// The sentence, and a bar for each cause.
pub(super) fn all(summary: &Summary, words: &Words, screen: &mut Screen<'_>) {
    let (waited, texts) = (&summary.waited, &words.summary);
    let (total, causes) = (waited.total(), waited.largest());
    let causes = if total.0 < LEAST { &[][..] } else { &causes };
    if let Some(&(first, span)) = causes.first() {
        let cause = words.time_spent.by(first);
        let percent = percent_of(span, total);
        screen.part();
        screen.say(
            Colour::BOLD,
            &said!(texts.took, total, summary.timed, cause, &percent),
        );
        let mut table = table_of_causes(causes, total, words);
        table.narrow(screen.width, &[&[BAR_COLUMN]]);
        table.write_rows(screen.text);
    }
    if let Some(said) = not_waited(waited, words) {
        if causes.is_empty() {
            screen.part();
        }
        screen.say(Colour::DIM, &format!("  {said}"));
    }
}

/// Columns of the table of causes, and that of bars.
const CAUSE_COLUMNS: usize = 4;
const BAR_COLUMN: usize = 3;

fn table_of_causes(causes: &[(TimeCause, Span)], total: Span, words: &Words) -> Columns {
    let headings: [_; CAUSE_COLUMNS] = [
        Heading::Left(""),
        Heading::Right(""),
        Heading::Right(""),
        Heading::Left(""),
    ];
    let mut table = Columns::new(headings, "  ");
    for (nth, &(cause, span)) in causes.iter().take(MOST_CAUSES).enumerate() {
        let share = share(span, total);
        if nth > 0 && share < LEAST_SHARE {
            break;
        }
        table.row([
            words.time_spent.cause(cause).to_owned(),
            shown(span),
            percent_of(span, total) + " %",
            bar(share),
        ]);
    }
    table
}

/// What took time and is nobody's wait, if anything.
pub(in crate::sink) fn not_waited(waited: &TimeWaited, words: &Words) -> Option<String> {
    let texts = &words.summary;
    let spans = [
        (
            texts.client_application,
            waited.spent(TimeCause::ClientApplication),
        ),
        (texts.idle, waited.idle),
        (texts.before_news, waited.before_news),
        (texts.closing, waited.spent(TimeCause::Closing)),
        (texts.unknown, waited.spent(TimeCause::Unknown)),
    ];
    let seen = spans.into_iter().filter(|(_, span)| span.0 >= LEAST);
    let seen: Vec<_> = seen.map(|(text, span)| said!(text, span)).collect();
    let list = seen.join(words.count.comma);
    (!list.is_empty()).then(|| said!(words.summary.not_waited, &list))
}

/// Columns of the table of connections.
const COLUMNS: usize = 9;
/// Those that a terminal goes without where it is too narrow, the first first: commands,
/// the longest wait, the second cause, the duration, the client, the server.
const GONE_WITHOUT: [&[usize]; 6] = [&[COMMAND], &[7], &[6], &[3], &[1], &[2]];
const COMMAND: usize = 8;

/// The connections that waited longest, `most` of them at most.
pub(super) fn longest(
    summary: &Summary,
    most: usize,
    commands: &Commands,
    words: &Words,
    screen: &mut Screen<'_>,
) {
    let connections = summary.waited_most();
    let connections = &connections[..connections.len().min(most)];
    let Some(first) = connections.first() else {
        return;
    };
    let mut table = table(connections, commands, words);
    table.narrow(screen.width, &GONE_WITHOUT);
    // The command of one says how to get at the others where there is no room for all.
    let has_commands = table.has(COMMAND);
    let command = commands.connection(first.id).filter(|_| !has_commands);
    screen.part();
    screen.say_with(Colour::BOLD, words.summary.waited_longest, command);
    table.write(screen.text);
}

fn table(connections: &[WaitingConnection], commands: &Commands, words: &Words) -> Columns {
    let texts = &words.summary;
    let headings: [_; COLUMNS] = [
        Heading::Right("#"),
        Heading::Left(words.count.client),
        Heading::Left(words.count.server),
        Heading::Right(words.report.duration),
        Heading::Right(texts.waited),
        Heading::Left(texts.most_for),
        Heading::Left(texts.then_for),
        Heading::Left(texts.longest_wait),
        Heading::Left(if commands.are_there() {
            texts.command
        } else {
            ""
        }),
    ];
    let mut table = Columns::new(headings, "  ");
    for connection in connections {
        table.row(cells(connection, commands, words));
    }
    table
}

fn cells(connection: &WaitingConnection, commands: &Commands, words: &Words) -> [String; COLUMNS] {
    let causes = connection.waited.largest();
    let cause = |nth: usize| {
        let told = causes
            .get(nth)
            .filter(|(_, span)| span.0 >= LEAST || nth == 0);
        told.map_or_else(String::new, |&(cause, span)| {
            format!("{} {}", words.time_spent.cause(cause), shown(span))
        })
    };
    let command = commands.connection(connection.id);
    [
        connection.id.0.to_string(),
        connection.client.to_string(),
        connection.server.to_string(),
        shown(connection.lasted),
        shown(connection.total()),
        cause(0),
        cause(1),
        connection
            .longest
            .as_ref()
            .map_or_else(String::new, |wait| longest_wait(wait, words)),
        command.map_or_else(String::new, |command| PROMPT.to_owned() + &command),
    ]
}

fn longest_wait(wait: &Waited, words: &Words) -> String {
    let texts = &words.summary;
    match wait.frames {
        (Some(from), Some(to)) if from < to => said!(texts.wait_between, wait.length, from, to),
        (_, Some(to)) => said!(texts.wait_until, wait.length, to),
        _ => shown(wait.length),
    }
}
