//! What holds for every file, those of the tests included.

pub const MOST_LINES: usize = 500;

/// What is wrong with any file.
pub fn complaints(path: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut complain = |words: String| found.push(format!("{path}: {words}"));
    if !text.starts_with("//!") && !text.starts_with("#!") {
        complain("a file opens with //!".to_owned());
    }
    let lines = text.lines().count();
    if lines > MOST_LINES {
        complain(format!("{lines} lines; split it"));
    }
    for line in text.lines().filter(|line| is_unnumbered(line)) {
        complain(format!("without an issue number: {}", line.trim()));
    }
    found
}

/// Whether a line puts something off and does not say where it is kept.
fn is_unnumbered(line: &str) -> bool {
    let Some((_, comment)) = line.split_once("// ") else {
        return false;
    };
    ["TODO", "FIXME", "XXX"].iter().any(|word| {
        let behind = comment.strip_prefix(word);
        let number = behind.and_then(|behind| behind.strip_prefix("(#"));
        behind.is_some() && !number.is_some_and(|number| number.starts_with(char::is_numeric))
    })
}
