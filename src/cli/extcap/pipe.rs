//! The pipe into which Wireshark has frames written: that it was closed is not noticed
//! where nothing is written.

use std::fs::OpenOptions;
use std::path::{Path, PathBuf};
use std::thread;

use rustix::event::{PollFd, PollFlags, poll};
use tcptrace::capture::live::stop::Stop;
use tcptrace::error::Error;

/// Requests the stop when nobody reads the pipe any more.
pub fn stop_when_closed(pipe: &Path, stop: &Stop) -> Result<(), Error> {
    let (pipe, stop) = (pipe.to_owned(), stop.clone());
    let thread = thread::Builder::new().name("pipe".to_owned());
    let watch = move || {
        watch(&pipe);
        stop.request();
    };
    thread.spawn(watch).map(drop).map_err(Error::Stop)
}

/// Returns when the pipe has no reader; where it cannot be opened, who writes says so.
fn watch(path: &PathBuf) {
    // As for a writer, a reader is waited for.
    let Ok(pipe) = OpenOptions::new().write(true).open(path) else {
        thread::park();
        return;
    };
    // What is not asked for is told all the same: that there is no reader.
    let mut watched = [PollFd::new(&pipe, PollFlags::empty())];
    while !matches!(poll(&mut watched, None), Ok(1..)) {}
}
