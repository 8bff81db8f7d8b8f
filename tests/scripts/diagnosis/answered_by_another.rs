//! SYN-ACKs that came another way than all else of the server.

use super::check_diagnosed;

/// A server whose SYN-ACK has one TTL, and what follows it others.
fn answered(syn_ack: u8, others: [u8; 4]) -> String {
    let [ack, first, second, third] = others;
    format!(
        "
        0.000 > S  0:0(0)
        0.010 < S. 0:0(0) ack 1 ttl {syn_ack}
        0.020 > .  1:1(0) ack 1
        0.030 > P. 1:101(100) ack 1
        0.040 < .  1:1(0) ack 101 ttl {ack}
        0.041 < P. 1:101(100) ack 101 ttl {first}
        0.042 < P. 101:201(100) ack 101 ttl {second}
        0.043 < P. 201:301(100) ack 101 ttl {third}
    "
    )
}

#[test]
fn a_syn_ack_of_a_ttl_that_nothing_else_has_came_from_another() {
    check_diagnosed(&format!(
        "{} diagnosis answered_by_another server, ttl 243, usual_ttl 52",
        answered(243, [52; 4])
    ));
}

#[test]
fn who_answers_a_syn_may_open_the_window_when_the_server_has_answered_too() {
    let proxied = "
        0.000 > S  0:0(0)
        0.010 < S. 0:0(0) ack 1 win 0 ttl 64
        0.020 > .  1:1(0) ack 1
        0.030 < .  1:1(0) ack 1 ttl 64
        0.031 < .  1:1(0) ack 1 ttl 127
        0.040 > P. 1:101(100) ack 1
        0.050 < .  1:1(0) ack 101 ttl 127
        0.051 < P. 1:101(100) ack 101 ttl 127
    ";
    check_diagnosed(&format!(
        "{proxied} diagnosis answered_by_another server, ttl 64, usual_ttl 127"
    ));
    let back = "0.052 < P. 101:201(100) ack 101 ttl 64\n";
    check_diagnosed(&format!("{proxied} {back} diagnosis -"));
}

#[test]
fn a_ttl_that_is_nearly_the_same_is_that_of_another_route() {
    check_diagnosed(&format!("{} diagnosis -", answered(54, [52; 4])));
}

#[test]
fn a_ttl_that_comes_back_is_the_servers() {
    check_diagnosed(&format!("{} diagnosis -", answered(243, [52, 52, 52, 243])));
}

#[test]
fn what_hosts_begin_with_may_be_chosen_by_an_application() {
    check_diagnosed(&format!("{} diagnosis -", answered(255, [1; 4])));
}
