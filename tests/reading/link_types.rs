//! A filter on a file with several link types.

use std::io::Cursor;
use std::path::PathBuf;

use tcptrace::capture::filter::Filter;
use tcptrace::capture::savefile;

use super::blocks::{interface, packet, section};
use super::drain;

const ETHERNET: u16 = 1;
const RAW: u16 = 101;
const IEEE802_11: u16 = 105;
const UNKNOWN: u16 = 4711;

/// How many frames of `link_types`, one of each, pass; or why none is shown.
fn passing(link_types: &[u16], expression: &str) -> Result<usize, String> {
    let mut file = section(&[]);
    let numbered = || link_types.iter().zip(0..);
    file.extend(numbered().flat_map(|(&link_type, _)| interface(link_type, 0, &[])));
    let mut ip = [0; 40];
    (ip[0], ip[9]) = (0x45, 6);
    let mut ethernet = [0; 54];
    ethernet[12] = 8;
    ethernet[14..].copy_from_slice(&ip);
    file.extend(numbered().flat_map(|(&link_type, number)| {
        let bytes: &[u8] = if link_type == RAW { &ip } else { &ethernet };
        packet(number, bytes, &[])
    }));
    let path = PathBuf::from("x");
    let source = savefile::from_reader(path, Cursor::new(file), Filter::new(expression));
    match drain(source) {
        (frames, None) => Ok(frames.len()),
        (_, Some(error)) => Err(error.to_string()),
    }
}

#[test]
fn frames_for_which_an_expression_means_nothing_do_not_match() {
    let both = [ETHERNET, RAW];
    assert_eq!(passing(&both, "tcp"), Ok(2));
    assert_eq!(passing(&both, "ether[12] = 8"), Ok(1));
    // No Ethernet address on raw IP, in either order of the interfaces.
    assert_eq!(passing(&both, "ether broadcast or tcp"), Ok(1));
    assert_eq!(passing(&[RAW, ETHERNET], "ether broadcast or tcp"), Ok(1));
    assert_eq!(passing(&[ETHERNET, UNKNOWN], "tcp"), Ok(1));
    assert_eq!(passing(&[ETHERNET, IEEE802_11], "type mgt or tcp"), Ok(1));
}

#[test]
fn an_expression_that_means_nothing_at_all_ends_the_run() {
    let refused = |link_types: &[u16], expression| passing(link_types, expression).unwrap_err();
    assert_eq!(
        refused(&[RAW], "ether broadcast"),
        "filter \"ether broadcast\": not a broadcast link"
    );
    for link_types in [&[ETHERNET, RAW][..], &[ETHERNET]] {
        assert_eq!(
            refused(link_types, "tcp prt 80"),
            "filter \"tcp prt 80\": can't parse filter expression: syntax error"
        );
    }
    assert!(refused(&[ETHERNET], "inbound").contains("when reading savefiles"));
}

#[test]
fn an_expression_is_checked_though_there_are_no_frames() {
    let file = [section(&[]), interface(ETHERNET, 0, &[])].concat();
    let path = PathBuf::from("x");
    let source = savefile::from_reader(path, Cursor::new(file), Filter::new("tcp prt 80"));
    assert!(drain(source).1.is_some());
}
