//! Requests and answers: which are told apart, and which are not guessed. The capture
//! stands in the middle, 10 ms of the round trip from either end.

use super::{check, check_answers};

#[test]
fn an_answer_is_timed_from_the_end_of_the_request() {
    check_answers(
        "
        opened
        1.000 > .  1:101(100) ack 1       ; -
        1.020 > P. 101:151(50) ack 1      ; -
        1.030 < .  1:1(0) ack 151         ; -
        1.120 < .  1:1001(1000) ack 151   ; answer after 100ms
        1.150 < P. 1001:1201(200) ack 151 ; -
        1.160 > .  151:151(0) ack 1201    ; -
        2.000 > P. 151:201(50) ack 1201   ; -
        2.030 < P. 1201:1301(100) ack 201 ; answer after 30ms
        responses 2
        turn 5-7 150 asked, 1200 answered in 30ms, first after 100ms, waited 110ms, took 90ms
        turn 10-11 50 asked, 100 answered in 0ns, first after 30ms, waited 40ms, took 20ms
    ",
    );
}

#[test]
fn what_the_server_says_first_is_a_greeting_and_no_answer() {
    check_answers(
        "
        opened
        0.100 < P. 1:23(22) ack 1      ; -
        0.120 < P. 23:33(10) ack 1     ; -
        0.130 > P. 1:11(10) ack 33     ; -
        0.180 < P. 33:43(10) ack 11    ; answer after 50ms
        responses 1, greeting 32
        turn 6-7 10 asked, 10 answered in 0ns, first after 50ms, waited 60ms, took 40ms
    ",
    );
    // Nobody says anything else.
    check_answers("opened\n 0.100 < P. 1:23(22) ack 1 ; -\n responses 0, greeting 22");
}

#[test]
fn what_is_sent_again_and_what_only_asks_is_no_turn() {
    check_answers(
        "
        opened
        1.000 > P. 1:101(100) ack 1       ; -
        1.010 < .  1:1(0) ack 101         ; -
        1.050 < P. 1:51(50) ack 101       ; answer after 50ms
        1.060 > .  101:101(0) ack 51      ; -
        1.300 > P. 1:101(100) ack 51      ; -
        1.310 < .  51:51(0) ack 101       ; -
        1.350 < P. 1:51(50) ack 101       ; -
        1.360 > .  101:101(0) ack 51      ; -
        9.000 > .  100:101(1) ack 51      ; -
        9.010 < .  51:51(0) ack 101 win 0 ; -
        9.300 > .  101:102(1) ack 51      ; -
        9.310 < .  51:51(0) ack 101 win 0 ; -
        responses 1
        turn 4-6 100 asked, 50 answered in 0ns, first after 50ms, waited 60ms, took 40ms
    ",
    );
}

#[test]
fn more_before_any_answer_is_the_same_request() {
    check_answers(
        "
        opened
        1.000 > P. 1:101(100) ack 1     ; -
        1.010 < .  1:1(0) ack 101       ; -
        1.500 > P. 101:201(100) ack 1   ; -
        1.530 < P. 1:51(50) ack 201     ; answer after 30ms
        responses 1
        turn 6-7 200 asked, 50 answered in 0ns, first after 30ms, waited 40ms, took 20ms
    ",
    );
}

#[test]
fn a_request_that_comes_in_the_midst_of_an_answer_is_pipelined() {
    // The capture at hand shows it by what the client had heard.
    check_answers(
        "
        opened
        1.000 > P. 1:101(100) ack 1      ; -
        1.050 < .  1:1001(1000) ack 101  ; answer after 50ms
        1.060 < .  1001:2001(1000) ack 101 ; -
        1.065 > P. 101:201(100) ack 1001 ; -
        1.070 < P. 2001:2101(100) ack 101 ; -
        1.100 < P. 2101:2201(100) ack 201 ; -
        1.110 > .  201:201(0) ack 2201   ; -
        1.200 > P. 201:301(100) ack 2201 ; -
        1.260 < P. 2201:2301(100) ack 301 ; answer after 60ms
        responses 3, pipelined 1
        turn 11-12 100 asked, 100 answered in 0ns, first after 60ms, waited 70ms, took 50ms
        turn 4-5 100 asked, 2000 answered in 10ms, first after 50ms, waited 60ms, took 40ms, open
    ",
    );
}

#[test]
fn the_same_shows_where_all_that_passed_had_been_heard() {
    // At the client: only what the server sends next shows that it had not heard.
    check_answers(
        "
        opened
        1.000 > P. 1:101(100) ack 1      ; -
        1.050 < .  1:1001(1000) ack 101  ; answer after 50ms
        1.051 > P. 101:201(100) ack 1001 ; -
        1.055 < P. 1001:2001(1000) ack 101 ; -
        1.090 < P. 2001:2101(100) ack 201 ; -
        responses 2, pipelined 1
        turn 4-5 100 asked, 1000 answered in 0ns, first after 50ms, waited 60ms, took 40ms
    ",
    );
}

