//! What `ss` says.

use std::collections::{BTreeMap, HashMap};
use std::net::SocketAddr;
use std::process::Command;

use tcptrace::socket::{KernelState, SocketPair};

/// What it says of one socket.
#[derive(Debug)]
pub struct Said {
    pub state: KernelState,
    pub queues: [u32; 2],
    /// Each once, the lowest number first.
    pub processes: Vec<(u32, String)>,
    /// Times in microseconds.
    pub figures: BTreeMap<&'static str, i64>,
}

/// Of all TCP sockets in the namespace of this thread.
pub fn ask() -> HashMap<SocketPair, Said> {
    let output = Command::new("ss").arg("-tanpiOH").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().filter_map(said).collect()
}

fn said(line: &str) -> Option<(SocketPair, Said)> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let [state, received, sent, local, remote, rest @ ..] = &words[..] else {
        return None;
    };
    let ends = SocketPair {
        local: address(local)?,
        remote: address(remote)?,
    };
    let said = Said {
        state: name(state),
        queues: [received.parse().unwrap(), sent.parse().unwrap()],
        processes: processes(line),
        figures: figures(rest),
    };
    Some((ends, said))
}

/// Of a listener's other end there is none.
fn address(words: &str) -> Option<SocketAddr> {
    words.parse().ok()
}

/// `users:(("sleep",pid=4711,fd=0),("sleep",pid=4712,fd=0))`.
fn processes(line: &str) -> Vec<(u32, String)> {
    let listed = line.split_once("users:((").map_or("", |(_, rest)| rest);
    let listed = listed.split_once("))").map_or("", |(listed, _)| listed);
    let process = |words: &str| {
        let (name, rest) = words.trim_matches(['(', '"']).split_once("\",pid=")?;
        let (pid, _) = rest.split_once(',')?;
        Some((pid.parse().ok()?, name.to_owned()))
    };
    let mut processes: Vec<_> = listed.split("),(").filter_map(process).collect();
    processes.sort_unstable();
    processes.dedup();
    processes
}

fn figures(words: &[&str]) -> BTreeMap<&'static str, i64> {
    let names = ["cwnd", "ssthresh", "rtt", "rto", "unacked", "retrans"];
    let mut figures = BTreeMap::new();
    for word in words {
        let Some((name, value)) = word.split_once(':') else {
            continue;
        };
        let Some(name) = names.into_iter().find(|known| *known == name) else {
            continue;
        };
        let value = match name {
            "rtt" => micros(value.split_once('/').unwrap().0),
            "rto" => micros(value),
            // Now, and in all.
            "retrans" => value.split_once('/').unwrap().1.parse().unwrap(),
            _ => value.parse().unwrap(),
        };
        figures.insert(name, value);
    }
    figures
}

/// Of milliseconds with up to three digits.
fn micros(milliseconds: &str) -> i64 {
    let (whole, part) = milliseconds.split_once('.').unwrap_or((milliseconds, ""));
    let digits = format!("{whole}{part:0<3}");
    digits.parse().unwrap()
}

fn name(state: &str) -> KernelState {
    match state {
        "ESTAB" => KernelState::Established,
        "SYN-SENT" => KernelState::SynSent,
        "SYN-RECV" => KernelState::SynReceived,
        "FIN-WAIT-1" => KernelState::FinWait1,
        "FIN-WAIT-2" => KernelState::FinWait2,
        "TIME-WAIT" => KernelState::TimeWait,
        "CLOSE-WAIT" => KernelState::CloseWait,
        "LAST-ACK" => KernelState::LastAck,
        "LISTEN" => KernelState::Listen,
        "CLOSING" => KernelState::Closing,
        other => panic!("ss has a state {other}"),
    }
}
