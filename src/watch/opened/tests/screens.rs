//! Each view at three sizes, compared to the byte with `tests/screens/opened/`. To accept
//! new ones: `BLESS=1 cargo test --bin tcptrace opened`, then read the diff.

use std::path::Path;
use std::{env, fs};

use ratatui::crossterm::event::KeyCode;
use tcptrace::sink::words::Lang;

use super::asked::asked;
use super::{drawn, first_of, press, type_letters};

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 50)];

/// The views: their names, the recordings, the keys that lead there.
const VIEWS: [(&str, &str, Lang, &str); 16] = [
    ("lines", "lost.pcap", Lang::En, ""),
    ("header", "lost.pcap", Lang::En, "h"),
    ("explained", "hello.pcap", Lang::En, "e"),
    ("ladder", "stalled.pcap", Lang::En, "d"),
    ("sequence", "lost.pcap", Lang::En, "s"),
    ("rtt", "lost.pcap", Lang::En, "g"),
    ("flight", "stalled.pcap", Lang::En, "gg"),
    ("throughput", "stalled.pcap", Lang::En, "ggg"),
    ("window", "stalled.pcap", Lang::En, "gggg"),
    ("segments", "stalled.pcap", Lang::En, "ggggg"),
    ("time", "stalled.pcap", Lang::En, "t"),
    ("report", "stalled.pcap", Lang::En, "r"),
    ("kernel", "stalled.pcap", Lang::En, "k"),
    ("found", "chat.pcap", Lang::En, "/fin\n"),
    ("lines-zh", "ipv6.pcap", Lang::Zh, ""),
    ("time-zh", "chat.pcap", Lang::Zh, "t"),
];

#[test]
fn the_kernels_tab_looks_as_recorded_at_every_size() {
    let mut changed = Vec::new();
    for size in SIZES {
        let mut opened = asked();
        type_letters(&mut opened, "k");
        compare("asked", size, &drawn(&mut opened, size), &mut changed);
    }
    assert!(changed.is_empty(), "changed: {changed:?}");
}

/// Compares a screen with the recorded one, or records it.
fn compare(name: &str, (width, height): (u16, u16), screen: &str, changed: &mut Vec<String>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/screens/opened");
    let file = format!("{name}.{width}x{height}.txt");
    let path = folder.join(&file);
    if env::var_os("BLESS").is_some() {
        fs::write(&path, screen).unwrap();
    } else if fs::read_to_string(&path).unwrap_or_default() != screen {
        changed.push(file);
    }
}

#[test]
fn every_view_looks_as_recorded_at_every_size() {
    let mut changed = Vec::new();
    for (name, recording, lang, keys) in VIEWS {
        let recorded = first_of(recording);
        for (width, height) in SIZES {
            let mut opened = recorded.opened(lang);
            drawn(&mut opened, (width, height));
            for key in keys.split_inclusive('\n') {
                type_letters(&mut opened, key.trim_end());
                if key.ends_with('\n') {
                    press(&mut opened, KeyCode::Enter);
                }
            }
            let screen = drawn(&mut opened, (width, height));
            compare(name, (width, height), &screen, &mut changed);
        }
    }
    assert!(changed.is_empty(), "changed: {changed:?}");
}
