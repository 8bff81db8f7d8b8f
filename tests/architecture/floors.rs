//! The floors of the house: which part may name which, and what of outside.

use crate::source::{self, is_word};
use crate::{rooms, tidiness};

/// Each stage, and the stages it may name besides the ground floor: the files
/// directly in `src`, which may name each other and no stage.
const STAGES: [(&str, &[&str]); 4] = [
    ("capture", &[]),
    ("decode", &[]),
    ("track", &[]),
    ("sink", &["track"]),
];

/// The wiring, which may name every stage, and which nothing in the library
/// names.
const WIRING: [&str; 2] = ["lib", "pipeline"];

/// The program, which sees the library from outside.
pub const ROOF: [&str; 4] = ["main", "cli", "watch", "demo"];

/// Where each dependency may occur: stages, or files by their stem.
pub const OUTSIDE: [(&str, &[&str]); 26] = [
    ("base64", &["watch"]),
    ("clap", &["main", "cli"]),
    ("comfy_table", &["sink"]),
    ("dns_lookup", &["cli"]),
    ("etherparse", &["decode"]),
    ("flate2", &["capture"]),
    ("hashbrown", &["track", "watch", "flow_index"]),
    ("hmac_sha256", &["sink"]),
    ("jiff", &["capture", "sink", "cli", "watch"]),
    ("lz4_flex", &["capture"]),
    ("maud", &["sink"]),
    ("netlink_packet_core", &["capture"]),
    ("netlink_packet_sock_diag", &["capture"]),
    ("nix", &["capture", "cli"]),
    ("pcap", &["capture"]),
    ("pnet", &["capture"]),
    ("ratatui", &["watch"]),
    ("rustix", &["capture", "cli", "demo", "watch"]),
    ("ruzstd", &["capture"]),
    ("serde_json", &["sink"]),
    ("signal_hook", &["cli"]),
    ("socket2", &["capture"]),
    ("smallvec", &["track"]),
    ("strsim", &["cli"]),
    ("thiserror", &["error", "cli"]),
    ("unicode_width", &["sink"]),
];

/// What the library leaves to the program.
const NOT_IN_THE_LIBRARY: [&str; 7] = [
    "Instant::now",
    "SystemTime",
    "println!",
    "eprintln!",
    "process::exit",
    "env::var",
    "tcptrace::",
];

/// Threads, which of the library only the wiring may start.
const THREADS: [&str; 2] = ["std::thread", "thread::"];
/// Where a thread reads an interface, as whoever shows what it reads may have to wait.
const READS_ALONE: &str = "src/capture/live/queue/mod.rs";

/// The files of `sink` that know of writers; styles do not.
const WRITING: [&str; 3] = [
    "src/sink/event.rs",
    "src/sink/page.rs",
    "src/sink/printed.rs",
];

/// Where features may be asked for: a module is there or not, and none knows of
/// it.
const ASKS_FOR_FEATURES: &str = "src/capture/mod.rs";

/// What is wrong with a source file of the package.
pub fn complaints(path: &str, text: &str) -> Vec<String> {
    let mut found = tidiness::complaints(path, text);
    let code = source::code(path, text);
    let own = part(path);
    let mut complain = |words: String| found.push(format!("{path}: {words}"));
    if code.contains("crate::{") {
        complain("one path per use".to_owned());
    }
    if code.contains("super::super::") || is_top(path) && code.contains("super::") {
        complain("paths to another part begin with crate".to_owned());
    }
    for (place, _) in code.match_indices("crate::") {
        let rest = &code[place + "crate::".len()..];
        let named = rest.split(|c: char| !is_word(c)).next().unwrap_or("");
        if !may_name(own, named) {
            complain(format!("may not name crate::{named}"));
        }
    }
    for (name, places) in OUTSIDE {
        if names_crate(&code, name) && !places.contains(&own) {
            complain(format!("{name} may occur only in {}", places.join(", ")));
        }
    }
    if own == "sink" && code.contains("std::io") && !WRITING.contains(&path) {
        complain("a style sees no writer".to_owned());
    }
    if path != ASKS_FOR_FEATURES && code.contains("feature = \"") {
        complain(format!("only {ASKS_FOR_FEATURES} asks for features"));
    }
    let is_library = !ROOF.contains(&own);
    for word in NOT_IN_THE_LIBRARY {
        if is_library && code.contains(word) {
            complain(format!("{word} is not for the library"));
        }
    }
    for word in THREADS {
        let may_begin = WIRING.contains(&own) || path == READS_ALONE;
        if is_library && !may_begin && code.contains(word) {
            complain(format!("{word} is for the program and the pipeline"));
        }
    }
    if ["todo!(", "unimplemented!(", "dbg!("]
        .iter()
        .any(|word| code.contains(word))
    {
        complain("not finished".to_owned());
    }
    let inside = rooms::complaints(path, &code).into_iter();
    found.extend(inside.map(|words| format!("{path}: {words}")));
    found
}

fn may_name(own: &str, named: &str) -> bool {
    let is_stage = STAGES.iter().any(|(stage, _)| *stage == named);
    let allowed = STAGES.iter().find(|(stage, _)| *stage == own);
    if ROOF.contains(&own) || WIRING.contains(&own) || own == named {
        return true;
    }
    let is_allowed = allowed.is_some_and(|(_, below)| below.contains(&named));
    is_allowed || !(is_stage || WIRING.contains(&named) || ROOF.contains(&named))
}

/// Whether the code uses an outside crate; a module of that name stands behind
/// a `::`.
fn names_crate(code: &str, name: &str) -> bool {
    let path = format!("{name}::");
    code.match_indices(&path).any(|(place, _)| {
        let before = code[..place].chars().next_back();
        !before.is_some_and(|c| is_word(c) || c == ':')
    })
}

/// The part of the house that a file belongs to: its stage, or its own stem.
pub fn part(path: &str) -> &str {
    let inside = path.strip_prefix("src/").unwrap_or(path);
    inside.split(['/', '.']).next().unwrap_or(inside)
}

/// Whether `super` is the crate itself.
fn is_top(path: &str) -> bool {
    let depth = path.matches('/').count();
    depth == 1 || depth == 2 && path.ends_with("/mod.rs")
}
