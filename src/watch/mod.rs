//! The live screen: a table of connections, and any of them in full.
//!
//! The run captures and tracks in a thread of its own; between two frames it says what is
//! [new](news::News), through a channel that it never waits for. The screen keeps
//! [rows](row::WatchRow), draws them, and [asks](news::Request) for what else it needs.

// The run's side: what is gathered, kept and told.
pub mod feed;
mod flaw_look;
mod following;
mod marks;
pub mod news;
mod outbox;
pub mod row;
mod store;
pub mod teller;
mod unsettled;
pub mod wires;

// What the screen knows.
mod board;
mod grouping;
mod listed;
mod meter;
mod narrowing;
mod order;
mod pace;
mod packed;
mod sorting;
mod tallies;

// What it shows of that, and what keys do.
mod brief;
mod cells;
mod column;
mod cursor;
mod fit;
mod foot;
mod group_table;
mod head;
mod intake;
mod keyboard;
mod mouse;
pub mod opened;
mod pages;
mod paint;
mod picture;
pub mod screen;
mod steering;
mod table;
mod terminal;
mod text;
pub mod whole;
mod words;
mod words_en;
mod words_zh;

#[cfg(test)]
mod any_event;
#[cfg(test)]
mod any_keys;
#[cfg(test)]
mod behaviour;
#[cfg(test)]
mod many;
#[cfg(test)]
mod snapshots;
#[cfg(test)]
mod trial;
#[cfg(test)]
mod trial_run;
