//! What a pcapng file says beside its frames: comments, interfaces, names.

use std::io::Cursor;
use std::path::PathBuf;

use tcptrace::capture::filter::Filter;
use tcptrace::capture::{Next, Source, savefile};
use tcptrace::link_type::LinkType;
use tcptrace::origin::Interface;

use super::blocks::{block, interface, option, packet, section};
use super::frames;
use super::support::program::captures;

const COMMENT: u16 = 1;

fn open(file: Vec<u8>) -> Box<dyn Source> {
    savefile::from_reader(PathBuf::from("x"), Cursor::new(file), Filter::new("")).unwrap()
}

/// Reads to the end, to know all that is said.
fn read_to_end(source: &mut dyn Source) {
    while let Next::Frame(_) = source.next_frame().unwrap() {}
}

#[test]
fn the_first_comment_on_a_frame_goes_with_it() {
    let comments = |options: &[Vec<u8>]| {
        let packet = packet(0, b"abc", &options.concat());
        let file = [section(&[]), interface(1, 0, &[]), packet].concat();
        frames(&file)[0].comment.clone()
    };
    let flags = option(2, &[0, 0, 0, 1]);
    let end = option(0, &[]);
    assert_eq!(comments(&[]), None);
    assert_eq!(comments(&[flags.clone(), end.clone()]), None);
    let hello = option(COMMENT, "schön\t\x1b[1m".as_bytes());
    let said = Some("schön\t\x1b[1m".to_owned());
    assert_eq!(comments(&[flags.clone(), hello.clone(), end.clone()]), said);
    assert_eq!(comments(&[hello.clone(), option(COMMENT, b"second")]), said);
    // Behind the end nothing is read.
    assert_eq!(comments(&[end, hello]), None);
    // Up to a zero, up to what is no text, up to the end of the block.
    assert_eq!(comments(&[option(COMMENT, b"ab\0c")]).unwrap(), "ab");
    assert_eq!(comments(&[option(COMMENT, b"ab\xffc")]).unwrap(), "ab");
    assert_eq!(comments(&[option(COMMENT, b"abcde")[..8].to_vec()]), None);
}

#[test]
fn an_obsolete_packet_may_have_a_comment_and_a_simple_one_cannot() {
    let mut obsolete = packet(0, b"abc", &option(COMMENT, b"old"));
    obsolete[0] = 2;
    let simple = block(3, &[&3_u32.to_le_bytes()[..], b"abc"].concat());
    let file = [section(&[]), interface(1, 0, &[]), obsolete, simple].concat();
    let frames = frames(&file);
    assert_eq!(frames[0].comment.as_deref(), Some("old"));
    assert_eq!(frames[1].comment, None);
}

#[test]
fn interfaces_and_the_section_are_described() {
    let described = [
        option(2, b"eth0"),
        option(3, b"the uplink"),
        option(COMMENT, b"noisy"),
        option(COMMENT, b"not the first"),
        option(9, &[9]),
    ]
    .concat();
    let file = [
        section(&option(COMMENT, b"from the lab")),
        interface(113, 96, &described),
        interface(1, 0, &[]),
        packet(1, b"abc", &[]),
        packet(0, b"abc", &[]),
    ]
    .concat();
    let mut source = open(file.clone());
    let first = Interface {
        name: Some("eth0".into()),
        description: Some("the uplink".into()),
        comment: Some("noisy".into()),
        ..Interface::new(LinkType::LINUX_SLL, 96, 9)
    };
    // Known at once, so that a program can be listed.
    assert_eq!(
        source.origin().unwrap().interfaces,
        *std::slice::from_ref(&first)
    );
    read_to_end(&mut *source);
    let origin = source.origin().unwrap();
    let second = Interface::new(LinkType::ETHERNET, 0, 6);
    assert_eq!(origin.interfaces, [first, second]);
    assert_eq!(origin.comment.as_deref(), Some("from the lab"));
    let names: Vec<_> = frames(&file)
        .into_iter()
        .map(|frame| frame.interface_name)
        .collect();
    assert_eq!(names, [None, Some("eth0".to_owned())]);
}

#[test]
fn another_section_is_described_anew() {
    let file = [
        section(&option(COMMENT, b"first")),
        interface(1, 0, &option(2, b"eth0")),
        packet(0, b"abc", &[]),
        section(&[]),
        interface(1, 0, &option(2, b"eth1")),
        packet(0, b"abc", &[]),
    ]
    .concat();
    let mut source = open(file);
    read_to_end(&mut *source);
    let origin = source.origin().unwrap();
    assert_eq!(origin.comment, None);
    assert_eq!(origin.interfaces.len(), 1);
    assert_eq!(origin.interfaces[0].name.as_deref(), Some("eth1"));
}

#[test]
fn a_pcap_file_describes_its_one_interface() {
    let source = savefile::open(captures().join("hello.pcap"), Filter::new("")).unwrap();
    let interfaces = &source.origin().unwrap().interfaces;
    let expected = Interface::new(LinkType::ETHERNET, 262_144, 9);
    assert_eq!(*interfaces, [expected]);
}

#[test]
fn text_of_interfaces_has_an_end() {
    let long = interface(1, 0, &option(3, &vec![b'x'; 60_000]));
    let file = [section(&[]), long.repeat(1000)].concat();
    let mut source = open(file);
    read_to_end(&mut *source);
    let interfaces = &source.origin().unwrap().interfaces;
    assert_eq!(interfaces.len(), 1000);
    let texts = interfaces
        .iter()
        .filter_map(|known| known.description.as_deref());
    assert!(texts.map(str::len).sum::<usize>() <= 4 * 1024 * 1024);
}

#[test]
fn names_of_addresses_are_learned() {
    let ipv4 = |names: &[u8]| option(1, &[&[10, 0, 0, 1][..], names].concat());
    let mut ipv6 = [0; 16];
    ipv6[15] = 1;
    let ipv6 = option(2, &[&ipv6[..], b"localhost\0"].concat());
    let end = option(0, &[]);
    let mut file = section(&[]);
    file.extend(interface(1, 0, &[]));
    let first = [ipv4(b"a.example\0b.example\0"), ipv6, end.clone()].concat();
    file.extend(block(4, &first));
    // Damaged: too short for an address, no text, longer than the block.
    let damaged = [option(1, &[1, 2]), option(7, b"what"), ipv4(b"\xff\0")].concat();
    file.extend(block(4, &damaged));
    file.extend(block(4, &option(1, b"abcdefgh\0")[..8]));
    let mut source = open(file.clone());
    read_to_end(&mut *source);
    let names = &source.origin().unwrap().names;
    assert_eq!(names.len(), 2);
    // The last one, as in Wireshark.
    assert_eq!(names.name([10, 0, 0, 1].into()), Some("b.example"));
    assert_eq!(names.name("::1".parse().unwrap()), Some("localhost"));
    assert_eq!(names.name("::2".parse().unwrap()), None);

    // Of all sections; and what comes later holds.
    file.extend(section(&[]));
    file.extend(block(4, &[ipv4(b"c.example\0"), end].concat()));
    let mut source = open(file);
    read_to_end(&mut *source);
    let names = &source.origin().unwrap().names;
    assert_eq!(names.name([10, 0, 0, 1].into()), Some("c.example"));
    assert_eq!(names.len(), 2);
}
