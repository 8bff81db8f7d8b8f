//! Which frames the report gives as the evidence of a verdict.

use tcptrace::sink::printed::Printed;
use tcptrace::sink::report::{Report, ReportOptions};
use tcptrace::sink::words::Lang;

use super::support::script::show_script;
use super::{options, verdicts};

pub fn reported_in_chinese(script: &str) -> String {
    let mut out = Vec::new();
    let options = ReportOptions {
        lang: Lang::Zh,
        ..options(None)
    };
    show_script(script, Printed::new(Report::new(options), &mut out));
    String::from_utf8(out).unwrap()
}

fn evidence(script: &str) -> String {
    let verdict = verdicts(script).concat();
    let (_, frames) = verdict.rsplit_once("  [").unwrap();
    frames.trim_end_matches(']').to_owned()
}

/// What stood in the line with the verdict stands in the report, though the
/// other end went on before it had the RST.
#[test]
fn frames_after_a_reset_do_not_hide_the_one_that_provoked_it() {
    let data_after_close = "
        opened
        1.000 < F. 1:1(0) ack 1
        1.010 > .  1:1(0) ack 2
        1.020 > P. 1:11(10) ack 2
        1.030 < R  2:2(0)
    ";
    let went_on = "
        1.031 > P. 11:21(10) ack 2
        1.041 < R  2:2(0)
    ";
    assert_eq!(evidence(data_after_close), "frames 6, 7");
    assert_eq!(
        evidence(&(data_after_close.to_owned() + went_on)),
        "frames 6, 7"
    );
    let forgotten = "
        opened
        1.000 > P. 1:11(10) ack 1
        1.010 < R  1:1(0)
        1.011 > P. 11:21(10) ack 1
    ";
    assert_eq!(evidence(forgotten), "frames 4, 5");
}

#[test]
fn data_that_was_not_read_is_shown_and_not_what_came_after_it() {
    let keep_alive = "
        opened
        1.000 > P. 1:3(2) ack 1
        1.010 < .  1:1(0) ack 3
        2.000 > .  2:2(0) ack 1
        2.010 < .  1:1(0) ack 3
        3.000 > P. 2:3(1) ack 1
        3.010 < .  1:1(0) ack 3
        4.500 < R. 1:1(0) ack 3
    ";
    assert_eq!(evidence(keep_alive), "frames 4, 10");
    let bare_fin = "
        opened
        1.000 < P. 1:201(200) ack 1
        1.010 > .  1:1(0) ack 201
        1.020 < F. 201:201(0) ack 1
        1.030 > .  1:1(0) ack 202
        1.200 > R. 1:1(0) ack 202
    ";
    assert_eq!(evidence(bare_fin), "frames 4, 8");
}

/// A window probe brings an octet for which there is no room.
#[test]
fn a_probe_of_a_closed_window_is_not_the_data_that_was_not_read() {
    let probed = "
        opened
        1.000 > P. 1:1001(1000) ack 1
        1.010 < .  1:1(0) ack 1001 win 0
        2.000 > .  1001:1002(1) ack 1
        2.010 < .  1:1(0) ack 1001 win 0
        2.500 < R. 1:1(0) ack 1001
    ";
    assert_eq!(evidence(probed), "frames 4, 8");
}

#[test]
fn chinese_says_which_frame_was_the_last_of_the_end_that_vanished() {
    let vanished = "
        opened
        1.0 > P. 1:2(1) ack 1
        2.0 > P. 1:2(1) ack 1
        3.0 > P. 1:2(1) ack 1
        4.0 > P. 1:2(1) ack 1
    ";
    let sentence = "没有应答客户端的 3 次重复，最后一次见到服务器的报文段是第 2 帧  [第 2、7 帧]";
    let report = reported_in_chinese(vanished);
    assert!(report.contains(sentence), "{report}");
}

#[test]
fn an_unknown_state_is_said_in_the_language_of_the_sentence() {
    let report = reported_in_chinese("1.0 > R. 1:1(0) ack 1");
    let sentence = "最终状态：客户端 CLOSED，服务器 未知\n";
    assert!(report.contains(sentence), "{report}");
}