#[test]
fn an_answer_to_a_part_of_what_was_sent_shows_that_the_rest_was_pipelined() {
    check_answers(
        "
        opened
        1.000 > P. 1:101(100) ack 1     ; -
        1.001 > P. 101:201(100) ack 1   ; -
        1.050 < P. 1:51(50) ack 101     ; -
        1.060 < P. 51:101(50) ack 201   ; -
        1.070 > .  201:201(0) ack 101   ; -
        responses 1, pipelined 1
    ",
    );
}

#[test]
fn pipelined_requests_go_on_until_the_server_has_heard_all_of_them() {
    check_answers(
        "
        opened
        1.000 > P. 1:101(100) ack 1     ; -
        1.001 > P. 101:201(100) ack 1   ; -
        1.050 < P. 1:51(50) ack 101     ; -
        1.060 > P. 201:301(100) ack 51  ; -
        1.070 < P. 51:101(50) ack 201   ; -
        1.080 > P. 301:401(100) ack 101 ; -
        1.100 < P. 101:151(50) ack 401  ; -
        1.110 > P. 401:501(100) ack 151 ; -
        1.140 < P. 151:201(50) ack 501  ; answer after 30ms
        responses 2, pipelined 1
        turn 11-12 100 asked, 50 answered in 0ns, first after 30ms, waited 40ms, took 20ms
    ",
    );
}

#[test]
fn a_fin_of_the_server_that_was_not_heard_is_nothing_unheard() {
    check_answers(
        "
        opened
        1.000 > P. 1:101(100) ack 1     ; -
        1.050 < F. 1:51(50) ack 101     ; answer after 50ms
        1.055 > P. 101:201(100) ack 51  ; -
        responses 2, unanswered 1
        turn 4-5 100 asked, 50 answered in 0ns, first after 50ms, waited 60ms, took 40ms
    ",
    );
}

#[test]
fn ends_that_speak_before_they_have_heard_each_other_overlap() {
    // As the client sees it, and as the server does.
    let orders = [
        "1.000 > P. 1:11(10) ack 1 ; -
         1.001 < P. 1:31(30) ack 1 ; -",
        "1.000 < P. 1:31(30) ack 1 ; -
         1.001 > P. 1:11(10) ack 1 ; -",
    ];
    for order in orders {
        // It is over when the server has spoken and had heard all, and then the client.
        check_answers(&format!(
            "
            opened
            {order}
            1.0020 < .  31:31(0) ack 11       ; -
            1.0025 < P. 31:41(10) ack 11      ; -
            1.0125 > P. 11:21(10) ack 41      ; -
            1.0395 < P. 41:51(10) ack 21      ; answer after 27ms
            responses 2, overlapping 1
            turn 8-9 10 asked, 10 answered in 0ns, first after 27ms, waited 37ms, took 17ms
        "
        ));
    }
}

#[test]
fn a_request_that_was_lost_on_its_way_is_timed_for_both_ends() {
    // Behind the capture: the client waited from the beginning, the server took what is
    // left when the one that arrived had passed.
    check_answers(
        "
        opened
        1.000 > P. 1:101(100) ack 1     ; -
        1.300 > P. 1:101(100) ack 1     ; -
        1.310 < .  1:1(0) ack 101       ; -
        1.350 < P. 1:51(50) ack 101     ; answer after 350ms
        responses 1
        turn 4-7 100 asked, 50 answered in 0ns, first after 350ms, waited 360ms, took 40ms
    ",
    );
    // Before the capture, in part: it ends with what fills the hole.
    check_answers(
        "
        opened
        1.000 > .  101:201(100) ack 1   ; -
        1.300 > .  1:101(100) ack 1     ; -
        1.350 < P. 1:51(50) ack 201     ; answer after 50ms
        responses 1
        turn 5-6 200 asked, 50 answered in 0ns, first after 50ms, waited 60ms, took 40ms
    ",
    );
}

#[test]
fn a_repetition_that_comes_too_late_to_be_what_is_answered_does_not_count() {
    check_answers(
        "
        opened
        1.000 > P. 1:101(100) ack 1     ; -
        1.300 > P. 1:101(100) ack 1     ; -
        1.301 < .  1:1(0) ack 101       ; -
        1.350 < P. 1:51(50) ack 101     ; answer after 350ms
        responses 1
        turn 4-7 100 asked, 50 answered in 0ns, first after 350ms, waited 360ms, took 340ms
    ",
    );
}

