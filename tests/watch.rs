//! The full screen in a terminal of its own: it is entered, and always given back.
#![cfg(feature = "cli")]

use std::fs;
use std::fs::File;
use std::io::{ErrorKind, Read, Write};
use std::os::fd::OwnedFd;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use nix::pty::{OpenptyResult, Winsize, openpty};
use nix::sys::termios::{LocalFlags, tcgetattr};
use rustix::io::{FdFlags, fcntl_setfd};

const ENTERED: &str = "\x1b[?1049h";
const LEFT: &str = "\x1b[?1049l";
const CURSOR_SHOWN: &str = "\x1b[?25h";
const MOUSE_GIVEN_BACK: &str = "\x1b[?1000l";
const PROGRAM: &str = env!("CARGO_BIN_EXE_tcptrace");
/// A shell with jobs of its own: it says what stopped its job, and lets it go on after a line.
const SHELL: &str = r#"set -m; "$@"; echo "stopped: $?"; stty -a; read line; fg; echo "left: $?""#;
/// Nothing takes so long.
const PATIENCE: Duration = Duration::from_secs(20);

/// One program begins at a time.
static BEGINNING: Mutex<()> = Mutex::new(());

/// The program in a terminal, whose other end is here.
struct Watching {
    child: Child,
    keys: File,
    shown: Receiver<Vec<u8>>,
    text: String,
    /// The program's end of the terminal.
    terminal: OwnedFd,
}

impl Watching {
    /// Begins, unless there is no setsid(1) that gives a terminal away.
    fn begin(args: &[&str]) -> Option<Self> {
        let words = [&[PROGRAM, "watch"], args].concat();
        Self::begin_command(&words, "xterm-256color")
    }

    /// The same of any command, in a terminal that is named so.
    fn begin_command(words: &[&str], term: &str) -> Option<Self> {
        let size = Winsize {
            ws_row: 24,
            ws_col: 80,
            ws_xpixel: 0,
            ws_ypixel: 0,
        };
        // No program of another test inherits the other end: it would keep it open.
        let _alone = BEGINNING.lock().unwrap_or_else(PoisonError::into_inner);
        let OpenptyResult { master, slave } = openpty(&size, None).unwrap();
        fcntl_setfd(&master, FdFlags::CLOEXEC).unwrap();
        fcntl_setfd(&slave, FdFlags::CLOEXEC).unwrap();
        let end = || Stdio::from(slave.try_clone().unwrap());
        let child = Command::new("setsid")
            .arg("--ctty")
            .args(words)
            .env("TERM", term)
            .env("TZ", "UTC")
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .stdin(end())
            .stdout(end())
            .stderr(end())
            .spawn();
        let child = match child {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                println!("skipped: no setsid here");
                return None;
            }
            child => child.unwrap(),
        };
        let keys = File::from(master);
        let mut screen = keys.try_clone().unwrap();
        let (tell, shown) = channel();
        thread::spawn(move || {
            let mut piece = [0; 4096];
            // It ends with an error when the last of the other end is closed.
            while let Ok(read @ 1..) = screen.read(&mut piece) {
                if tell.send(piece[..read].to_vec()).is_err() {
                    return;
                }
            }
        });
        Some(Self {
            child,
            keys,
            shown,
            text: String::new(),
            terminal: slave,
        })
    }

    /// Waits until something was shown.
    fn see(&mut self, words: &str) {
        let end = Instant::now() + PATIENCE;
        while !self.text.contains(words) {
            let left = end.saturating_duration_since(Instant::now());
            let Ok(piece) = self.shown.recv_timeout(left) else {
                panic!("{words:?} was not shown: {}", self.text.escape_debug());
            };
            self.text.push_str(&String::from_utf8_lossy(&piece));
        }
    }

    fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
    }

    /// Sends a signal to the program.
    fn send(&self, signal: &str) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-s", signal, &id]).status();
        assert!(sent.unwrap().success());
    }

    /// Waits for the end of the program, and of what it showed.
    fn end(mut self) -> (ExitStatus, String, LocalFlags) {
        let end = Instant::now() + PATIENCE;
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            if Instant::now() > end {
                let _ = self.child.kill();
                panic!("it does not end: {}", self.text.escape_debug());
            }
            thread::sleep(Duration::from_millis(10));
        };
        let flags = tcgetattr(&self.terminal).unwrap().local_flags;
        drop(self.terminal);
        while let Ok(piece) = self.shown.recv_timeout(PATIENCE) {
            self.text.push_str(&String::from_utf8_lossy(&piece));
        }
        (status, self.text, flags)
    }
}

