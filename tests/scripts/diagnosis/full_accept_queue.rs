//! A server that takes nothing behind the handshake.

use super::super::check_diagnosed;

/// Captured at the server: its SYN-ACK comes at once.
const AT_SERVER: &str = "
    0.000 > S  0:0(0) <mss 1460,sackOK,TS val 100 ecr 0>
    0.00005 < S. 0:0(0) ack 1 <mss 1460,sackOK,TS val 900 ecr 100>
    0.020 > .  1:1(0) ack 1 <nop,nop,TS val 120 ecr 900>
";
/// At the client: its ACK does.
const AT_CLIENT: &str = "
    0.000 > S  0:0(0) <mss 1460,sackOK,TS val 100 ecr 0>
    0.020 < S. 0:0(0) ack 1 <mss 1460,sackOK,TS val 900 ecr 100>
    0.02005 > .  1:1(0) ack 1 <nop,nop,TS val 120 ecr 900>
";

fn check_at(opened: &str, script: &str) {
    check_diagnosed(&format!("{opened}{script}"));
}

#[test]
fn a_server_that_repeats_its_syn_ack_has_no_room_for_the_connection() {
    let ignored = "
        0.021 > P. 1:101(100) ack 1 <nop,nop,TS val 121 ecr 900>
        0.250 > P. 1:101(100) ack 1 <nop,nop,TS val 350 ecr 900>
        1.020 < S. 0:0(0) ack 1 <mss 1460,sackOK,TS val 1900 ecr 100>
        1.040 > .  101:101(0) ack 1 <nop,nop,TS val 1120 ecr 900>
    ";
    check_at(
        AT_SERVER,
        &format!("{ignored}\ndiagnosis full_accept_queue server, never, times 4, wait 1.02s"),
    );
    check_at(
        AT_SERVER,
        &format!(
            "{ignored}
            3.000 > P. 1:101(100) ack 1 <nop,nop,TS val 3100 ecr 900>
            3.001 < .  1:1(0) ack 101 <nop,nop,TS val 3900 ecr 3100>
            diagnosis full_accept_queue server, opened, times 5, wait 2.981s
        "
        ),
    );
    // One more is no more than chance where it was captured at the client.
    check_at(AT_CLIENT, &format!("{ignored}\ndiagnosis -"));
}

#[test]
fn a_server_may_be_silent_as_well() {
    let ignored = "
        0.021 > P. 1:101(100) ack 1
        0.250 > P. 1:101(100) ack 1
        0.700 > P. 1:101(100) ack 1
    ";
    check_at(
        AT_SERVER,
        &format!("{ignored}\ndiagnosis full_accept_queue server, never, times 4, wait 680ms"),
    );
    let taken = "
        1.600 > P. 1:101(100) ack 1
        1.620 < .  1:1(0) ack 101
    ";
    check_at(
        AT_SERVER,
        &format!(
            "{ignored}{taken}
            diagnosis full_accept_queue server, opened, times 5, wait 1.6s
        "
        ),
    );
    let taken = "
        1.600 > P. 1:101(100) ack 1
        1.620 < .  1:1(0) ack 101     ; full_accept_queue
    ";
    check_at(
        AT_CLIENT,
        &format!(
            "{ignored}{taken}
            diagnosis full_accept_queue server, opened, doubtful, times 5, wait 1.59995s
        "
        ),
    );
}

#[test]
fn a_client_that_hears_nothing_more_cannot_tell_a_full_queue_from_an_end_that_is_gone() {
    check_at(
        AT_CLIENT,
        "
        0.021 > P. 1:101(100) ack 1
        0.250 > P. 1:101(100) ack 1
        0.700 > P. 1:101(100) ack 1
        1.600 > P. 1:101(100) ack 1
        3.400 > P. 1:101(100) ack 1
        diagnosis -
    ",
    );
}

#[test]
fn large_data_may_be_lost_for_its_size() {
    check_at(
        AT_CLIENT,
        "
        0.021 > P. 1:1401(1400) ack 1
        0.250 > P. 1:1401(1400) ack 1
        0.700 > P. 1:1401(1400) ack 1
        1.600 > P. 1:1401(1400) ack 1
        1.620 < .  1:1(0) ack 1401
        diagnosis -
    ",
    );
}

#[test]
fn the_echo_of_a_later_timestamp_shows_that_the_server_had_it() {
    check_at(
        AT_CLIENT,
        "
        0.021 > P. 1:101(100) ack 1 <nop,nop,TS val 121 ecr 900>
        0.250 > P. 1:101(100) ack 1 <nop,nop,TS val 350 ecr 900>
        1.020 < S. 0:0(0) ack 1 <mss 1460,sackOK,TS val 1900 ecr 350>
        diagnosis full_accept_queue server, never, times 3, wait 999.95ms
    ",
    );
    // Without it, it takes more, and there is a doubt.
    check_at(
        AT_CLIENT,
        "
        0.021 > P. 1:101(100) ack 1 <nop,nop,TS val 121 ecr 900>
        1.020 < S. 0:0(0) ack 1 <mss 1460,sackOK,TS val 1900 ecr 100>
        1.021 > .  101:101(0) ack 1
        3.020 < S. 0:0(0) ack 1 <mss 1460,sackOK,TS val 3900 ecr 100>
        3.021 > .  101:101(0) ack 1
        diagnosis full_accept_queue server, never, doubtful, times 4, wait 3.00095s
    ",
    );
}

#[test]
fn an_application_may_want_to_be_woken_by_data_alone() {
    let deferred = "
        1.020 < S. 0:0(0) ack 1 <mss 1460,sackOK,TS val 1900 ecr 100>
        1.040 > .  1:1(0) ack 1
    ";
    check_at(AT_SERVER, &format!("{deferred}\ndiagnosis -"));
    let more = "
        3.020 < S. 0:0(0) ack 1
        3.040 > .  1:1(0) ack 1
    ";
    check_at(AT_SERVER, &format!("{deferred}{more}\ndiagnosis -"));
    let data = "
        4.000 > P. 1:101(100) ack 1
        4.001 < .  1:1(0) ack 101
    ";
    check_at(AT_SERVER, &format!("{deferred}{more}{data}\ndiagnosis -"));
    let ignored = "
        4.000 > P. 1:101(100) ack 1
        4.300 > P. 1:101(100) ack 1
    ";
    check_at(
        AT_SERVER,
        &format!(
            "{deferred}{more}{ignored}
            diagnosis full_accept_queue server, never, times 5, wait 4.28s
        "
        ),
    );
}

#[test]
fn a_lost_ack_is_no_full_queue() {
    check_at(
        AT_CLIENT,
        "
        1.020 < S. 0:0(0) ack 1
        1.021 > .  1:1(0) ack 1
        1.050 < P. 1:101(100) ack 1
        diagnosis -
    ",
    );
}

#[test]
fn an_ack_that_is_refused_finds_no_full_queue() {
    check_diagnosed(
        "
        0.000 > S  0:0(0)
        0.00005 < S. 0:0(0) ack 1
        0.020 > .  1:1(0) ack 99
        1.020 < S. 0:0(0) ack 1
        1.040 > .  1:1(0) ack 99
        3.020 < S. 0:0(0) ack 1
        3.040 > .  1:1(0) ack 99
        diagnosis -
    ",
    );
}
