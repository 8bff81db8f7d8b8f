//! Frame by frame against tshark.
//!
//! What is done otherwise, on purpose:
//!
//! * a custom block is no frame here;
//! * a simple packet has no time; it is shown at the beginning of time;
//! * a frame longer than the snapshot length of its pcap file is cut to it, as
//!   in libpcap;
//! * an unknown link type is no reason to refuse a file;
//! * a header in front of ATM cells, or of an ERF record, is part of the frame;
//! * an empty file is refused.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tcptrace::capture::filter::Filter;
use tcptrace::capture::savefile;

use super::{Kept, files, for_each, peer, read_file};

/// Files whose times tshark miscounts: its product of picoseconds and 10^9 does
/// not fit in 64 bits.
const MISCOUNTED: [&str; 2] = ["K_res_1e12.pcapng", "K_res_1e19.pcapng"];
/// A damaged file in which tshark guesses another format, and shows what it
/// finds by that.
const GUESSED: &str = "H_badlen.pcap";
/// Link types with a header that tshark takes off.
const WITH_PSEUDO_HEADER: [u16; 2] = [123, 197];

/// Link types, and what Wiretap calls them.
const ENCAPSULATIONS: [(u16, &str); 8] = [
    (0, "15"),
    (1, "1"),
    (101, "7"),
    (105, "20"),
    (113, "25"),
    (127, "23"),
    (228, "129"),
    (276, "210"),
];

const FIELDS: [&str; 9] = [
    "frame.time_epoch",
    "frame.cap_len",
    "frame.len",
    "frame.encap_type",
    "frame.interface_id",
    "frame.interface_name",
    "frame.comment",
    "frame.cb_pen",
    "frame.section_number",
];

#[test]
fn the_torture_set_is_read_as_tshark_reads_it() {
    compare(&files(&["edge", "pcapng-test-generator"]));
}

#[test]
#[ignore = "tshark takes minutes to start a thousand times"]
fn every_file_is_read_as_tshark_reads_it() {
    compare(&files(&[""]));
}

fn compare(files: &[PathBuf]) {
    if peer("tshark", "TShark (Wireshark) 4.").is_none() {
        return;
    }
    for_each(files, |path| compare_file(path));
}

fn compare_file(path: &Path) {
    let mut tshark = Command::new("tshark");
    tshark.args(["-n", "-T", "fields", "-E", "occurrence=f"]);
    tshark.args(FIELDS.iter().flat_map(|field| ["-e", field]));
    let told = tshark.arg("-r").arg(path).output().unwrap();
    let complaint = String::from_utf8_lossy(&told.stderr);
    let name = path.file_name().unwrap().to_str().unwrap();
    if complaint.contains("unsupported") || name == GUESSED {
        return;
    }
    let theirs = String::from_utf8_lossy(&told.stdout);
    let theirs: Vec<Row> = theirs.lines().filter_map(Row::parse).collect();
    let (ours, error) = read_file(path, "");
    let shown = path.display();
    assert_eq!(ours.len(), theirs.len(), "{shown}: {complaint} {error:?}");
    for ((ours, theirs), number) in ours.iter().zip(&theirs).zip(1..) {
        let ours = Row::of(ours, path, theirs);
        assert_eq!(ours, *theirs, "{shown}: frame {number}");
    }
    let has_ended_early = complaint.contains("cut short") || complaint.contains("damaged");
    let is_empty = path.metadata().unwrap().len() == 0;
    let stopped = error.is_some();
    assert_eq!(stopped, has_ended_early || is_empty, "{shown}: {error:?}");
}

/// What both say of a frame.
#[derive(Debug, PartialEq, Eq)]
struct Row {
    time: Option<(i64, u64)>,
    captured: u32,
    len: u32,
    encapsulation: String,
    interface: String,
    interface_name: Option<String>,
    comment: String,
}

impl Row {
    /// A line of tshark's; `None` for a custom block.
    fn parse(line: &str) -> Option<Self> {
        let fields: Vec<_> = line.split('\t').collect();
        let [
            time,
            captured,
            len,
            encapsulation,
            interface,
            name,
            comment,
            custom,
            section,
        ] = fields.try_into().unwrap();
        if !custom.is_empty() {
            return None;
        }
        let time = time
            .split_once('.')
            .map(|(seconds, fraction)| (seconds.parse().unwrap(), fraction.parse().unwrap()));
        Some(Self {
            time,
            captured: captured.parse().unwrap(),
            len: len.parse().unwrap(),
            encapsulation: encapsulation.to_owned(),
            interface: interface.to_owned(),
            // Of a later section tshark tells the names of the first.
            interface_name: (section == "1").then(|| name.to_owned()),
            comment: comment.to_owned(),
        })
    }

    /// The same from us, but for the differences above.
    fn of(frame: &Kept, path: &Path, theirs: &Self) -> Self {
        let name = path.file_name().unwrap().to_str().unwrap();
        let captured = u32::try_from(frame.bytes.len()).unwrap();
        let is_shown_whole = !WITH_PSEUDO_HEADER.contains(&frame.link_type);
        let is_cut = captured < theirs.captured && snapshot(path) == captured;
        let encapsulation = ENCAPSULATIONS
            .iter()
            .find(|known| known.0 == frame.link_type);
        let is_described = fs::read(path).unwrap().starts_with(b"\n\r\r\n");
        let described = |ours: Option<String>, theirs: &str| match ours {
            Some(ours) => ours.replace('\r', "\\r").replace('\n', "\\n"),
            // tshark makes up a name where there is none.
            None if theirs == "unknown" || !is_described => theirs.to_owned(),
            None => String::new(),
        };
        Self {
            time: match theirs.time {
                Some(time) if MISCOUNTED.contains(&name) => Some(time),
                // tshark has 32 bits for it.
                Some(time) if frame.time.1 >= 1 << 31 => Some(time),
                Some(_) => Some(frame.time),
                None => (frame.time != (0, 0)).then_some(frame.time),
            },
            captured: if is_shown_whole && !is_cut {
                captured
            } else {
                theirs.captured
            },
            len: if is_shown_whole {
                frame.len
            } else {
                theirs.len
            },
            encapsulation: match encapsulation {
                Some((_, encapsulation)) => (*encapsulation).to_owned(),
                None => theirs.encapsulation.clone(),
            },
            interface: if is_described {
                frame.interface.to_string()
            } else {
                theirs.interface.clone()
            },
            interface_name: theirs
                .interface_name
                .as_ref()
                .map(|theirs| described(frame.interface_name.clone(), theirs)),
            comment: described(frame.comment.clone(), &theirs.comment),
        }
    }
}

/// The snapshot length of the file's first interface.
fn snapshot(path: &Path) -> u32 {
    let source = savefile::open(path, Filter::new("")).unwrap();
    let origin = source.origin().unwrap();
    origin.interfaces.first().map_or(0, |first| first.snapshot)
}
