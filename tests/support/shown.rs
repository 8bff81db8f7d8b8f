//! What a page shows of the program: commands, and the lines below each that it prints.
//! A line `…` stands for any number of lines, and `…` behind words for the rest of a line.

use std::env;
use std::fmt::Write;
use std::path::Path;
use std::process::Command;

use super::program::{Ran, tcptrace};

/// How a line is shown that stands for others.
pub const LEFT_OUT: &str = "…";

/// A command of a page, and the lines below it.
#[derive(Debug)]
pub struct Shown {
    pub command: String,
    pub lines: Vec<String>,
}

impl Shown {
    /// A command, where a line of a page is one.
    pub fn command(line: &str) -> Option<Self> {
        let command = line.strip_prefix("$ ")?;
        Some(Self {
            command: command.to_owned(),
            lines: Vec::new(),
        })
    }
}

/// Runs each command in a folder; what is wrong with the lines below them.
pub fn differences<'s>(all: impl IntoIterator<Item = &'s Shown>, folder: &Path) -> String {
    let mut wrong = String::new();
    for shown in all {
        let ran = run(&shown.command, folder);
        assert_eq!(ran.status, Some(0), "{}: {}", shown.command, ran.err);
        // A page does not show where an output ends with blank lines.
        let printed: Vec<_> = ran.out.trim_end_matches('\n').lines().collect();
        if let Some(difference) = difference(&shown.lines, &printed) {
            writeln!(wrong, "$ {}\n{difference}", shown.command).unwrap();
        }
    }
    wrong
}

/// What is wrong with the lines that are shown of an output: nothing, or the first of
/// them that are not there, with what is there instead.
pub fn difference(shown: &[String], printed: &[&str]) -> Option<String> {
    let parts: Vec<_> = shown.split(|line| line == LEFT_OUT).collect();
    let mut rest = printed;
    for (index, part) in parts.iter().enumerate() {
        let is_behind_others = index > 0;
        let is_at_the_end = index + 1 == parts.len() && !(is_behind_others && part.is_empty());
        let is_here = |&at: &usize| {
            let mut pairs = part.iter().zip(&rest[at..]);
            pairs.all(|(shown, printed)| is_line(shown, printed))
        };
        let place = rest.len().checked_sub(part.len()).and_then(|latest| {
            let earliest = if is_at_the_end { latest } else { 0 };
            let latest = if is_behind_others { latest } else { 0 };
            (earliest..=latest).find(is_here)
        });
        let Some(place) = place else {
            return Some(beside(part, rest));
        };
        rest = &rest[place + part.len()..];
    }
    None
}

/// Whether a line is the one that is shown, or begins as much of it as is shown.
fn is_line(shown: &str, printed: &str) -> bool {
    match shown.strip_suffix(LEFT_OUT) {
        Some(beginning) => printed.starts_with(beginning),
        None => shown == printed,
    }
}

/// Lines that are not there, and those among the printed that are most like them.
fn beside(part: &[String], printed: &[&str]) -> String {
    let alike = |at: &usize| -> usize {
        let pairs = part.iter().zip(&printed[*at..]);
        pairs.map(|(shown, printed)| likeness(shown, printed)).sum()
    };
    let nearest = (0..printed.len()).rev().max_by_key(alike).unwrap_or(0);
    let instead = printed.iter().skip(nearest).take(part.len().max(1));
    let shown = part.iter().map(|line| format!("  shown   {line}\n"));
    let instead = instead.map(|line| format!("  printed {line}\n"));
    shown.chain(instead).collect()
}

/// How many octets two lines share at their beginnings and ends.
fn likeness(one: &str, other: &str) -> usize {
    let begins = one.bytes().zip(other.bytes());
    let ends = one.bytes().rev().zip(other.bytes().rev());
    let same = |(one, other): &(u8, u8)| one == other;
    begins.take_while(same).count() + ends.take_while(same).count()
}

/// Runs a line of the page as a shell does, where `tcptrace` is this one.
fn run(command: &str, folder: &Path) -> Ran {
    let program = tcptrace();
    let programs = Path::new(program.get_program()).parent().unwrap();
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = [programs.to_owned()]
        .into_iter()
        .chain(env::split_paths(&path));
    let mut shell = Command::new("sh");
    for (name, value) in program.get_envs() {
        match value {
            Some(value) => shell.env(name, value),
            None => shell.env_remove(name),
        };
    }
    shell
        .args(["-c", command])
        .env("PATH", env::join_paths(folders).unwrap())
        .current_dir(folder)
        .output()
        .unwrap()
        .into()
}