/// Whether a terminal was taken and given back; what was written behind that.
fn given_back(text: &str, flags: LocalFlags) -> &str {
    assert!(text.contains(ENTERED));
    let (_, behind) = text.rsplit_once(LEFT).expect("the screen is left");
    let last = |words: &str| text.rfind(words).unwrap_or_else(|| panic!("{words:?}"));
    assert!(
        last(CURSOR_SHOWN) > last("\x1b[?25l"),
        "the cursor is shown"
    );
    assert!(last(MOUSE_GIVEN_BACK) > last("\x1b[?1000h"));
    assert!(flags.contains(LocalFlags::ICANON | LocalFlags::ECHO));
    behind
}

#[test]
fn q_leaves_the_screen_and_gives_the_terminal_back() {
    let Some(mut watching) = Watching::begin(&["-r", "captures/backlog.pcap"]) else {
        return;
    };
    watching.see("10.0.1.2:42826");
    watching.press("q");
    let (status, text, flags) = watching.end();
    assert!(status.success(), "{status}");
    given_back(&text, flags);
}

/// Whether SIGHUP is ignored, as under nohup(1): then it stays so, and ends nothing.
fn ignores_hangups() -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    u64::from_str_radix(ignored.unwrap().trim(), 16).unwrap() & 1 != 0
}

#[test]
fn a_signal_leaves_the_screen_too() {
    for (signal, args) in [
        ("TERM", ["-r", "captures/hello.pcap", "--keep", "16m"]),
        ("INT", ["-r", "captures/chat.pcap", "--speed", "0.01"]),
        ("HUP", ["-r", "captures/chat.pcap", "--speed", "1"]),
        ("QUIT", ["-r", "captures/hello.pcap", "--keep", "16m"]),
    ] {
        if signal == "HUP" && ignores_hangups() {
            continue;
        }
        let Some(mut watching) = Watching::begin(&args) else {
            return;
        };
        watching.see("127.0.0.1");
        watching.send(signal);
        let (status, text, flags) = watching.end();
        assert!(status.code().is_some(), "{signal}: {status}");
        given_back(&text, flags);
    }
}

#[test]
fn a_terminal_that_goes_ends_it() {
    let Some(mut watching) = Watching::begin(&["-r", "captures/backlog.pcap"]) else {
        return;
    };
    watching.see("10.0.1.2:42826");
    let Watching {
        mut child,
        mut keys,
        shown,
        terminal,
        ..
    } = watching;
    drop((shown, terminal));
    // The thread that reads goes with what is shown next.
    keys.write_all(b"j").unwrap();
    drop(keys);
    let end = Instant::now() + PATIENCE;
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            assert_eq!(status.signal(), None);
            return;
        }
        assert!(Instant::now() < end, "it does not end");
        thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn a_file_that_cannot_be_read_is_said_without_a_screen() {
    let Some(watching) = Watching::begin(&["-r", "captures/no-such-file"]) else {
        return;
    };
    let (status, text, _) = watching.end();
    assert_eq!(status.code(), Some(1));
    assert!(text.contains("cannot read captures/no-such-file"), "{text}");
    assert!(!text.contains(ENTERED));
}

#[test]
fn damage_is_shown_and_said_when_the_screen_is_left() {
    let whole = std::fs::read("captures/backlog.pcap").unwrap();
    let path = std::env::temp_dir().join(format!("watch-{}.pcap", std::process::id()));
    std::fs::write(&path, &whole[..whole.len() - 10]).unwrap();
    let Some(mut watching) = Watching::begin(&["-r", path.to_str().unwrap()]) else {
        return;
    };
    watching.see("10.0.1.2:42826");
    watching.press("q");
    let (status, text, flags) = watching.end();
    std::fs::remove_file(&path).unwrap();
    assert_eq!(status.code(), Some(1));
    let behind = given_back(&text, flags);
    assert!(behind.contains("tcptrace: "), "{behind:?}");
}

