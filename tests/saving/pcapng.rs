//! pcapng: everything that is known of a frame goes with it.

use std::fs;
use std::path::Path;

use tcptrace::capture::filter::Filter;
use tcptrace::capture::{Next, savefile};
use tcptrace::origin::Interface;

use super::support::blocks::{block, interface, option, packet, section};
use super::support::reference::{Kept, files, for_each, peer, read_file};
use super::{folder, run};

fn save(from: &Path, to: &Path) {
    let ran = run([Path::new("-r"), from, Path::new("-w"), to]);
    // A file that is damaged is written up to the damage.
    assert!(matches!(ran.status, Some(0 | 1)), "{}", ran.err);
}

/// The frames of a file, and of what is written of it.
fn both(path: &Path, folder: &Path) -> [Vec<Kept>; 2] {
    let copy = path.to_str().unwrap().replace('/', "_") + ".pcapng";
    let copy = folder.join(copy);
    save(path, &copy);
    let (read, error) = read_file(path, "");
    if read.is_empty() && error.is_some() {
        return [Vec::new(), Vec::new()];
    }
    let (written, error) = read_file(&copy, "");
    assert!(error.is_none(), "{}: {error:?}", path.display());
    // Interfaces without frames are left out, but for the first.
    [read, written].map(|mut frames| {
        for frame in &mut frames {
            frame.interface = 0;
            let (seconds, nanoseconds) = frame.time;
            let carried = i64::try_from(nanoseconds / 1_000_000_000).unwrap();
            frame.time = (seconds + carried, nanoseconds % 1_000_000_000);
        }
        frames
    })
}

#[test]
fn every_file_is_the_same_when_it_is_read_again() {
    let folder = folder("again");
    for_each(&files(&["edge", "pcapng-test-generator", "zeek"]), |path| {
        let [read, written] = both(path, &folder);
        let canonical = |frame: &Kept| frame.clone();
        let read: Vec<_> = read.iter().map(canonical).collect();
        assert_eq!(read.len(), written.len(), "{}", path.display());
        for (read, written) in read.iter().zip(&written) {
            assert_eq!(read, written, "{}", path.display());
        }
    });
}

#[test]
fn what_the_source_says_goes_with_the_frames() {
    let folder = folder("described");
    let described = [
        option(1, b"noisy"),
        option(2, b"eth0"),
        option(3, b"the uplink"),
        option(9, &[9]),
        option(11, b"\0tcp port 80"),
        option(12, b"Linux 6.1"),
    ];
    let file = [
        section(&option(1, b"from the lab")),
        interface(1, 96, &described.concat()),
        interface(113, 0, &[]),
        packet(0, b"abcd", &option(1, "schön".as_bytes())),
        packet(1, b"abcde", &[]),
        block(5, &[0; 12]),
    ];
    let (from, to) = (folder.join("from"), folder.join("to.pcapng"));
    fs::write(&from, file.concat()).unwrap();
    save(&from, &to);
    let mut source = savefile::open(&to, Filter::new("")).unwrap();
    let mut comments = Vec::new();
    while let Next::Frame(frame) = source.next_frame().unwrap() {
        comments.push(frame.comment.map(str::to_owned));
    }
    assert_eq!(comments, [Some("schön".to_owned()), None]);
    let origin = source.origin().unwrap();
    assert_eq!(origin.comment.as_deref(), Some("from the lab"));
    let uplink = Interface {
        name: Some("eth0".into()),
        description: Some("the uplink".into()),
        comment: Some("noisy".into()),
        filter: Some("tcp port 80".into()),
        system: Some("Linux 6.1".into()),
        ..Interface::new(tcptrace::link_type::LinkType::ETHERNET, 96, 9)
    };
    let other = Interface::new(tcptrace::link_type::LinkType::LINUX_SLL, 0, 6);
    assert_eq!(origin.interfaces, [uplink, other]);
}

#[test]
fn tshark_reads_what_is_written() {
    let Some(mut tshark) = peer("tshark", "TShark (Wireshark) 4.") else {
        return;
    };
    let folder = folder("tshark");
    let path = folder.join("any.pcapng");
    save(Path::new("any.pcapng"), &path);
    tshark.args(["-n", "-T", "fields"]);
    for field in ["frame.time_epoch", "frame.len", "tcp.seq_raw", "tcp.flags"] {
        tshark.args(["-e", field]);
    }
    let mut tshark = |path: &Path| {
        let shown = tshark.arg("-r").arg(path).output().unwrap();
        assert!(shown.status.success());
        String::from_utf8(shown.stdout).unwrap()
    };
    let written = tshark(&path);
    let recording = super::support::program::captures().join("any.pcapng");
    assert_eq!(written, tshark(&recording));
    assert!(written.lines().count() > 5, "{written}");
}
