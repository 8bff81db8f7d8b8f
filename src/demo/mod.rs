//! The lessons: a small client and a small server on loopback, to be traced.
//!
//! One file per lesson: what it is called, what it shows, what both ends do,
//! and the recording of the same conversation between programs of other makers,
//! for where capturing is not allowed.

mod chat;
mod conversation;
mod echo;
mod greeting;
mod half_close;
mod hello;
mod refused;
mod reset;
mod users;

use std::fmt::Display;
use std::io;

use tcptrace::sink::words::Lang;

/// A lesson.
#[derive(Debug)]
pub struct Lesson {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is about, in a line.
    pub title: Said,
    /// What happens and what to look at.
    pub text: Said,
    /// The capture filter that sees it and nothing else.
    pub filter: &'static str,
    /// Whether the kernel is asked about the sockets at both ends, where it is seen live.
    pub tells_sockets: bool,
    /// A capture file with the same conversation.
    pub recording: &'static [u8],
    /// Plays both ends, and returns when both are done.
    pub play: fn() -> io::Result<Played>,
}

/// How a lesson went, apart from what the wire shows.
#[derive(Debug, Default)]
pub struct Played {
    /// What the programs said that is worth telling after the trace.
    pub afterword: Option<Afterword>,
}

/// What is said after the trace, with a value in the place of `{0}`.
#[derive(Debug)]
pub struct Afterword {
    /// The words.
    pub words: Said,
    /// What only the run could tell.
    pub value: String,
}

/// A text in every language.
#[derive(Debug, Clone, Copy)]
pub struct Said {
    /// English.
    pub en: &'static str,
    /// Chinese.
    pub zh: &'static str,
}

/// A lesson that went well and has something to tell.
pub fn afterword(en: &'static str, zh: &'static str, value: &dyn Display) -> Played {
    let words = Said { en, zh };
    let value = value.to_string();
    Played {
        afterword: Some(Afterword { words, value }),
    }
}

impl Said {
    /// The text in a language.
    pub const fn by(self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::Zh => self.zh,
        }
    }
}

/// All lessons, in the order in which they are best taken.
pub static LESSONS: [&Lesson; 8] = [
    &hello::LESSON,
    &echo::LESSON,
    &greeting::LESSON,
    &users::LESSON,
    &chat::LESSON,
    &refused::LESSON,
    &reset::LESSON,
    &half_close::LESSON,
];

/// The lesson called `name`.
pub fn find(name: &str) -> Option<&'static Lesson> {
    LESSONS.iter().copied().find(|lesson| lesson.name == name)
}
