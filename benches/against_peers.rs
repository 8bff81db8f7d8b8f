//! Processor time against tcpdump, whole processes, on one capture.
//!
//! Prints ratios, since machines differ: `report --json` against what libpcap
//! takes to copy the file (`tcpdump -w`), and `--plain` lines against
//! `tcpdump -nn`, to nowhere and to a file (where both pay the same for writing). Each figure is the least of several rounds in which the
//! programs take turns. With two words it also fails above the limits:
//!
//! ```text
//! cargo bench --bench against_peers -- --check
//! ```

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;
use std::{env, fs};

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;

/// Connections, and requests with answers in each: 1.2 million segments.
const FLOWS: u32 = 8;
const ROUNDS: u32 = 37_500;
/// How often each program runs.
const TURNS: usize = 5;
/// What is promised: our time over tcpdump's.
const REPORT_LIMIT: f64 = 1.0;
const LINES_LIMIT: f64 = 1.0 / 15.0;

fn main() -> ExitCode {
    if Command::new("tcpdump").arg("--version").output().is_err() {
        println!("skipped: tcpdump is not installed");
        return ExitCode::SUCCESS;
    }
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let capture = folder.join("few.pcap");
    write_capture(&capture).expect("the target folder takes a capture of 550 MB");
    let lines = folder.join("lines.txt");
    let report = ratio(
        "report --json / tcpdump -w /dev/null",
        (
            env!("CARGO_BIN_EXE_tcptrace"),
            &["report", "--json", "-r"],
            &capture,
            Path::new("/dev/null"),
        ),
        (
            "tcpdump",
            &["-w", "/dev/null", "-r"],
            &capture,
            Path::new("/dev/null"),
        ),
    );
    let nowhere = Path::new("/dev/null");
    let plain = |what, out| {
        ratio(
            what,
            (
                env!("CARGO_BIN_EXE_tcptrace"),
                &["--plain", "-r"],
                &capture,
                out,
            ),
            ("tcpdump", &["-nn", "-r"], &capture, out),
        )
    };
    let to_nowhere = plain("--plain / tcpdump -nn, both to /dev/null", nowhere);
    plain("--plain / tcpdump -nn, both to a file", &lines);
    for leftover in [&capture, &lines] {
        let _ = fs::remove_file(leftover);
    }
    let checks = env::args().any(|argument| argument == "--check");
    if checks && (report > REPORT_LIMIT || to_nowhere > LINES_LIMIT) {
        println!("over the limits: {REPORT_LIMIT} and {LINES_LIMIT:.3}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

type Run<'a> = (&'a str, &'a [&'a str], &'a Path, &'a Path);

fn ratio(what: &str, ours: Run<'_>, theirs: Run<'_>) -> f64 {
    let mut best = [Duration::MAX; 2];
    for _ in 0..TURNS {
        for (best, run) in best.iter_mut().zip([ours, theirs]) {
            *best = processor_time(run).min(*best);
        }
    }
    let [ours, theirs] = best.map(|time| time.as_secs_f64());
    let ratio = ours / theirs;
    println!(
        "{what}: {ours:.3} s / {theirs:.3} s = {ratio:.3} (1/{:.1})",
        1.0 / ratio
    );
    ratio
}

/// User and system time of a run.
fn processor_time((program, arguments, capture, out): Run<'_>) -> Duration {
    let before = children();
    let status = Command::new(program)
        .args(arguments)
        .arg(capture)
        .stdout(File::create(out).expect("the output opens"))
        .stderr(Stdio::null())
        .status()
        .expect("the program starts");
    assert!(status.success(), "{program} {arguments:?}: {status}");
    children().saturating_sub(before)
}

fn children() -> Duration {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("the system counts");
    let total = usage.user_time().num_microseconds() + usage.system_time().num_microseconds();
    Duration::from_micros(total.unsigned_abs())
}

/// Well-formed connections with requests, answers and acknowledgments, their
/// segments interleaved; the same octets every time.
fn write_capture(path: &Path) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 20, File::create(path)?);
    let mut header = vec![0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0];
    header.extend([0; 8]);
    header.extend(262_144_u32.to_le_bytes());
    header.extend(1_u32.to_le_bytes());
    out.write_all(&header)?;
    let mut flows: Vec<Flow> = (0..FLOWS).map(Flow::new).collect();
    let mut random = Random(7);
    let mut microseconds = 0;
    while !flows.is_empty() {
        let place = random.below(u32::try_from(flows.len()).unwrap_or(1)) as usize;
        let Some(frame) = flows[place].next_frame() else {
            flows.swap_remove(place);
            continue;
        };
        microseconds += 3;
        let len = u32::try_from(frame.len()).unwrap_or(0).to_le_bytes();
        let (second, fraction) = (
            1_700_000_000 + microseconds / 1_000_000,
            microseconds % 1_000_000,
        );
        for word in [u32::to_le_bytes(second), fraction.to_le_bytes(), len, len] {
            out.write_all(&word)?;
        }
        out.write_all(&frame)?;
    }
    out.flush()
}

