//! A page of `docs/` whose end is written from what the program knows.

use std::{env, fs};

/// Holds what stands behind `mark` on a page against `rest`, or writes it where `BLESS` is
/// set; `test` is what does that.
pub fn check(path: &str, mark: &str, rest: &str, test: &str) {
    let written = fs::read_to_string(path).unwrap();
    let (head, _) = written.split_once(mark).expect("the page has its mark");
    let page = format!("{head}{mark}{rest}");
    if env::var_os("BLESS").is_some() {
        fs::write(path, page).unwrap();
    } else {
        assert!(written == page, "{path} is stale; see {test}");
    }
}