#[test]
fn without_a_terminal_it_is_said_in_a_sentence() {
    let output = Command::new(env!("CARGO_BIN_EXE_tcptrace"))
        .args(["watch", "-r", "captures/hello.pcap"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.contains("standard output is no terminal"), "{said}");
}

#[test]
fn speed_and_a_command_have_their_places() {
    for (args, said) in [
        (
            &["--speed", "2", "-c", "1"][..],
            "--speed says how fast files",
        ),
        (
            &["-c", "1", "--", "true"],
            "watch has the terminal for itself",
        ),
    ] {
        let Some(watching) = Watching::begin(args) else {
            return;
        };
        let (status, text, _) = watching.end();
        assert_eq!(status.code(), Some(2), "{args:?}");
        assert!(text.contains(said), "{text}");
    }
}

/// The program as a job of a shell, of which a recording has been seen.
fn as_a_job() -> Option<Watching> {
    let words = ["sh", "-c", SHELL, "sh", PROGRAM, "watch", "-r"];
    let words = [&words[..], &["captures/backlog.pcap"]].concat();
    let mut watching = Watching::begin_command(&words, "xterm-256color")?;
    watching.see("10.0.1.2:42826");
    Some(watching)
}

/// Lets a job go on, sees all drawn anew, and leaves.
fn goes_on(mut watching: Watching) {
    watching.press("\n");
    watching.see(ENTERED);
    watching.see("10.0.1.2:42826");
    watching.press("q");
    watching.see("left: 0");
    let (status, text, flags) = watching.end();
    assert!(status.success(), "{status}");
    given_back(&text, flags);
}

#[test]
fn control_z_gives_the_terminal_back_and_fg_takes_it_again() {
    let Some(mut watching) = as_a_job() else {
        return;
    };
    watching.press("\x1a");
    // The number of SIGTSTP, from 128 on.
    watching.see("stopped: 148");
    watching.see("echoe");
    let text = std::mem::take(&mut watching.text);
    let (before, shell) = text.split_once("stopped: ").unwrap();
    assert!(before.rfind(LEFT) > before.rfind(ENTERED));
    let has = |word: &str| shell.split_whitespace().any(|one| one == word);
    assert!(has("icanon") && has("echo"), "{shell}");
    goes_on(watching);
}

#[test]
fn who_was_stopped_by_another_takes_the_terminal_again() {
    let Some(mut watching) = as_a_job() else {
        return;
    };
    let shell = watching.child.id().to_string();
    let children = format!("/proc/{shell}/task/{shell}/children");
    let Ok(job) = std::fs::read_to_string(children) else {
        println!("skipped: the system does not tell children");
        return;
    };
    let sent = Command::new("kill")
        .args(["-s", "STOP", job.trim()])
        .status();
    assert!(sent.unwrap().success());
    watching.see("stopped: ");
    watching.text.clear();
    goes_on(watching);
}

#[test]
fn a_terminal_without_a_screen_is_told_what_to_use_instead() {
    for term in ["dumb", ""] {
        let words = [PROGRAM, "watch", "-r", "captures/hello.pcap"];
        let Some(watching) = Watching::begin_command(&words, term) else {
            return;
        };
        let (status, text, _) = watching.end();
        assert_eq!(status.code(), Some(2), "{term}");
        for words in ["tcptrace -i lo", "flows --every"] {
            assert!(text.contains(words), "{text}");
        }
        assert_eq!(text.lines().count(), 1, "{text}");
    }
}

#[test]
fn control_l_draws_all_anew_on_a_terminal_that_answers_nothing() {
    let Some(mut watching) = Watching::begin(&["-r", "captures/backlog.pcap"]) else {
        return;
    };
    for _ in 0..2 {
        watching.see("10.0.1.2:42826");
        watching.text.clear();
        watching.press("\x0c");
    }
    watching.see("10.0.1.2:42826");
    watching.press("q");
    assert!(watching.end().0.success());
}