/// A connection, one segment at a time.
struct Flow {
    number: u32,
    step: u32,
    random: Random,
    client: u32,
    server: u32,
}

impl Flow {
    fn new(number: u32) -> Self {
        let mut random = Random(u64::from(number) + 1);
        let (client, server) = (random.next(), random.next());
        Self {
            number,
            step: 0,
            random,
            client,
            server,
        }
    }

    /// Handshake, rounds of request, ACK, answer, ACK, and four to close.
    fn next_frame(&mut self) -> Option<Vec<u8>> {
        const SYN: u8 = 0x02;
        const ACK: u8 = 0x10;
        const PSH_ACK: u8 = 0x18;
        const FIN_ACK: u8 = 0x11;
        let step = self.step;
        self.step += 1;
        let last = 3 + 4 * ROUNDS;
        let (to_server, flags, len) = match step {
            0 => (true, SYN, 0),
            1 => (false, SYN | ACK, 0),
            2 => (true, ACK, 0),
            _ if step < last => match (step - 3) % 4 {
                0 => (true, PSH_ACK, 1 + self.random.below(1400)),
                1 => (false, ACK, 0),
                2 => (false, PSH_ACK, 100 + self.random.below(1349)),
                _ => (true, ACK, 0),
            },
            _ => match step - last {
                0 => (true, FIN_ACK, 0),
                1 => (false, ACK, 0),
                2 => (false, FIN_ACK, 0),
                3 => (true, ACK, 0),
                _ => return None,
            },
        };
        let frame = self.frame(to_server, flags, len);
        let moved = len + u32::from(flags & 0x03 != 0);
        let sent = if to_server {
            &mut self.client
        } else {
            &mut self.server
        };
        *sent = sent.wrapping_add(moved);
        Some(frame)
    }

    fn frame(&self, to_server: bool, flags: u8, len: u32) -> Vec<u8> {
        let client = (
            [10, 0, 0, 1 + u8::try_from(self.number).unwrap_or(0)],
            1024 + self.number,
            self.client,
        );
        let port = [80, 443, 4444, 5432][self.number as usize % 4];
        let server = ([10, 240, 0, 1], port, self.server);
        let (src, dst) = if to_server {
            (client, server)
        } else {
            (server, client)
        };
        let options: &[u8] = if flags & 0x02 == 0 {
            &[1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 1]
        } else {
            &[
                2, 4, 5, 0xb4, 4, 2, 8, 10, 0, 0, 0, 1, 0, 0, 0, 0, 1, 3, 3, 7,
            ]
        };
        let header_len = 20 + u32::try_from(options.len()).unwrap_or(0);
        let wire_port = |port: u32| u16::try_from(port).unwrap_or(0).to_be_bytes();
        let half = |value: u32| u16::try_from(value).unwrap_or(0).to_be_bytes();
        let acknowledged = if flags & 0x10 == 0 { 0 } else { dst.2 };
        let mut frame = vec![2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0, 0x45, 0];
        frame.extend(half(20 + header_len + len));
        frame.extend([0, 0, 0x40, 0, 64, 6, 0, 0]);
        frame.extend(src.0);
        frame.extend(dst.0);
        frame.extend(wire_port(src.1));
        frame.extend(wire_port(dst.1));
        frame.extend(src.2.to_be_bytes());
        frame.extend(acknowledged.to_be_bytes());
        frame.extend([u8::try_from(header_len / 4 * 16).unwrap_or(0), flags]);
        frame.extend([1, 246, 0, 0, 0, 0]);
        frame.extend(options);
        frame.extend((32..127).cycle().take(len as usize));
        frame
    }
}

/// Numerical Recipes' linear congruential generator: the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(self.0 >> 32).unwrap_or(0)
    }

    fn below(&mut self, limit: u32) -> u32 {
        self.next() % limit
    }
}
