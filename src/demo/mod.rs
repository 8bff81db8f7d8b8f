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

use std::io;

/// A lesson.
#[derive(Debug)]
pub struct Lesson {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is about, in a line.
    pub title: &'static str,
    /// What happens and what to look at.
    pub text: &'static str,
    /// The capture filter that sees it and nothing else.
    pub filter: &'static str,
    /// A capture file with the same conversation.
    pub recording: &'static [u8],
    /// Plays both ends, and returns when both are done.
    pub play: fn() -> io::Result<Played>,
}

/// How a lesson went, apart from what the wire shows.
#[derive(Debug, Default)]
pub struct Played {
    /// What the programs said that is worth telling after the trace.
    pub afterword: Option<String>,
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
