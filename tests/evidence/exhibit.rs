//! One kind of recording: who says it, how it is asked, how ours is compared.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::record;
use crate::support::peers::Peer;

/// What stands behind the complaint of a program that failed.
pub const FAILED: &str = "(failed: ";

/// One kind of recording, of which there is one for each capture.
#[derive(Debug)]
pub struct Exhibit {
    pub peer: &'static Peer,
    /// The folder below `recorded`, and how the names of its files end.
    pub folder: &'static str,
    pub ending: &'static str,
    /// What stands in front of all, each line with `# `.
    pub preface: fn() -> String,
    /// What the program says when it is asked.
    pub said: fn(program: &Path, capture: &str) -> String,
    /// What we say.
    pub ours: fn(capture: &str) -> String,
    /// What we say otherwise.
    pub differences: fn(capture: &str, said: &str, ours: &str) -> Vec<String>,
    /// Whether a line, of those behind the preface, is compared.
    pub is_compared: fn(line: &str) -> bool,
}

impl Exhibit {
    /// Where it stands, below `recorded`.
    pub fn path(&self, capture: &str) -> String {
        let stem = Path::new(capture).file_stem().unwrap().to_str().unwrap();
        format!("{}/{stem}{}", self.folder, self.ending)
    }

    pub fn recorded(&self, capture: &str) -> Result<String, String> {
        record::anew();
        let path = self.path(capture);
        fs::read_to_string(record::folder().join(&path))
            .map_err(|error| format!("{path}: {error}; {}", record::HOW))
    }

    /// The text of a recording as the program makes it today.
    pub fn ask(&self, program: &Path, capture: &str) -> String {
        self.heading() + &(self.said)(program, capture)
    }

    /// What is wrong with a recording, or with what we say.
    pub fn differences(&self, capture: &str, recorded: &str, ours: &str) -> Vec<String> {
        let Some(said) = recorded.strip_prefix(&self.heading()) else {
            let path = self.path(capture);
            return vec![format!("{path} was recorded otherwise; {}", record::HOW)];
        };
        let different = (self.differences)(capture, said, ours);
        let named = |different| format!("{capture}: {different}");
        different.into_iter().map(named).collect()
    }

    pub fn is_compared(&self, line: &str) -> bool {
        line.starts_with("# ") || (self.is_compared)(line)
    }

    fn heading(&self) -> String {
        format!("# {}\n{}", self.peer, (self.preface)())
    }
}

/// A program's answer, under the question.
pub fn answer(question: &str, command: &mut Command) -> String {
    let told = command.output().unwrap();
    let mut text = question.to_owned() + &String::from_utf8(told.stdout).unwrap();
    if !told.status.success() {
        let complaint = String::from_utf8(told.stderr).unwrap();
        writeln!(text, "{complaint}{FAILED}{})", told.status).unwrap();
    }
    text
}

/// The command line that asks.
pub fn question(name: &str, arguments: &[&str]) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./=:#".contains(letter);
    let mut line = format!("$ TZ=UTC {name}");
    for argument in arguments {
        if argument.chars().all(is_plain) {
            write!(line, " {argument}").unwrap();
        } else {
            write!(line, " '{argument}'").unwrap();
        }
    }
    line + "\n"
}
