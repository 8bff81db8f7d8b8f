//! What stands on the page.

use std::fs;
use std::net::SocketAddr;

use crate::Page;
use crate::browser::own_folder;
use crate::support::capture::Pcap;
use crate::support::frame::Segment;
use crate::support::program::{run, tcptrace};

/// The places of some texts in a page, which has to have each.
fn places(page: &Page, texts: &[&str]) -> Vec<usize> {
    let place = |text: &&str| page.text.find(text).unwrap_or_else(|| panic!("{text}"));
    texts.iter().map(place).collect()
}

#[test]
fn what_happened_comes_first_and_how_it_was_made_last() {
    let page = Page::of(&["lost.pcap"], &[]);
    let sentence = "1 connection in 2.957 s, none failed, 1 was slow; of 1.010 s that 1 connection \
                    waited, the handshake took 100 %";
    let places = places(
        &page,
        &[
            sentence,
            "<dt>connections</dt><dd>1</dd>",
            "waited longest",
            "id=\"choices\"",
            "<table id=\"rows\">",
            "<summary>",
            "verdict and diagnoses",
            "<h3>time spent</h3>",
            "limited by the client's application",
            "id=\"f1\"",
            "<code>tcptrace report --html -r lost.pcap</code>",
            concat!("tcptrace ", env!("CARGO_PKG_VERSION")),
            "2026-11-21 01:27:49.485255 to",
        ]
        .map(|text| text),
    );
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn it_speaks_chinese() {
    let page = Page::of(&["lost.pcap"], &["--lang", "zh"]);
    let texts = [
        "<html lang=\"zh-Hans\">",
        "2.957 s 内有 1 个连接",
        "全部连接",
        "等待最久",
        "本页的来源",
    ];
    assert_eq!(places(&page, &texts).len(), texts.len());
}

#[test]
fn the_same_capture_gives_the_same_page() {
    assert_eq!(Page::of_all(&[]).text, Page::of_all(&[]).text);
}

#[test]
fn a_connection_that_is_left_out_is_not_on_the_page() {
    let page = Page::of(&["hello.pcap", "refused.pcap"], &["--failed"]);
    assert!(page.text.contains("id=\"c1\"") && !page.text.contains("id=\"c0\""));
    let page = Page::of(&["hello.pcap"], &["--failed"]);
    assert!(page.text.contains("<tbody></tbody>"));
}

/// Many connections at once: each is refused, of every `nth`, or opens and is closed.
fn many(count: u32, nth: u32) -> Vec<u8> {
    let mut file = Pcap::new(1);
    let server: SocketAddr = "10.9.9.9:80".parse().unwrap();
    let mut time = 1_700_000_000_000_000_000;
    for number in 0..count {
        let [_, high, middle, low] = number.to_be_bytes();
        let client = SocketAddr::from(([10, high, middle, low], 1024));
        let refused: &[(bool, &str, u32, u32)] = &[(true, "S", 1, 0), (false, "R.", 0, 2)];
        let closed = [
            (true, "S", 1, 0),
            (false, "S.", 1, 2),
            (true, ".", 2, 2),
            (true, "F.", 2, 2),
            (false, "F.", 2, 3),
            (true, ".", 3, 3),
        ];
        let segments = if number % nth == 0 { refused } else { &closed };
        for &(is_clients, flags, seq, ack) in segments {
            let (src, dst) = if is_clients {
                (client, server)
            } else {
                (server, client)
            };
            file.frame(time, &Segment::new(src, dst, flags, seq, ack).to_ethernet());
            time += 1_000;
        }
    }
    file.0
}

#[test]
fn of_many_connections_all_that_failed_have_a_row_and_the_others_are_counted() {
    let folder = own_folder();
    let path = folder.join("many.pcap");
    fs::write(&path, many(12_000, 40)).unwrap();
    let page = Page::of(&[path.to_str().unwrap()], &[]);
    let rows = page.text.matches("<td>10.9.9.9:80<td>").count();
    assert_eq!(rows, 10_000);
    assert_eq!(page.text.matches("<td>refused\n").count(), 300);
    assert!(
        page.text
            .contains("2000 more connections have no row here: 2000 closed")
    );
    assert!(page.text.contains("12000 connections in"));
    // Those that failed are shown in full before any other.
    let in_full = page.text.matches("<details class=\"connection\">").count();
    assert!(in_full > 50, "{in_full}");
    let failed = page
        .text
        .matches("<span class=\"verdict failed\">refused")
        .count();
    assert_eq!(failed, in_full.min(300));
    assert!(page.text.len() < 3_000_000, "{}", page.text.len());
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_page_is_no_record() {
    for option in ["--json", "--csv", "--long"] {
        let ran = run(&format!("report --html {option} -r hello.pcap"));
        assert_eq!(ran.status, Some(2));
        assert!(ran.err.contains("cannot be used with"), "{}", ran.err);
    }
}

#[test]
fn a_picture_may_stand_in_a_page_of_its_own() {
    let folder = own_folder();
    let path = folder.join("<b>.html");
    let mut command = tcptrace();
    command
        .args(["draw", "segments", "-r", "hello.pcap", "-o"])
        .arg(&path);
    assert!(command.status().unwrap().success());
    let page = fs::read_to_string(&path).unwrap();
    assert!(
        page.starts_with("<!DOCTYPE html>") && page.contains("<svg xmlns"),
        "{page}"
    );
    assert!(page.contains("Content-Security-Policy") && page.contains("segments hello.pcap"));
    fs::remove_dir_all(folder).unwrap();
}
