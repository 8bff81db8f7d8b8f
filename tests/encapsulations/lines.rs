//! Lines of packets in what tcpdump does not enter.

use super::support::capture::{ETHERNET, Pcap};
use super::support::program::run_with_input;
use super::tunnels::{ethernet, ipv4, udp};
use super::{ENDS, datagram, segment};

/// What the program prints of frames.
fn printed(frames: &[Vec<u8>], options: &str) -> Vec<String> {
    let mut pcap = Pcap::new(ETHERNET);
    for (time, frame) in (1_000_000_000..).zip(frames) {
        pcap.frame(time, frame);
    }
    let out = run_with_input(&format!("--plain -t {options} -r -"), &pcap.0).out;
    out.lines().map(str::to_owned).collect()
}

fn in_gtp(packet: &[u8]) -> Vec<u8> {
    let udp = udp(2152, &[&[0x30, 255, 0, 0, 0, 0, 0, 9], packet]);
    ethernet(0x0800, &[&ipv4(17, &[&udp])])
}

#[test]
fn a_line_is_that_of_the_packet_inside() {
    let raw = "192.0.2.1.40000 > 192.0.2.2.4444: Flags [P.], seq 7:17, ack 9, win 1000, length 10";
    let link = "02:00:00:00:00:01 > 02:00:00:00:00:02, ethertype IPv4 (0x0800), length 64: ";
    let mut inner = segment(ENDS, 10);
    inner[..12].copy_from_slice(&[2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1]);
    let tunnel = ipv4(4, &[&datagram(ENDS)]);
    for (frame, before) in [
        (in_gtp(&datagram(ENDS)), "ip: "),
        (in_gtp(&tunnel), "ip: "),
        (ethernet(0x88e7, &[&[0; 4], &inner]), link),
        (ethernet(0x6558, &[&inner]), link),
    ] {
        assert_eq!(
            printed(std::slice::from_ref(&frame), ""),
            [format!("IP {raw}")]
        );
        assert_eq!(printed(&[frame], "-e"), [format!("{before}{raw}")]);
    }
    // A segment straight in ESP has the addresses outside.
    let content = &datagram(ENDS)[20..];
    let parameters = [0, 0, 0, 1, 0, 0, 0, 1];
    let plain = ipv4(50, &[&parameters, content, &[0, 6], &[0; 12]]);
    let plain = ethernet(0x0800, &[&plain]);
    let outside =
        "IP 10.0.0.1.40000 > 10.0.0.2.4444: Flags [P.], seq 7:17, ack 9, win 1000, length 10";
    assert_eq!(printed(&[plain], ""), [outside]);
}

#[test]
fn what_tcpdump_does_not_see_changes_no_number_of_what_it_sees() {
    let seen = segment(ENDS, 10);
    let lines = printed(&[in_gtp(&datagram(ENDS)), seen.clone(), seen], "");
    let numbers: Vec<_> = lines
        .iter()
        .filter_map(|line| line.split("seq ").nth(1))
        .collect();
    let [inside, first, second] = numbers[..] else {
        panic!("{lines:?}");
    };
    assert!(inside.starts_with("7:17, ack 9,"), "{inside}");
    assert!(first.starts_with("7:17, ack 9,"), "{first}");
    assert!(second.starts_with("0:10, ack 1,"), "{second}");
}

#[test]
fn a_brace_closes_what_l2tp_opens() {
    let l2tp = udp(
        1701,
        &[&[0, 2, 0, 7, 0, 9, 0xff, 3, 0, 0x21], &datagram(ENDS)],
    );
    let line = &printed(&[ethernet(0x0800, &[&ipv4(17, &[&l2tp])])], "")[0];
    assert!(line.contains(" l2tp:[](7/9) {IP 192.0.2.1"), "{line}");
    assert!(line.ends_with("length 10}"), "{line}");
}
