//! Annotations as comments, for Wireshark.

use super::support::program::tcptrace;
use super::support::reference::{peer, read_file};
use super::{folder, run};

#[test]
fn each_annotation_goes_with_its_frame() {
    let path = folder("comments").join("hello.pcapng");
    let shown = path.to_str().unwrap();
    let ran = run(["-r", "hello.pcap", "--comments", "-w", shown, "--print"]);
    assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""));
    let annotations = ran
        .out
        .lines()
        .filter_map(|line| line.strip_prefix("  #0 "));
    let (frames, error) = read_file(&path, "");
    assert!(error.is_none());
    assert_eq!(frames.len(), 9);
    for (frame, annotation) in frames.iter().zip(annotations) {
        let words: Vec<_> = annotation.split_whitespace().collect();
        let comment = frame.comment.as_deref().unwrap();
        let comment = comment.strip_prefix("#0 ").unwrap();
        assert_eq!(comment.split_whitespace().collect::<Vec<_>>(), words);
        assert!(!comment.contains("   "), "{comment}");
    }
    let first = "#0 → handshake 1/3 SYN  seq 0 (2741547679)  client CLOSED → SYN-SENT";
    assert_eq!(frames[0].comment.as_deref(), Some(first));
}

#[test]
fn wireshark_shows_the_comment_of_the_file_and_the_annotation() {
    let Some(mut tshark) = peer("tshark", "TShark (Wireshark) 4.") else {
        return;
    };
    let folder = folder("both-comments");
    let (once, twice) = (folder.join("once.pcapng"), folder.join("twice.pcapng"));
    // Annotated in one language, and then in another.
    for (from, to, lang) in [
        ("hello.pcap", &once, "en"),
        (once.to_str().unwrap(), &twice, "zh"),
    ] {
        let mut command = tcptrace();
        command.args(["-r", from, "--lang", lang, "--comments", "-w"]);
        assert!(command.arg(to).status().unwrap().success());
    }
    tshark.args([
        "-n",
        "-T",
        "fields",
        "-E",
        "aggregator=|",
        "-e",
        "frame.comment",
        "-r",
    ]);
    let shown = tshark.arg(&twice).output().unwrap().stdout;
    let shown = String::from_utf8(shown).unwrap();
    assert_eq!(shown.lines().count(), 9, "{shown}");
    for line in shown.lines() {
        let (english, chinese) = line.split_once('|').unwrap();
        assert!(english.is_ascii() || english.starts_with("#0 "), "{line}");
        assert!(chinese.starts_with("#0 ") && chinese != english, "{line}");
    }
}
