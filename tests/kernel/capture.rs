//! The program, capturing on the loopback of the scenario's namespace.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use crate::support::program::tcptrace;

/// A capture that goes on, and the records it has printed so far.
pub struct Capture {
    child: Child,
    records: Arc<Mutex<Vec<Value>>>,
    reader: Option<JoinHandle<()>>,
}

impl Capture {
    /// Starts it and waits until it captures.
    pub fn start() -> Self {
        let mut child = tcptrace()
            .args(["-i", "lo", "--json", "--immediate-mode", "-U", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut word = String::new();
        let mut said = BufReader::new(child.stderr.take().unwrap());
        said.read_line(&mut word).unwrap();
        assert!(word.contains("listening on lo"), "{word}");
        // Where it is to end with words, there is somebody to read them.
        thread::spawn(move || said.lines().count());
        let records = Arc::default();
        let out = child.stdout.take().unwrap();
        let into = Arc::clone(&records);
        let reader = Some(thread::spawn(move || read(out, &into)));
        Self {
            child,
            records,
            reader,
        }
    }

    /// The segments so far.
    pub fn segments(&self) -> Vec<Value> {
        let records = self.records.lock().unwrap();
        let is_segment = |record: &&Value| record.get("frame").is_some();
        records.iter().filter(is_segment).cloned().collect()
    }

    /// Ends it; all that it printed.
    pub fn end(mut self) -> Vec<Value> {
        self.stop();
        self.reader.take().unwrap().join().unwrap();
        let mut records = self.records.lock().unwrap();
        records.drain(..).collect()
    }

    fn stop(&mut self) {
        let pid = Pid::from_child(&self.child);
        let _ = kill_process(pid, Signal::INT);
        let _ = self.child.wait();
    }
}

/// A scenario that fails leaves no process behind.
impl Drop for Capture {
    fn drop(&mut self) {
        if self.reader.is_some() {
            self.stop();
        }
    }
}

fn read(out: ChildStdout, into: &Mutex<Vec<Value>>) {
    for line in BufReader::new(out).lines() {
        let record = serde_json::from_str(&line.unwrap()).unwrap();
        into.lock().unwrap().push(record);
    }
}
