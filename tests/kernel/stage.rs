//! A scenario being played: what the program has said of it so far.

use std::fmt::Write;
use std::net::IpAddr;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use socket2::Socket;

use crate::capture::Capture;
use crate::ends::{Between, End, Pair};
use crate::kernel;

/// No step takes longer; the longest is for a SYN-ACK that is repeated twice.
const PATIENCE: Duration = Duration::from_secs(8);
const POLL: Duration = Duration::from_millis(4);

pub struct Stage {
    pub address: IpAddr,
    pub capture: Capture,
    pub complaints: Vec<String>,
    kept: Vec<Socket>,
}

/// All that came of a scenario.
pub struct Played {
    pub complaints: Vec<String>,
    /// The segments, in lines like tcpdump's.
    pub lines: String,
    /// The records of connections.
    pub connections: Vec<Value>,
}

impl Stage {
    pub fn set(address: IpAddr) -> Self {
        Self {
            address,
            capture: Capture::start(),
            complaints: Vec::new(),
            kept: Vec::new(),
        }
    }

    /// Keeps a socket open until the capture has ended.
    pub fn keep(&mut self, socket: Socket) {
        self.kept.push(socket);
    }

    /// Waits until the kernel and the program both have the client and the
    /// server in these states.
    pub fn expect(&mut self, between: Between, client: &'static str, server: &'static str) {
        let expected = [client, server];
        let mut kernel = [""; 2];
        let mut program = [const { String::new() }; 2];
        let is_as_expected = until(|| {
            kernel = kernel_states(between, expected);
            program = self.states(between);
            kernel == expected && program == expected
        });
        if !is_as_expected {
            self.complaints.push(format!(
                "expected {expected:?}, the kernel has {kernel:?}, the program {program:?}"
            ));
        }
    }

    /// The same of one end, where nothing is to be known of the other.
    pub fn expect_end(&mut self, between: Between, end: End, expected: &'static str) {
        let mut both = ["", ""].map(str::to_owned);
        let is_as_expected = until(|| {
            let kernel = kernel::state(between.of(end), between.of(!end));
            let program = self.states(between);
            both = [kernel.to_owned(), program[end as usize].clone()];
            both.iter().all(|state| state == expected)
        });
        if !is_as_expected {
            let [kernel, program] = both;
            self.complaints.push(format!(
                "expected {end} {expected}, the kernel has {kernel}, the program {program}"
            ));
        }
    }

    /// Waits until the kernel has the end in a state.
    pub fn until_kernel(&mut self, between: Between, end: End, expected: &'static str) {
        let mut state = "";
        let is_there = until(|| {
            state = kernel::state(between.of(end), between.of(!end));
            state == expected
        });
        if !is_there {
            let complaint = format!("the kernel's {end} does not reach {expected}: {state}");
            self.complaints.push(complaint);
        }
    }

    /// Waits for as many segments that `end` sent with these flags.
    pub fn until_sent(&mut self, between: Between, end: End, flags: &str, times: usize) {
        let port = between.of(end).port();
        let count = |segments: &[Value]| {
            let is_it = |segment: &&Value| segment["srcport"] == port && segment["flags"] == flags;
            segments.iter().filter(is_it).count()
        };
        if !until(|| count(&self.segments(between)) >= times) {
            let complaint = format!("{end} does not send [{flags}] {times} times");
            self.complaints.push(complaint);
        }
    }

    /// Waits until there are as many segments.
    pub fn until_segments(&mut self, between: Between, count: usize) {
        if !until(|| self.segments(between).len() >= count) {
            self.complaints
                .push(format!("there are not {count} segments"));
        }
    }

