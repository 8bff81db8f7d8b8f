//! Compiled filters against tcpdump's `-d`, `-dd` and `-ddd`.

use std::process::Command;

use tcptrace::capture::filter::Filter;
use tcptrace::capture::listing::{self, Notation};
use tcptrace::capture::live::link_types;
use tcptrace::capture::savefile;
use tcptrace::error::Error;
use tcptrace::link_type::LinkType;

use super::peer;
use super::support::program::captures;

const NOTATIONS: [(&str, Notation); 3] = [
    ("-d", Notation::Assembly),
    ("-dd", Notation::C),
    ("-ddd", Notation::Decimal),
];

const EXPRESSIONS: [&str; 42] = [
    "",
    "tcp",
    "not arp and not rarp",
    "ip6",
    "host 10.0.0.1",
    "ip6 host ::1",
    "dst net 224.0.0.0/4",
    "net 10/8",
    "tcp port 80",
    "tcp portrange 1-100",
    "tcp src port 22",
    "tcp port 80 and (host 1.2.3.4 or host 5.6.7.8)",
    "tcp[13] = 2 or tcp[13] = 18",
    "tcp[tcpflags] & (tcp-syn|tcp-fin) != 0",
    "ip[2:2] - ((ip[0]&0xf)<<2) - ((tcp[12]&0xf0)>>2) != 0",
    "(tcp[12]>>4)*4 > 20",
    "ether[ip[0]] = tcp[0:4]",
    "ether[len-1] = 0",
    "ether[0] ^ 1 = 2",
    "ether[0] << 1 | 5 >> 2 = 7 * 8 / 2",
    "0-len = 3",
    "len / 2 > 100",
    "len % 3 = 1",
    "len = len",
    "greater 100",
    "less 60",
    "vlan",
    "vlan 5 and vlan 6 and tcp",
    "mpls 1 and mpls and ip",
    "pppoes and tcp",
    "geneve and tcp",
    "ip6 protochain 6",
    "ip proto 6",
    "ip broadcast",
    "ip multicast",
    "ether broadcast",
    "ether host 00:00:01:00:00:00",
    "wlan type data",
    "inbound",
    "outbound",
    "ifindex 2",
    "no such thing",
];

/// What tcpdump lists; `None` where it refuses.
fn theirs(arguments: &[&str], expression: &str) -> Option<String> {
    let mut tcpdump = Command::new("tcpdump");
    tcpdump
        .args(arguments)
        .arg(expression)
        .current_dir(captures());
    let listed = tcpdump.output().unwrap();
    let text = String::from_utf8(listed.stdout).unwrap();
    listed.status.success().then_some(text)
}

fn of_link_type(filter: &Filter, link_type: LinkType, notation: Notation) -> Option<String> {
    listing::of_filter(filter, link_type, 262_144, notation).ok()
}

fn of_file(filter: Filter, name: &str, notation: Notation) -> Result<String, Error> {
    let source = savefile::open(captures().join(name), filter)?;
    let snapshot = source.origin().unwrap().interfaces[0].snapshot;
    Ok(listing::of_program(source.program()?, snapshot, notation))
}

#[test]
fn programs_are_listed_as_tcpdump_lists_them() {
    if peer("tcpdump", "libpcap version 1.10.3").is_none() {
        return;
    }
    for expression in EXPRESSIONS {
        let filter = Filter::new(expression);
        for (flag, notation) in NOTATIONS {
            let listed = of_link_type(&filter, LinkType::ETHERNET, notation);
            let theirs = theirs(&[flag, "-y", "EN10MB"], expression);
            assert_eq!(listed, theirs, "{flag} {expression}");
        }
        let unoptimized = filter.clone().unoptimized();
        let listed = of_link_type(&unoptimized, LinkType::ETHERNET, Notation::Assembly);
        let expected = theirs(&["-O", "-d", "-y", "EN10MB"], expression);
        assert_eq!(listed, expected, "-O {expression}");
        for name in ["RAW", "NULL", "LINUX_SLL2", "IEEE802_11_RADIO"] {
            let link_type = link_types::named(name).unwrap();
            let listed = of_link_type(&filter, link_type, Notation::Assembly);
            assert_eq!(
                listed,
                theirs(&["-d", "-y", name], expression),
                "{name} {expression}"
            );
        }
        for file in ["hello.pcap", "any.pcapng"] {
            let listed = of_file(filter.clone(), file, Notation::Assembly);
            let expected = theirs(&["-d", "-r", file], expression);
            assert_eq!(listed.ok(), expected, "{file} {expression}");
        }
    }
}

#[test]
fn what_is_kept_of_a_frame_is_in_the_program() {
    let list = |expression, snapshot| {
        let filter = Filter::new(expression);
        listing::of_filter(&filter, LinkType::ETHERNET, snapshot, Notation::Decimal).unwrap()
    };
    assert_eq!(list("", 96), "1\n6 0 0 96\n");
    assert_eq!(
        list("less 60", 96),
        "4\n128 0 0 0\n37 0 1 60\n6 0 0 0\n6 0 0 96\n"
    );
    assert_eq!(list("", 0), "1\n6 0 0 262144\n");
}
