//! Several interfaces at once, in network namespaces of the tests' own.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use nix::sched::{CloneFlags, unshare};
use nix::unistd::gettid;
use tcptrace::capture::filter::Filter;
use tcptrace::capture::{Next, savefile};

use crate::program::folder;
use crate::support::capturing::Capturing;
use crate::support::program::run;

/// Where the server is, behind the bridge.
const SERVER: Ipv4Addr = Ipv4Addr::new(10, 9, 0, 2);

fn ip(arguments: &str) -> Result<(), String> {
    let output = Command::new("ip")
        .args(arguments.split(' '))
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("ip ({error})"))?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!(
        "ip {arguments}: {}",
        String::from_utf8_lossy(&output.stderr)
    ))
}

/// In a namespace that has a bridge, `bridge0`, with a port, `port`, whose other end is in a
/// second namespace; all at once, as they go when their threads do.
fn behind_a_bridge(test: impl FnOnce(SocketAddr) + Send + 'static) {
    let thread = thread::spawn(move || {
        let left = unshare(CloneFlags::CLONE_NEWNET)
            .map_err(|error| format!("a network namespace ({error})"))
            .and_then(|()| ip("link set lo up"));
        match left {
            Ok(()) => test(prepare().unwrap()),
            Err(error) => println!("skipped: needs {error}"),
        }
    });
    thread.join().unwrap();
}

fn prepare() -> Result<SocketAddr, String> {
    ip("link add port type veth peer name far")?;
    ip("link add bridge0 type bridge")?;
    ip("link set port master bridge0")?;
    ip("link set port up")?;
    ip("link set bridge0 up")?;
    ip("addr add 10.9.0.1/24 dev bridge0")?;
    let (far, thread) = mpsc::channel();
    let (come, address) = mpsc::channel();
    let (moved, is_moved) = mpsc::channel();
    thread::spawn(move || {
        unshare(CloneFlags::CLONE_NEWNET).unwrap();
        far.send(gettid()).unwrap();
        is_moved.recv().unwrap();
        ip("link set far up").unwrap();
        ip("addr add 10.9.0.2/24 dev far").unwrap();
        let listener = TcpListener::bind((SERVER, 0)).unwrap();
        come.send(listener.local_addr().unwrap()).unwrap();
        // It goes with the process.
        for stream in listener.incoming() {
            let mut octet = [0];
            let mut stream = stream.unwrap();
            let _ = stream
                .read_exact(&mut octet)
                .and_then(|()| stream.write_all(&octet));
        }
    });
    let thread = thread.recv().map_err(|error| error.to_string())?;
    ip(&format!("link set far netns {thread}"))?;
    moved.send(()).map_err(|error| error.to_string())?;
    let address = address.recv().map_err(|error| error.to_string())?;
    // Until the bridge forwards.
    for _ in 0..100 {
        if TcpStream::connect_timeout(&address, Duration::from_millis(50)).is_ok() {
            return Ok(address);
        }
        thread::sleep(Duration::from_millis(20));
    }
    Err("the bridge does not forward".to_owned())
}

/// A connection that carries an octet to and fro.
fn converse(address: SocketAddr) {
    let mut client = TcpStream::connect(address).unwrap();
    client.write_all(b"x").unwrap();
    client.read_to_end(&mut Vec::new()).unwrap();
}

fn pause() {
    thread::sleep(Duration::from_millis(300));
}

#[test]
fn a_segment_that_two_interfaces_show_counts_once() {
    behind_a_bridge(|address| {
        let filter = format!("tcp port {}", address.port());
        for backend in ["libpcap", "raw"] {
            let path = folder("several").join("saved.pcapng");
            let saved = path.to_str().unwrap();
            let arguments = [
                "-i",
                "bridge0",
                "-i",
                "port",
                "-i",
                "bridge0",
                "--backend",
                backend,
                "-w",
                saved,
                "--print",
                &filter,
            ];
            let mut capture = Capturing::start(&arguments);
            assert!(capture.hear("listening on bridge0, link-type EN10MB"));
            assert!(capture.hear("listening on port, link-type EN10MB"));
            converse(address);
            pause();
            capture.signal("INT");
            let ran = capture.end();
            assert_eq!(ran.status, Some(0), "{}", ran.err);
            let again = ran.out.matches("captured at another point too,").count();
            assert!(again >= 8, "{}", ran.out);
            assert!(
                ran.out.contains("other points too (bridge0, port)"),
                "{}",
                ran.out
            );
            assert!(ran.out.contains("verdict  closed in order"), "{}", ran.out);
            assert!(!ran.out.contains("retransmission"), "{}", ran.out);
            let counted = format!("\n{} packets captured\n", 2 * again);
            assert!(ran.err.contains(&counted), "{}", ran.err);
            assert_eq!(places(saved), ["bridge0", "port"]);
            assert_eq!(run(&format!("-r {saved} {filter}")).out, ran.out);
        }
    });
}

