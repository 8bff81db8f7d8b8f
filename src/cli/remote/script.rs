//! What another host is asked to do, as a command line of its shell.
//!
//! Whatever that shell is, it sees one word in single quotes for sh. In there, what a
//! user wrote, a filter or a name, is one word again: nothing of it is a command.

use tcptrace::capture::filter::Filter;
use tcptrace::frame::MAX_LEN;

use crate::cli::args::{CaptureArgs, DirectionArg};

/// Keeps the connection that carries the capture out of it: each frame would bring
/// another one. The host says which it is; an address may come with its interface.
const OWN: &str = "set -- $SSH_CONNECTION; \
    if [ $# -ne 4 ]; then \
    echo \"SSH_CONNECTION is not set there, so that this connection cannot be kept out\" >&2; \
    exit 1; fi; \
    own=\"(tcp and host ${1%%%*} and host ${3%%%*} and port $2 and port $4)\"; ";

/// tcpdump where other users do not look for it; with sudo where that takes no password.
const PRIVILEGE: &str = "PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin; sudo=; \
    if [ \"$(id -u)\" != 0 ] && sudo -n tcpdump --version >/dev/null 2>&1; \
    then sudo=\"sudo -n\"; fi; ";

/// Ends tcpdump when standard input ends, and so with the connection, also where no
/// frame comes on which it would notice. Ends with its status.
const WATCH: &str = "pid=$!; \
    (cat; kill $pid || $sudo kill $pid) <&3 >/dev/null 2>&1 & \
    watch=$!; wait $pid; status=$?; kill $watch 2>/dev/null; exit $status";

/// The command line that captures what the arguments ask for, and writes it out.
pub fn command(args: &CaptureArgs, filter: &Filter) -> String {
    let interface = args.interface.first().map_or("any", String::as_str);
    let options = options(args).join(" ");
    let wanted = match filter.expression() {
        "" => String::new(),
        expression => quoted(&format!("({expression}) and ")),
    };
    let script = format!(
        "{OWN}{PRIVILEGE}exec 3<&0; \
         $sudo tcpdump -U -w - {options} -i {} -- {wanted}\"not $own\" & {WATCH}",
        quoted(interface)
    );
    format!("exec sh -c {}", quoted(&script))
}

/// tcpdump's options for what was asked for.
fn options(args: &CaptureArgs) -> Vec<String> {
    let snapshot = args.snapshot.filter(|&snapshot| snapshot > 0);
    let mut options = vec![format!("-s {}", snapshot.unwrap_or(MAX_LEN))];
    options.extend(args.buffer.map(|kib| format!("-B {kib}")));
    options.extend(
        args.link_type
            .as_ref()
            .map(|name| format!("-y {}", quoted(name))),
    );
    options.extend(args.direction.map(|direction| {
        let word = match direction {
            DirectionArg::In => "in",
            DirectionArg::Out => "out",
            DirectionArg::Inout => "inout",
        };
        format!("-Q {word}")
    }));
    let flags = [
        (args.no_promiscuous, "-p"),
        (args.monitor_mode, "-I"),
        (args.immediate_mode, "--immediate-mode"),
        (args.no_optimize, "-O"),
    ];
    let asked = flags.into_iter().filter(|&(is_asked, _)| is_asked);
    options.extend(asked.map(|(_, flag)| flag.to_owned()));
    options
}

/// A word in single quotes. Some shells do not take an end of line in there; to a filter
/// it is a space.
fn quoted(word: &str) -> String {
    let word = word.replace(['\n', '\r', '\0'], " ");
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    /// What a word is after a shell took its quotes off.
    fn unquoted(word: &str) -> String {
        let script = format!("printf %s {}", quoted(word));
        let output = Command::new("sh").args(["-c", &script]).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    }

    #[test]
    fn whatever_a_user_writes_is_one_word_and_no_command() {
        for word in [
            "tcp port 80",
            "'; touch /tmp/x; '",
            "$(id) `id` $HOME \"\\\" !! *",
            "it's",
            "''",
        ] {
            assert_eq!(unquoted(word), word);
        }
        assert_eq!(unquoted("tcp\nport 80"), "tcp port 80");
    }
}
