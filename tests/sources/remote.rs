//! `--remote`: tcpdump on another host. ssh is a script that runs there what it is
//! given, which is here.

use std::fs;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use crate::program::{folder, is_installed};
use crate::support::capturing::Capturing;
use crate::support::program::{captures, tcptrace};

/// Runs what ssh is given, by a shell of this host, as a host does of which the own
/// connection is that of port 40000 to port 22.
const SSH: &str = r#"#!/bin/sh
while [ "$1" != -- ]; do shift; done
[ "$2" = root@there ] || { echo "ssh: Could not resolve hostname $2" >&2; exit 255; }
shift 2
SSH_CONNECTION="10.0.0.9%eth0 40000 10.0.0.1 22" exec sh -c "$*"
"#;

/// The program with an ssh, and maybe a tcpdump, of its own.
struct There {
    folder: PathBuf,
}

impl There {
    fn new(name: &str) -> Self {
        let there = Self {
            folder: folder(&format!("remote-{name}")),
        };
        there.install("ssh", SSH);
        // To nobody's surprise, also where the tests do not run as root.
        there.install("sudo", "#!/bin/sh\nexit 1\n");
        there
    }

    fn install(&self, name: &str, script: &str) {
        let path = self.folder.join(name);
        fs::write(&path, script).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    fn tcptrace(&self, arguments: &[&str]) -> Command {
        let path = std::env::var("PATH").unwrap();
        let mut command = tcptrace();
        command
            .env("PATH", format!("{}:{path}", self.folder.display()))
            .args(arguments);
        command
    }

    /// A tcpdump that writes down its arguments, one a line, and does as told.
    fn install_tcpdump(&self, does: &str) {
        let words = self.words().display().to_string();
        let script = format!("#!/bin/sh\nprintf '%s\\n' \"$@\" > '{words}'\n{does}\n");
        self.install("tcpdump", &script);
    }

    fn words(&self) -> PathBuf {
        self.folder.join("words")
    }
}

fn cat(recording: &str) -> String {
    format!("cat '{}'", captures().join(recording).display())
}

#[test]
fn what_tcpdump_writes_there_is_shown_here() {
    let there = There::new("shown");
    let complain = "echo 'tcpdump: listening on any' >&2";
    there.install_tcpdump(&format!("{complain}; {}", cat("hello.pcap")));
    let ran = Capturing::of(&mut there.tcptrace(&["--remote", "root@there"])).end();
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    let file = tcptrace().args(["-r", "hello.pcap"]).output().unwrap();
    assert_eq!(ran.out, String::from_utf8(file.stdout).unwrap());
    let said = "tcptrace: root@there: tcpdump: listening on any\n9 packets captured\n";
    assert_eq!(ran.err, said);
}

#[test]
fn the_own_connection_is_kept_out_and_nothing_a_user_writes_is_a_command() {
    let there = There::new("quoted");
    there.install_tcpdump(&cat("hello.pcap"));
    let trace = there.folder.join("trace");
    let filter = format!(
        "port 1 or 'x'; touch {0} $(touch {0}) `touch {0}` #",
        trace.display()
    );
    let interface = format!("lo'; touch {} '", trace.display());
    let arguments = [
        "--remote",
        "root@there",
        "-i",
        &interface,
        "-p",
        "-s",
        "99",
        "-Q",
        "in",
        &filter,
    ];
    let ran = Capturing::of(&mut there.tcptrace(&arguments)).end();
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    let words = fs::read_to_string(there.words()).unwrap();
    let own = "not (tcp and host 10.0.0.9 and host 10.0.0.1 and port 40000 and port 22)";
    let expected = [
        "-U",
        "-w",
        "-",
        "-s",
        "99",
        "-Q",
        "in",
        "-p",
        "-i",
        &interface,
        "--",
        &format!("({filter}) and {own}"),
    ];
    assert_eq!(words.lines().collect::<Vec<_>>(), expected);
    assert!(!trace.exists());
}

#[test]
fn why_a_host_does_not_capture_is_one_sentence() {
    let there = There::new("refused");
    let failure = |host: &str| {
        let ran = Capturing::of(&mut there.tcptrace(&["--remote", host])).end();
        assert_eq!(ran.status, Some(1));
        ran.err
    };
    there.install_tcpdump(
        "echo 'tcpdump: any: You do not have permission' >&2; echo '(so)' >&2; exit 1",
    );
    let said =
        "tcptrace: root@there: no capture from there: tcpdump: any: You do not have permission\n";
    assert_eq!(failure("root@there"), said);
    let said =
        "tcptrace: elsewhere: no capture from there: ssh: Could not resolve hostname elsewhere\n";
    assert_eq!(failure("elsewhere"), said);
    there.install_tcpdump("exit 7");
    let said = "tcptrace: root@there: no capture from there: ssh ended with exit status: 7\n";
    assert_eq!(failure("root@there"), said);
    there.install("ssh", "#!/bin/sh\nwhile [ \"$1\" != -- ]; do shift; done; shift 2\nunset SSH_CONNECTION; exec sh -c \"$*\"\n");
    assert!(failure("root@there").contains("SSH_CONNECTION is not set"));
    let nowhere = there
        .tcptrace(&["--remote", "root@there"])
        .env("PATH", "/nowhere")
        .output();
    let said = String::from_utf8(nowhere.unwrap().stderr).unwrap();
    assert!(said.starts_with("tcptrace: cannot run ssh: "), "{said}");
}

#[test]
fn a_capture_that_breaks_off_there_is_told() {
    let there = There::new("broken");
    let file = captures().join("hello.pcap").display().to_string();
    there.install_tcpdump(&format!(
        "head -c 300 '{file}'; sleep 0.1; echo 'tcpdump: gone' >&2; exit 1"
    ));
    let ran = Capturing::of(&mut there.tcptrace(&["--plain", "--remote", "root@there"])).end();
    assert_eq!(ran.status, Some(1));
    assert!(ran.out.lines().count() >= 2);
    assert!(
        ran.err
            .ends_with("tcptrace: root@there: no capture from there: tcpdump: gone\n"),
        "{}",
        ran.err
    );
}

#[test]
fn tcpdump_ends_with_the_capture_though_nothing_comes() {
    let there = There::new("ended");
    let pid = there.folder.join("pid");
    let file = captures().join("hello.pcap").display().to_string();
    // As tcpdump, it writes a header and waits.
    there.install_tcpdump(&format!(
        "echo $$ > '{}'; head -c 24 '{file}'; exec sleep 60",
        pid.display()
    ));
    for signal in ["INT", "KILL"] {
        let arguments = ["--remote", "root@there", "tcp port 9"];
        let capture = Capturing::of(&mut there.tcptrace(&arguments));
        let begun = Instant::now();
        let waits = || is_running(&pid);
        until(waits);
        thread::sleep(Duration::from_millis(100));
        capture.signal(signal);
        let status = capture.end().status;
        assert_eq!(status, (signal == "INT").then_some(0));
        until(|| !is_running(&pid));
        assert!(begun.elapsed() < Duration::from_secs(10));
        fs::remove_file(&pid).unwrap();
    }
}

fn is_running(pid: &Path) -> bool {
    let Ok(pid) = fs::read_to_string(pid) else {
        return false;
    };
    let status = fs::read_to_string(format!("/proc/{}/stat", pid.trim()));
    status.is_ok_and(|status| !status.contains(") Z "))
}

fn until(is_so: impl Fn() -> bool) {
    for _ in 0..500 {
        if is_so() {
            return;
        }
        thread::sleep(Duration::from_millis(10));
    }
    panic!("waited too long");
}

#[test]
fn enough_frames_end_the_real_tcpdump() {
    if !is_installed("tcpdump") {
        println!("skipped: needs tcpdump");
        return;
    }
    let there = There::new("tcpdump");
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = listener.local_addr().unwrap();
    let filter = format!("tcp port {}", address.port());
    let arguments = [
        "--remote",
        "root@there",
        "-i",
        "lo",
        "--plain",
        "-c",
        "3",
        &filter,
    ];
    let mut capture = Capturing::of(&mut there.tcptrace(&arguments));
    if !capture.hear("listening on lo") {
        println!("skipped: {}", capture.end().err);
        return;
    }
    drop(TcpStream::connect(address).unwrap());
    drop(listener.accept().unwrap());
    let ran = capture.end();
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    assert_eq!(ran.out.lines().count(), 3, "{}", ran.out);
    assert!(ran.out.contains("Flags [S.]"), "{}", ran.out);
}

#[test]
fn what_does_not_go_together_with_another_host_is_refused() {
    let refused = |arguments: &[&str], words: &str| {
        let output = tcptrace().args(arguments).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(words), "{said}");
    };
    refused(
        &["--remote", "there", "-r", "hello.pcap"],
        "cannot be used with",
    );
    refused(&["--remote", "there", "-i", "a", "-i", "b"], "give one -i");
    refused(
        &["--remote", "there", "--backend", "raw"],
        "leave out --backend raw",
    );
    refused(&["--remote=-oProxyCommand=id"], "USER@HOST");
    refused(&["--remote", "there", "-L"], "of this host");
    refused(&["--remote", "there", "--sockets"], "leave it out");
}
