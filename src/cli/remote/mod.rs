//! A capture on another host: `--remote USER@HOST` runs tcpdump there through ssh, and
//! reads what it writes.

mod script;

use std::io::{self, BufRead, BufReader, IsTerminal, Read};
use std::mem;
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use tcptrace::capture::Source;
use tcptrace::capture::filter::Filter;
use tcptrace::capture::live::stop::Stop;
use tcptrace::capture::live::stream;
use tcptrace::error::Error;

use crate::cli::args::CaptureArgs;
use crate::cli::aside;
use crate::cli::failure::Failure;

/// How long ssh may take to end once it was asked to.
const PATIENCE: Duration = Duration::from_secs(3);

/// ssh, and tcpdump at its other end.
pub struct Remote {
    host: String,
    ssh: Child,
    /// Its end ends tcpdump.
    input: Option<ChildStdin>,
    said: Talk,
    listener: JoinHandle<()>,
}

/// What ssh and tcpdump say on standard error: kept while it may be why nothing comes,
/// then passed on as it comes.
#[derive(Clone)]
struct Talk {
    host: String,
    kept: Arc<Mutex<Overheard>>,
}

#[derive(Default)]
struct Overheard {
    has_begun: bool,
    lines: Vec<String>,
    last: String,
}

/// Begins to capture on `host`.
pub fn open(
    host: &str,
    args: &CaptureArgs,
    filter: &Filter,
    stop: &Stop,
) -> Result<(Box<dyn Source>, Remote), Failure> {
    let failed = |source| Failure::Run {
        command: PathBuf::from("ssh"),
        source,
    };
    let mut ssh = ssh(host, &script::command(args, filter))
        .spawn()
        .map_err(failed)?;
    let missing = || failed(io::ErrorKind::BrokenPipe.into());
    let output = ssh.stdout.take().ok_or_else(missing)?;
    let words = ssh.stderr.take().ok_or_else(missing)?;
    let said = Talk {
        host: host.to_owned(),
        kept: Arc::default(),
    };
    let listener = thread::Builder::new().name("ssh".to_owned());
    let hearing = said.clone();
    let listener = listener
        .spawn(move || hearing.listen(words))
        .map_err(failed)?;
    let remote = Remote {
        host: host.to_owned(),
        input: ssh.stdin.take(),
        ssh,
        said,
        listener,
    };
    // It was filtered where it was captured.
    match stream::through(output.into(), host, Filter::default(), stop) {
        Ok(source) => {
            remote.said.begin();
            Ok((source, remote))
        }
        Err(_) if stop.is_requested() => {
            remote.end();
            Err(Error::Stopped.into())
        }
        Err(error) => Err(remote.end().unwrap_or(Failure::Library(error))),
    }
}

fn ssh(host: &str, command: &str) -> Command {
    let mut ssh = Command::new("ssh");
    // Nobody is there to be asked for a password.
    let is_batch = if io::stderr().is_terminal() {
        "no"
    } else {
        "yes"
    };
    ssh.args(["-T", "-o", &format!("BatchMode={is_batch}")])
        .args(["-o", "ServerAliveInterval=15", "--", host, command])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    ssh
}

impl Remote {
    /// Ends tcpdump and ssh, where they still run; why they failed, if they did.
    pub fn end(mut self) -> Option<Failure> {
        drop(self.input.take());
        let status = wait(&mut self.ssh);
        // What is left of it is read by now, or nobody holds the pipe any more.
        let has_ended = status.is_some();
        if has_ended {
            let _ = self.listener.join();
        }
        if status.is_some_and(|status| status.success()) {
            return None;
        }
        let why = self.said.why().unwrap_or_else(|| match status {
            Some(status) => format!("ssh ended with {status}"),
            None => "ssh did not end".to_owned(),
        });
        Some(Failure::Remote {
            host: self.host,
            reason: why,
        })
    }
}

/// Waits for a child, and kills it where it takes long.
fn wait(child: &mut Child) -> Option<ExitStatus> {
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        if let Ok(Some(status)) = child.try_wait() {
            return Some(status);
        }
        thread::sleep(Duration::from_millis(10));
    }
    child.kill().ok()?;
    child.wait().ok()
}

impl Talk {
    fn listen(&self, words: impl Read) {
        for line in BufReader::new(words).split(b'\n') {
            let Ok(line) = line else { return };
            let line = String::from_utf8_lossy(&line);
            let line: String = line.chars().filter(|c| !c.is_control()).collect();
            if line.is_empty() {
                continue;
            }
            let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
            if kept.has_begun {
                aside::say(format!("tcptrace: {}: {line}", self.host));
            } else {
                kept.lines.push(line.clone());
            }
            kept.last = line;
        }
    }

    /// Passes on what was kept; the capture has begun.
    fn begin(&self) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.has_begun = true;
        for line in mem::take(&mut kept.lines) {
            aside::say(format!("tcptrace: {}: {line}", self.host));
        }
    }

    /// What was said last, which tells why nothing came. What was said before is passed on.
    fn why(&self) -> Option<String> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let lines = mem::take(&mut kept.lines);
        // tcpdump may explain itself in another line, in brackets.
        let explained = match &lines[..] {
            [.., line, more] if more.starts_with('(') => Some((line, 2)),
            _ => None,
        };
        let (why, told) = explained.unwrap_or((&kept.last, 1));
        let before = lines.len().saturating_sub(told);
        for line in lines.iter().take(before) {
            aside::say(format!("tcptrace: {}: {line}", self.host));
        }
        (!why.is_empty()).then(|| why.clone())
    }
}
