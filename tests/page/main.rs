//! The page of `report --html`: what stands on it, that nothing of a capture becomes markup,
//! and what a browser makes of it.

#![cfg(feature = "cli")]

mod browser;
mod hostile;
mod in_browser;
mod shown;

#[path = "../support/mod.rs"]
mod support;

use std::fs;
use std::path::PathBuf;

use crate::browser::own_folder;
use crate::support::program::{Ran, recordings, tcptrace};

/// A page in a folder of its own, which goes with it.
struct Page {
    folder: PathBuf,
    text: String,
}

impl Page {
    /// What the program writes about captures.
    fn of(captures: &[impl AsRef<str>], options: &[&str]) -> Self {
        let read = captures.iter().flat_map(|capture| ["-r", capture.as_ref()]);
        let mut command = tcptrace();
        command.args(["report", "--html"]).args(options).args(read);
        let ran = Ran::from(command.output().unwrap());
        assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""));
        Self::from(ran.out)
    }

    /// Of all recordings.
    fn of_all(options: &[&str]) -> Self {
        Self::of(&recordings(), options)
    }

    fn path(&self) -> PathBuf {
        self.folder.join("page.html")
    }
}

impl From<String> for Page {
    fn from(text: String) -> Self {
        let folder = own_folder();
        fs::write(folder.join("page.html"), &text).unwrap();
        Self { folder, text }
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}