/// The interfaces of a file; its frames are in order, and of all of them.
fn places(saved: &str) -> Vec<String> {
    let mut source = savefile::open(saved, Filter::default()).unwrap();
    let (mut seen, mut last) = ([false; 2], None);
    while let Next::Frame(frame) = source.next_frame().unwrap() {
        seen[frame.interface as usize] = true;
        assert!(last <= Some(frame.time));
        last = Some(frame.time);
    }
    assert_eq!(seen, [true; 2]);
    let interfaces = &source.origin().unwrap().interfaces;
    interfaces
        .iter()
        .map(|one| one.name.as_deref().unwrap().to_owned())
        .collect()
}

#[test]
fn frames_of_several_interfaces_come_in_the_order_of_their_times() {
    behind_a_bridge(|address| {
        let lo = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        lo.connect(lo.local_addr().unwrap()).unwrap();
        let bridge = UdpSocket::bind((Ipv4Addr::new(10, 9, 0, 1), 0)).unwrap();
        let port = lo.local_addr().unwrap().port();
        let path = folder("order").join("saved.pcapng");
        let filter = format!("udp dst port {port}");
        let mut capture = Capturing::start(&[
            "-i",
            "lo",
            "-i",
            "port",
            "-w",
            path.to_str().unwrap(),
            &filter,
        ]);
        assert!(capture.hear("listening on port"));
        for turn in 0..100 {
            lo.send(b"lo").unwrap();
            bridge.send_to(b"bridge0", (address.ip(), port)).unwrap();
            // Now and then longer than a block of the kernel's is kept.
            let pause = if turn % 20 == 0 { 70 } else { turn % 3 };
            thread::sleep(Duration::from_millis(pause));
        }
        pause();
        capture.signal("TERM");
        let ran = capture.end();
        assert!(
            ran.err
                .contains("\n200 packets captured\n200 packets received by filter\n"),
            "{}",
            ran.err
        );
        assert_eq!(places(path.to_str().unwrap()), ["lo", "port"]);
    });
}

#[test]
fn an_interface_that_is_lost_is_told_and_the_others_go_on() {
    behind_a_bridge(|address| {
        ip("link add other type veth peer name another").unwrap();
        ip("link set other up").unwrap();
        for backend in ["libpcap", "raw"] {
            ip("link add gone type veth peer name there").unwrap();
            ip("link set gone up").unwrap();
            ip("link set there up").unwrap();
            let filter = format!("tcp port {}", address.port());
            let arguments = [
                "-i",
                "gone",
                "-i",
                "bridge0",
                "--plain",
                "--backend",
                backend,
                &filter,
            ];
            let mut capture = Capturing::start(&arguments);
            assert!(capture.hear("listening on bridge0"));
            ip("link del gone").unwrap();
            assert!(capture.hear("tcptrace: gone: capture stopped: "));
            converse(address);
            pause();
            capture.signal("INT");
            let ran = capture.end();
            assert_eq!(ran.status, Some(0), "{}", ran.err);
            assert_eq!(ran.err.matches("capture stopped").count(), 1, "{}", ran.err);
            assert!(ran.out.lines().count() >= 8, "{}", ran.out);
        }
    });
}

#[test]
fn the_loss_of_all_interfaces_ends_the_capture() {
    behind_a_bridge(|_| {
        ip("link add one type veth peer name two").unwrap();
        ip("link set one up").unwrap();
        ip("link set two up").unwrap();
        let mut capture = Capturing::start(&["-i", "one", "-i", "two", "--plain"]);
        assert!(capture.hear("listening on two"));
        ip("link del one").unwrap();
        let ran = capture.end();
        assert_eq!(ran.status, Some(1));
        assert_eq!(ran.err.matches("capture stopped").count(), 2, "{}", ran.err);
    });
}

#[test]
fn link_types_may_differ_but_not_in_a_pcap_file() {
    behind_a_bridge(|address| {
        let path = folder("link-types").join("saved.pcap");
        let saved = path.to_str().unwrap();
        let filter = format!("tcp port {}", address.port());
        for (file, status) in [(saved.to_owned(), 1), (format!("{saved}ng"), 0)] {
            let mut capture =
                Capturing::start(&["-i", "any", "-i", "bridge0", "-w", &file, &filter]);
            assert!(capture.hear("listening on any, link-type LINUX_SLL2"));
            assert!(capture.hear("listening on bridge0, link-type EN10MB"));
            converse(address);
            pause();
            capture.signal("INT");
            let ran = capture.end();
            assert_eq!(ran.status, Some(status), "{}", ran.err);
            let refused = "a pcap file holds frames of one link type";
            assert_eq!(ran.err.contains(refused), status == 1, "{}", ran.err);
        }
    });
}

#[test]
fn what_asks_one_interface_is_not_answered_for_several() {
    let ran = run("-L -i lo -i any");
    assert_eq!(ran.status, Some(2));
    assert!(ran.err.contains("give one -i"), "{}", ran.err);
}