#[test]
fn an_answer_begins_with_what_passes_first_of_it() {
    check_answers(
        "
        opened
        1.000 > P. 1:101(100) ack 1     ; -
        1.050 < .  1001:2001(1000) ack 101 ; answer after 50ms
        1.250 < .  1:1001(1000) ack 101 ; -
        1.260 > .  101:101(0) ack 2001  ; -
        responses 1
        turn 4-5 100 asked, 2000 answered in 200ms, first after 50ms, waited 60ms, took 40ms
    ",
    );
}

#[test]
fn a_request_without_an_answer_is_one_all_the_same() {
    for end in [
        "",
        "1.500 < R. 1:1(0) ack 101 ; -",
        "1.500 < F. 1:1(0) ack 101 ; -",
    ] {
        check_answers(&format!(
            "
            opened
            1.000 > P. 1:101(100) ack 1 ; -
            1.010 < .  1:1(0) ack 101   ; -
            {end}
            responses 1, unanswered 1
        "
        ));
    }
}

#[test]
fn a_fin_ends_a_request_where_the_answer_acknowledges_it() {
    let opening = "
        opened
        1.000 > P. 1:101(100) ack 1     ; -
        1.400 > F. 101:101(0) ack 1     ; -
    ";
    check_answers(&format!(
        "{opening}
        1.450 < P. 1:51(50) ack 102     ; answer after 50ms
        responses 1
        turn 5-6 100 asked, 50 answered in 0ns, first after 50ms, waited 60ms, took 40ms
    "
    ));
    // One that the server had not heard of ended nothing.
    check_answers(&format!(
        "{opening}
        1.450 < P. 1:51(50) ack 101     ; answer after 450ms
        responses 1
        turn 4-6 100 asked, 50 answered in 0ns, first after 450ms, waited 460ms, took 440ms
    "
    ));
}

#[test]
fn data_in_the_syn_is_a_request() {
    check_answers(
        "
        1.000 > S  0:10(10) <FO 0102030405060708> ; -
        1.020 < S. 0:0(0) ack 11        ; -
        1.030 > .  11:11(0) ack 1       ; -
        1.050 < P. 1:51(50) ack 11      ; answer after 50ms
        1.060 > .  11:11(0) ack 51      ; -
        responses 1
        turn 1-4 10 asked, 50 answered in 0ns, first after 50ms, waited 60ms, took 30ms
    ",
    );
}

#[test]
fn where_the_capture_began_late_the_first_request_that_is_seen_is_the_first() {
    check_answers(
        "
        1.000 < P. 1:51(50) ack 1       ; -
        1.001 > .  1:1(0) ack 51        ; -
        1.100 > P. 1:101(100) ack 51    ; -
        1.150 < P. 51:101(50) ack 101   ; answer after 50ms
        responses 1
        turn 3-4 100 asked, 50 answered in 0ns, first after 50ms
    ",
    );
}

#[test]
fn of_one_direction_nothing_is_told() {
    check_answers(
        "
        captured only >
        opened
        1.000 > P. 1:101(100) ack 1     ; -
        1.050 < P. 1:51(50) ack 101
        1.100 > P. 101:201(100) ack 51  ; -
        captured everything
        port 40001
        2.000 > P. 1:101(100) ack 1     ; -
        2.050 < P. 1:51(50) ack 101     ; answer after 50ms
        responses 1
        turn 5-6 100 asked, 50 answered in 0ns, first after 50ms
    ",
    );
    check("opened\n captured only >\n 1.000 > P. 1:101(100) ack 1\n responses 1, unanswered 1");
}

#[test]
fn what_was_not_captured_leaves_no_times() {
    // A request that is missing, and an answer.
    check_answers(
        "
        opened
        1.000 > P. 1:101(100) ack 1     ; -
        1.050 < P. 1:51(50) ack 101     ; answer after 50ms
        1.150 < P. 51:101(50) ack 201   ; -
        1.200 > P. 201:301(100) ack 101 ; -
        1.300 > P. 301:401(100) ack 151 ; -
        1.350 < P. 151:201(50) ack 401  ; answer after 50ms
        responses 4, unclear 2
        turn 4-5 100 asked, 50 answered in 0ns, first after 50ms, waited 60ms, took 40ms, open
        turn 8-9 100 asked, 50 answered in 0ns, first after 50ms, waited 60ms, took 40ms
    ",
    );
}

#[test]
fn a_clock_that_steps_back_leaves_no_time() {
    check_answers(
        "
        opened
        1.000 > P. 1:101(100) ack 1     ; -
        0.900 < P. 1:51(50) ack 101     ; -
        responses 1, unclear 1
    ",
    );
}
