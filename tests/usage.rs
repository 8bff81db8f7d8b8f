//! What is said of a command line that is wrong: one thing, and no bad advice.

#![cfg(feature = "cli")]

mod support;

use support::program::run;

#[track_caller]
fn complaint(arguments: &str) -> String {
    let ran = run(arguments);
    assert_eq!((ran.status, ran.out.as_str()), (Some(2), ""), "{arguments}");
    ran.err
}

#[test]
fn a_summary_is_of_all_connections() {
    for (option, homes) in [
        ("--failed", "report and flows"),
        ("--slow 1s", "report and flows"),
        ("--connection 1", "report, flows and draw"),
        ("--csv", "report and flows"),
        ("--by server", "flows"),
    ] {
        let said = complaint(&format!("summary {option} -r hello.pcap"));
        let (name, _) = option.split_once(' ').unwrap_or((option, ""));
        let heard = format!("tcptrace: {name} goes with {homes}, not with summary\n");
        assert_eq!(said, heard);
    }
    for option in ["--connection 1", "--server 127.0.0.1:80"] {
        let said = complaint(&format!("flows --by server {option} -r hello.pcap"));
        assert!(said.contains("cannot be used with"), "{said}");
    }
    for (option, value) in [("--connection", "first"), ("--server", "localhost")] {
        let said = complaint(&format!("report {option} {value} -r hello.pcap"));
        assert!(said.contains(&format!("invalid value '{value}'")), "{said}");
    }
    let said = complaint("summary -w - -r hello.pcap");
    assert!(
        said.contains("-w - wants standard output for itself"),
        "{said}"
    );
}

#[test]
fn what_stands_is_shown_of_what_goes_on_alone() {
    for command in ["flows", "flows --json", "flows --by server", "summary"] {
        let said = complaint(&format!("{command} --every 1s -r hello.pcap"));
        assert!(said.contains("a file is read to its end"), "{said}");
    }
    for (command, why) in [
        (
            "report",
            ", not with report; report shows a connection when it has ended",
        ),
        (
            "watch",
            ", not with watch; watch shows all the time how it stands",
        ),
        ("draw ladder", ", not with draw"),
        ("--json", ""),
    ] {
        let said = complaint(&format!("{command} --every 1s -i lo"));
        let heard = format!("tcptrace: --every goes with flows and summary{why}\n");
        assert_eq!(said, heard, "{command}");
    }
    let said = complaint("flows --every soon -i lo");
    assert!(said.contains("a time is a number of seconds"), "{said}");
}

/// Behind `--` stands a command to be run, so that nobody is sent there.
#[test]
fn an_unknown_option_is_not_said_to_go_behind_two_dashes() {
    for arguments in ["--bogus", "report --bogus", "--jsn", "flows --jsn"] {
        let said = complaint(arguments);
        assert!(said.contains("unexpected argument"), "{said}");
        assert!(!said.contains("as a value"), "{said}");
        let is_near = arguments.ends_with("--jsn");
        let tip = "tip: a similar argument exists: '--json'";
        assert_eq!(said.contains(tip), is_near, "{said}");
    }
}

/// A number behind it would be taken for a filter.
#[test]
fn a_count_of_frames_and_an_end_after_so_many_are_not_taken_for_each_other() {
    for command in ["summary", "report", "flows", "watch", "draw ladder"] {
        let said = complaint(&format!("{command} --count 3 -r hello.pcap"));
        let name = command.split(' ').next().unwrap();
        let heard = format!(
            "tcptrace: --count goes without a subcommand, not with {name}; to end after so many \
             frames, give -c COUNT\n"
        );
        assert_eq!(said, heard);
    }
    let said = complaint("--count 3 -r hello.pcap");
    assert!(
        said.contains("takes no number") && said.contains("-c 3"),
        "{said}"
    );
    let said = complaint("-i lo --count");
    assert!(
        said.contains("counts the frames of files") && said.contains("-c COUNT"),
        "{said}"
    );
}

#[test]
fn a_count_that_is_none_is_told_what_it_may_be() {
    for (arguments, option) in [
        ("-c abc", "'abc' for '-c <COUNT>'"),
        ("-c 0", "'0' for '-c <COUNT>'"),
        ("report -c 1.5", "'1.5' for '-c <COUNT>'"),
        ("-w x -G 0", "'0' for '-G <SECONDS>'"),
    ] {
        let said =
            format!("error: invalid value {option}: a whole number is expected, 1 at least\n");
        let heard = complaint(arguments);
        assert!(heard.starts_with(&said), "{heard}");
    }
}
