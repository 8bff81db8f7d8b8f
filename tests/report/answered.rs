//! Which SYN-ACK was answered, where it was sent again.

use super::reported;

/// Sent three times, with the timestamps `values`, and answered with an echo.
fn sent_again(values: [u32; 3], echo: u32) -> String {
    let [first, second, third] = values;
    reported(&format!(
        "
        0.000 > S  0:0(0)         <TS val 9 ecr 0>
        0.001 < S. 0:0(0) ack 1   <TS val {first} ecr 9>
        1.001 < S. 0:0(0) ack 1   <TS val {second} ecr 9>
        3.001 < S. 0:0(0) ack 1   <TS val {third} ecr 9>
        3.005 > .  1:1(0) ack 1   <TS val 10 ecr {echo}>
    "
    ))
}

#[test]
fn an_echo_of_the_latest_syn_ack_tells_the_round_trip() {
    let report = sent_again([100, 200, 300], 300);
    let legs = "handshake in 3.005 s: SYN-ACK 1.000 ms after the SYN, \
                ACK 4.000 ms after the SYN-ACK of frame 4\n";
    assert!(report.contains(legs), "{report}");
    let answers = "\n    the ACK answers the SYN-ACK of frame 4: it echoes its timestamp\n";
    assert!(report.contains(answers), "{report}");
    assert!(report.contains("captured between the ends"), "{report}");
    assert!(!report.contains("no frame shows"), "{report}");
}

/// An end that is open answers a further SYN-ACK and echoes the one that opened
/// it: Linux does.
#[test]
fn an_echo_of_an_earlier_syn_ack_may_come_late() {
    for (echo, waited, frame) in [(100, "3.004 s", 2), (200, "2.004 s", 3)] {
        let report = sent_again([100, 200, 300], echo);
        let legs = format!("SYN-ACK 1.000 ms after the SYN, ACK {waited} after the SYN-ACK\n");
        assert!(report.contains(&legs), "{report}");
        let echoes = format!(
            "\n    the ACK echoes the SYN-ACK of frame {frame} but may repeat an earlier ACK: \
             its time may not be a round trip\n"
        );
        assert!(report.contains(&echoes), "{report}");
    }
}

#[test]
fn an_echo_that_fits_several_syn_acks_or_none_that_is_known_tells_nothing() {
    let ambiguous = "the SYN-ACK was sent more than once, and no frame shows which one was answered: \
                     the time may not be a round trip";
    for (values, echo) in [
        ([100, 300, 300], 300),
        ([100, 100, 300], 100),
        ([100, 200, 100], 100),
    ] {
        let report = sent_again(values, echo);
        assert!(report.contains(ambiguous), "{values:?} {echo}\n{report}");
    }
    let without = "
        0.000 > S  0:0(0)
        0.001 < S. 0:0(0) ack 1
        1.001 < S. 0:0(0) ack 1
        1.005 > .  1:1(0) ack 1
    ";
    assert!(reported(without).contains(ambiguous));
}

#[test]
fn a_syn_ack_sent_again_after_the_ack_leaves_no_doubt() {
    let report = reported(
        "
        opened
        1.010 < S. 0:0(0) ack 1
        1.020 > .  1:1(0) ack 1
    ",
    );
    let legs = "SYN-ACK 10.000 ms after the SYN, ACK 10.000 ms after the SYN-ACK\n    \
                SYN-ACK sent 2 times, retransmitted after 1.000 s\n    captured between";
    assert!(report.contains(legs), "{report}");
}
