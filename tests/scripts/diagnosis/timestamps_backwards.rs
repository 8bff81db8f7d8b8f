//! SYNs that are ignored for their timestamps.

use super::super::check_diagnosed;
use super::super::support::stories::{IGNORED_TOO, TWO_CLOCKS};

/// What is found of those of [`TWO_CLOCKS`] that are taken.
const TAKEN: &str = "
    diagnosis -
    diagnosis -
";
const NOTHING: &str = "
    diagnosis -
    diagnosis -
    diagnosis -
";

#[test]
fn a_second_that_is_ignored_shows_that_the_timestamps_run_backwards() {
    let ignored = IGNORED_TOO.to_owned() + " ; timestamps_backwards\n";
    let found = "diagnosis timestamps_backwards client";
    // By the second it is known of the first.
    let first = format!("{TAKEN}{found}, never, times 3, behind 897000");
    check_diagnosed(&format!(
        "{TWO_CLOCKS}{ignored}{first}\n{found}, never, times 3, behind 893000"
    ));
    check_diagnosed(&format!(
        "{TWO_CLOCKS}{ignored}
        13.00 > S  0:0(0)       <TS val 12000 ecr 0>
        13.01 < S. 0:0(0) ack 1 <TS val 9 ecr 12000>
        {first}\n{found}, opened, times 4, behind 893000
    "
    ));
    // It is told with the next segment of that.
    check_diagnosed(&format!(
        "{TWO_CLOCKS}{ignored}
        port 40002
        9.100 > S  0:0(0)       <TS val 8100 ecr 0> ; timestamps_backwards
        {TAKEN}{found}, never, times 4, behind 897000
        {found}, never, times 3, behind 893000
    "
    ));
}

#[test]
fn what_is_ignored_with_a_higher_timestamp_is_ignored_for_something_else() {
    check_diagnosed(&format!(
        "{TWO_CLOCKS}
        6.000 > S  0:0(0)       <TS val 990000 ecr 0>
        7.000 > S  0:0(0)       <TS val 991000 ecr 0>
        9.000 > S  0:0(0)       <TS val 993000 ecr 0>
        port 40004
        10.00 > S  0:0(0)       <TS val 5000 ecr 0>
        11.00 > S  0:0(0)       <TS val 6000 ecr 0>
        13.00 > S  0:0(0)       <TS val 8000 ecr 0>
        {NOTHING}
        diagnosis -
        diagnosis -
    "
    ));
}

#[test]
fn a_lower_one_that_is_taken_shows_that_the_server_does_not_look() {
    check_diagnosed(&format!(
        "{TWO_CLOCKS}
        6.000 > S  0:0(0)       <TS val 5000 ecr 0>
        6.010 < S. 0:0(0) ack 1 <TS val 9 ecr 5000>
        port 40004
        10.00 > S  0:0(0)       <TS val 5000 ecr 0>
        11.00 > S  0:0(0)       <TS val 6000 ecr 0>
        13.00 > S  0:0(0)       <TS val 8000 ecr 0>
        {NOTHING}
        diagnosis -
        diagnosis -
    "
    ));
}

#[test]
fn timestamps_at_random_belong_to_no_clock() {
    let at_random = TWO_CLOCKS.replace("901000", "800901000");
    check_diagnosed(&format!(
        "{at_random}{IGNORED_TOO}{NOTHING}    diagnosis -\n"
    ));
}

#[test]
fn a_minute_later_nobody_remembers() {
    let minute_later = |script: &str| {
        let lines = script.lines().map(|line| {
            let Some((time, rest)) = line.trim().split_once(" > S ") else {
                return line.to_owned();
            };
            let time: f64 = time.parse().unwrap();
            let later = if time < 2.0 { time } else { time + 60.0 };
            format!("{later:.3} > S {rest}")
        });
        lines.collect::<Vec<_>>().join("\n")
    };
    let (both, ignored) = (minute_later(TWO_CLOCKS), minute_later(IGNORED_TOO));
    check_diagnosed(&format!("{both}{ignored}{NOTHING}    diagnosis -\n"));
}
