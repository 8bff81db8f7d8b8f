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
    for option in [
        "--failed",
        "--slow 1s",
        "--connection 1",
        "--csv",
        "--by server",
    ] {
        let said = complaint(&format!("summary {option} -r hello.pcap"));
        assert!(said.contains("unexpected argument"), "{said}");
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
    for command in ["report", "draw ladder", "--json"] {
        let said = complaint(&format!("{command} --every 1s -i lo"));
        assert!(said.contains("unexpected argument '--every'"), "{said}");
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
