//! Our filter machine against libpcap's own.

use pcap::{BpfProgram, Capture, Linktype};
use proptest::collection::vec;
use proptest::prelude::*;
use tcptrace::capture::bpf::Program;
use tcptrace::capture::filter::Filter;
use tcptrace::link_type::LinkType;

use super::frame;

/// Every kind of load, jump, arithmetic and return that libpcap writes.
const EXPRESSIONS: [&str; 40] = [
    "tcp",
    "not tcp",
    "ip",
    "ip6",
    "arp or rarp",
    "host 10.0.0.1",
    "src host 10.0.0.1",
    "dst host 10.0.0.2 and tcp",
    "host 2001:db8::1",
    "net 10.0.0.0/8",
    "net 2001:db8::/32",
    "port 80",
    "src port 1",
    "tcp dst port 179",
    "portrange 1-3",
    "tcp portrange 70-90",
    "not port 80",
    "tcp and (port 80 or port 179)",
    "tcp[tcpflags] & (tcp-syn|tcp-fin) != 0",
    "tcp[13] = 0x12",
    "tcp[tcpflags] == tcp-syn",
    "tcp[2:2] < 100",
    "tcp[4:4] > 0xfffffff0",
    "tcp[12] >> 4 > 5",
    "ip[8] - 1 = 63",
    "ip[2:2] * 2 > 120",
    "ip[0] & 0xf != 5",
    "(ip[2:2] - ((ip[0] & 0xf) << 2) - ((tcp[12] & 0xf0) >> 2)) != 0",
    "ip[4:2] % 3 = 1",
    "ip[4:2] / 7 ^ 5 > 100",
    "ip[6:2] & 0x3fff | 1 = 1",
    "greater 70",
    "less 70",
    "len > 100 and tcp",
    "len - 14 > 40",
    "ip6[6] = 6",
    "ip proto 6 or ip6 proto 6",
    "vlan and tcp",
    "tcp[ip[3]] = 0",
    "-ip[1] = 0 and -len < 100",
];

/// Link types as files number them, and as libpcap does.
const LINK_TYPES: [(u16, i32); 5] = [(1, 1), (101, 12), (113, 113), (276, 276), (0, 0)];

/// The expressions that libpcap knows for a link type, both ways optimized.
fn programs(link_type: i32) -> Vec<(String, BpfProgram, Program)> {
    let dead = Capture::dead(Linktype(link_type)).unwrap();
    let compile = |expression: &&str, optimized| {
        let program = dead.compile(expression, optimized).ok()?;
        let steps = program.get_instructions().iter();
        let lines: Vec<_> = steps.map(ToString::to_string).collect();
        let ours = Program::read(&lines.join("\n")).unwrap();
        Some((format!("{expression} ({optimized})"), program, ours))
    };
    let both = |expression| [true, false].map(|optimized| compile(expression, optimized));
    EXPRESSIONS.iter().flat_map(both).flatten().collect()
}

#[test]
fn libpcap_knows_the_expressions() {
    assert_eq!(programs(1).len(), 2 * EXPRESSIONS.len());
    for (_, link_type) in LINK_TYPES {
        assert!(programs(link_type).len() > EXPRESSIONS.len());
    }
}

proptest! {
    #[test]
    fn filters_decide_as_libpcap_does(frames in vec(frame(), 30)) {
        thread_local! {
            static PROGRAMS: Vec<Vec<(String, BpfProgram, Program)>> =
                LINK_TYPES.iter().map(|(_, dlt)| programs(*dlt)).collect();
        }
        PROGRAMS.with(|programs| {
            for (link_type, frame) in &frames {
                // A frame of another link type is as good as any octets.
                let own = LINK_TYPES.iter().position(|(file, _)| u32::from(*file) == *link_type);
                for (expression, theirs, ours) in &programs[own.unwrap_or(0)] {
                    let len = u32::try_from(frame.len()).unwrap();
                    let (theirs, ours) = (theirs.filter(frame), ours.accepts(frame, len));
                    prop_assert_eq!(ours, theirs, "{} of {:?}", expression, frame);
                }
            }
            Ok(())
        })?;
    }

    #[test]
    fn lengths_are_those_on_the_wire(
        (_, frame) in frame(),
        more in 0..2_000_u32,
        limit in 0..2_000_u32,
    ) {
        let len = u32::try_from(frame.len()).unwrap() + more;
        let passes = |expression: String| {
            let mut filter = Filter::new(&expression);
            filter.accepts(LinkType::ETHERNET, &frame, len).unwrap()
        };
        prop_assert_eq!(passes(format!("greater {limit}")), len >= limit);
        prop_assert_eq!(passes(format!("less {limit}")), len <= limit);
        prop_assert_eq!(passes(format!("len = {limit}")), len == limit);
        let passes_its_own = passes(format!("len = {len}"));
        prop_assert!(passes_its_own);
    }
}

#[test]
fn an_octet_that_was_not_captured_rejects_the_frame() {
    let mut filter = Filter::new("not ether[20] = 1");
    let accepts = |filter: &mut Filter, captured: usize| {
        filter.accepts(LinkType::ETHERNET, &[0; 60][..captured], 60)
    };
    assert!(accepts(&mut filter, 21).unwrap());
    assert!(!accepts(&mut filter, 20).unwrap());
}
