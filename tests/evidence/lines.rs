//! Text that is the same octet by octet: tcpdump's output in several manners,
//! tshark's summary lines.

use std::path::Path;
use std::process::Command;

use crate::exhibit::{Exhibit, answer, question};
use crate::support::peers::{TCPDUMP, TSHARK, alone};
use crate::support::program::{captures, tcptrace};
use crate::support::tshark::{KNOWN, KNOWN_FAMILIES, SUMMARIES, up_to_tcp};

pub const TCPDUMP_LINES: Exhibit = Exhibit {
    peer: &TCPDUMP,
    folder: "tcpdump",
    ending: ".txt",
    preface: String::new,
    said: tcpdump,
    ours: plain,
    differences,
    is_compared: |_| true,
};

pub const TSHARK_SUMMARIES: Exhibit = Exhibit {
    peer: &TSHARK,
    folder: "tshark",
    ending: ".summary.txt",
    preface: what_tshark_knows,
    said: tshark,
    ours: summaries,
    differences,
    is_compared: |_| true,
};

/// What tcpdump is asked for beside `-r`, and this program with `--plain`.
const MANNERS: [&[&str]; 8] = [
    &["-nn"],
    &["-nn", "-v"],
    &["-nn", "-vv", "-e"],
    &["-nn", "-S", "-tttt", "-#"],
    &["-nn", "-q", "-ttt"],
    &["-nn", "-tt", "-X", "-K", "-v"],
    &["-nn", "-A", "-t"],
    &["-nn", "-vvv", "-xx", "-ttttt"],
];

fn tcpdump(program: &Path, capture: &str) -> String {
    in_every_manner(capture, || alone(program))
}

fn plain(capture: &str) -> String {
    in_every_manner(capture, || {
        let mut ours = tcptrace();
        ours.arg("--plain");
        ours
    })
}

fn in_every_manner(capture: &str, program: impl Fn() -> Command) -> String {
    let said = MANNERS.map(|manner| {
        let arguments = [manner, &["-r", capture]].concat();
        let mut program = program();
        program.args(&arguments).current_dir(captures());
        answer(&question("tcpdump", &arguments), &mut program)
    });
    said.concat()
}

/// The protocols, which no option of tshark's can name.
pub fn what_tshark_knows() -> String {
    let known = KNOWN.join(" ");
    let families = KNOWN_FAMILIES.map(|family| format!("{family}*")).join(" ");
    format!("# Every protocol is disabled (disabled_protos) but {known} {families}\n")
}

fn tshark(program: &Path, capture: &str) -> String {
    let arguments = [&SUMMARIES[..], &["-r", capture]].concat();
    let mut tshark = up_to_tcp(program);
    tshark.args(&arguments).current_dir(captures());
    answer(&question("tshark", &arguments), &mut tshark)
}

fn summaries(capture: &str) -> String {
    let asked = [&SUMMARIES[..], &["-r", capture]].concat();
    let mut ours = tcptrace();
    ours.args(["--style", "wireshark", "-r", capture]);
    answer(&question("tshark", &asked), &mut ours)
}

fn differences(_: &str, theirs: &str, ours: &str) -> Vec<String> {
    first_difference(theirs, ours).into_iter().collect()
}

/// The first line that differs, and the command above it.
pub fn first_difference(theirs: &str, ours: &str) -> Option<String> {
    let mut command = "";
    let [mut theirs, mut ours] = [theirs, ours].map(|text| text.split_inclusive('\n'));
    loop {
        let lines = (theirs.next(), ours.next());
        match lines {
            (None, None) => return None,
            (Some(line), Some(own)) if line == own => {
                if line.starts_with("$ ") {
                    command = line;
                }
            }
            (line, own) => {
                let [line, own] = [line, own].map(|line| line.unwrap_or("nothing\n"));
                return Some(format!("{command}  {line}  and not\n  {own}"));
            }
        }
    }
}
