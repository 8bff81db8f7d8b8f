//! What the tests share: frames, capture files in memory, scripts, the program.

#![allow(dead_code, reason = "each test uses its part of it")]

pub mod blocks;
pub mod capture;
pub mod frame;
pub mod program;
pub mod reference;
pub mod script;