    /// Waits until the capture shows that all that `end` sent is acknowledged.
    pub fn until_acknowledged(&mut self, pair: &Pair, end: End) {
        let is_acknowledged = || {
            let segments = self.segments(pair.between);
            let by = |end: End| {
                let port = pair.between.of(end).port();
                segments
                    .iter()
                    .filter(move |segment| segment["srcport"] == port)
            };
            let is_fin = |segment: &Value| segment["flags"].as_str().unwrap().contains('F');
            let numbers = 1 + pair.sent(end) + u32::from(by(end).any(is_fin));
            let first = by(end).next().map(|syn| number(syn, "seq_raw"));
            let acknowledged = by(!end).next_back().map(|ack| number(ack, "ack_raw"));
            first.is_some_and(|first| acknowledged == Some(first.wrapping_add(numbers)))
        };
        if !until(is_acknowledged) {
            self.complaints
                .push(format!("what the {end} sent is not acknowledged"));
        }
    }

    /// Waits for a RST.
    pub fn until_reset(&mut self) {
        let is_reset = |segment: &Value| segment["flags"].as_str().unwrap().contains('R');
        if !until(|| self.capture.segments().iter().any(is_reset)) {
            self.complaints.push("nobody sends a RST".to_owned());
        }
    }

    /// Segments between two ends.
    pub fn segments(&self, between: Between) -> Vec<Value> {
        let ports = [between.client.port(), between.server.port()];
        let mut segments = self.capture.segments();
        segments.retain(|segment| {
            let both = [&segment["srcport"], &segment["dstport"]];
            ports
                .iter()
                .all(|port| both.iter().any(|other| *other == port))
        });
        segments
    }

    /// The latest segment that `end` sent.
    pub fn latest(&self, between: Between, end: End) -> Value {
        let port = between.of(end).port();
        let mut segments = self.segments(between);
        segments.retain(|segment| segment["srcport"] == port);
        segments.pop().unwrap()
    }

    /// The states as the moves of all segments leave them; of an end that was
    /// not moved nothing.
    fn states(&self, between: Between) -> [String; 2] {
        let mut states = [const { String::new() }; 2];
        for segment in self.segments(between) {
            for end in [End::Client, End::Server] {
                let chain = segment["states"][end.key()].as_array();
                if let Some(state) = chain.and_then(|chain| chain.last()) {
                    state
                        .as_str()
                        .unwrap()
                        .clone_into(&mut states[end as usize]);
                }
            }
        }
        states
    }

    /// Ends the capture.
    pub fn end(self) -> Played {
        let records = self.capture.end();
        let (segments, others): (Vec<_>, Vec<_>) = records
            .into_iter()
            .partition(|record| record.get("frame").is_some());
        let is_connection = |record: &Value| record.get("conn_state").is_some();
        Played {
            complaints: self.complaints,
            lines: lines(&segments),
            connections: others.into_iter().filter(is_connection).collect(),
        }
    }
}

/// The kernel's states. That nothing is left of a connection is LISTEN again,
/// where that is expected and somebody listens.
fn kernel_states(between: Between, expected: [&str; 2]) -> [&'static str; 2] {
    let Between { client, server } = between;
    let listens = expected[1] == "LISTEN" && kernel::listens(server);
    let state = match kernel::state(server, client) {
        "CLOSED" if listens => "LISTEN",
        state => state,
    };
    [kernel::state(client, server), state]
}

/// Whether something comes to be in time.
pub fn until(mut is_so: impl FnMut() -> bool) -> bool {
    let end = Instant::now() + PATIENCE;
    while !is_so() {
        if Instant::now() > end {
            return false;
        }
        thread::sleep(POLL);
    }
    true
}

/// A number of a record.
pub fn number(segment: &Value, key: &str) -> u32 {
    segment[key].as_u64().unwrap().try_into().unwrap()
}

fn lines(segments: &[Value]) -> String {
    let mut text = String::new();
    for segment in segments {
        let [time, from, to, flags] =
            ["time", "srcport", "dstport", "flags"].map(|key| &segment[key]);
        let [seq, ack, window] = ["seq_raw", "ack_raw", "window_raw"].map(|key| &segment[key]);
        let (len, states) = (&segment["len"], &segment["states"]);
        let flags = flags.as_str().unwrap();
        writeln!(
            text,
            "      {time} {from} > {to}: Flags [{flags}], seq {seq}, ack {ack}, win {window}, \
             length {len}, states {states}"
        )
        .unwrap();
    }
    text
}
