//! A browser without a window, driven by its own protocol: messages of JSON, each ended by
//! an octet 0, through two pipes (`--remote-debugging-pipe`).

use std::fs::{self, File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;
use std::{env, process, thread};

use serde_json::{Value, json};

/// What Debian and others call it.
const NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// A browser with one tab.
pub struct Browser {
    child: Child,
    to: File,
    from: Receiver<Value>,
    folder: PathBuf,
    /// What the protocol calls the tab.
    session: String,
    sent: u64,
    /// What it told of itself since a page was opened.
    events: Vec<Value>,
}

impl Browser {
    /// A browser; none where none is installed, which is said.
    pub fn start() -> Option<Self> {
        let Some(program) = program() else {
            eprintln!("skipped: there is no chromium (make peers)");
            return None;
        };
        let folder = own_folder();
        let pipes = ["in", "out"].map(|name| folder.join(name));
        let made = Command::new("mkfifo").args(&pipes).status().unwrap();
        assert!(made.success());
        // The protocol is spoken on the descriptors 3 and 4; a container's root has no
        // sandbox.
        let command = "exec \"$0\" --headless --no-sandbox --disable-gpu --no-first-run \
                       --remote-debugging-pipe --user-data-dir=\"$1\" about:blank 3<\"$2\" 4>\"$3\"";
        let child = Command::new("sh")
            .args(["-c", command])
            .arg(program)
            .args([&folder.join("profile"), &pipes[0], &pipes[1]])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let to = OpenOptions::new().write(true).open(&pipes[0]).unwrap();
        let from = messages(File::open(&pipes[1]).unwrap());
        let mut browser = Self {
            child,
            to,
            from,
            folder,
            session: String::new(),
            sent: 0,
            events: Vec::new(),
        };
        let tab = browser.call("Target.createTarget", &json!({"url": "about:blank"}));
        let about = json!({"targetId": tab["targetId"], "flatten": true});
        let attached = browser.call("Target.attachToTarget", &about);
        attached["sessionId"]
            .as_str()
            .unwrap()
            .clone_into(&mut browser.session);
        for domain in ["Page", "Runtime", "Log", "Network"] {
            browser.call(&format!("{domain}.enable"), &json!({}));
        }
        Some(browser)
    }

    /// Opens a page, and waits until it is there.
    pub fn open(&mut self, page: &Path, fragment: &str) {
        self.call("Page.navigate", &json!({"url": "about:blank"}));
        self.wait_for("Page.loadEventFired");
        self.events.clear();
        let url = address(page) + fragment;
        self.call("Page.navigate", &json!({"url": url}));
        self.wait_for("Page.loadEventFired");
    }

    /// Whether the scripts of pages run.
    pub fn run_scripts(&mut self, do_run: bool) {
        let about = json!({"value": !do_run});
        self.call("Emulation.setScriptExecutionDisabled", &about);
    }

    /// What an expression comes to, promises awaited; it is run whatever the page allows.
    pub fn value(&mut self, expression: &str) -> Value {
        let about = json!({
            "expression": expression, "returnByValue": true, "awaitPromise": true, "userGesture": true,
        });
        let came = self.call("Runtime.evaluate", &about);
        assert!(
            came.get("exceptionDetails").is_none(),
            "{expression}: {came}"
        );
        came["result"].get("value").cloned().unwrap_or(Value::Null)
    }

    /// The same, as a list of texts.
    pub fn texts(&mut self, expression: &str) -> Vec<String> {
        let value = self.value(expression);
        let list = value
            .as_array()
            .unwrap_or_else(|| panic!("{expression}: {value}"));
        list.iter()
            .map(|text| text.as_str().unwrap().to_owned())
            .collect()
    }

    /// Errors that the page has brought onto the console.
    pub fn errors(&self) -> Vec<String> {
        let is_error = |event: &&Value| match event["method"].as_str() {
            Some("Runtime.exceptionThrown") => true,
            Some("Runtime.consoleAPICalled") => event["params"]["type"] == "error",
            Some("Log.entryAdded") => event["params"]["entry"]["level"] == "error",
            _ => false,
        };
        self.events
            .iter()
            .filter(is_error)
            .map(Value::to_string)
            .collect()
    }

    /// What the page has asked for, itself included.
    pub fn requests(&self) -> Vec<String> {
        let is_request = |event: &&Value| event["method"] == "Network.requestWillBeSent";
        let requests = self.events.iter().filter(is_request);
        let url = |event: &Value| {
            event["params"]["request"]["url"]
                .as_str()
                .unwrap()
                .to_owned()
        };
        requests.map(url).collect()
    }

    fn call(&mut self, method: &str, about: &Value) -> Value {
        self.sent += 1;
        let mut message = json!({"id": self.sent, "method": method, "params": about});
        if !self.session.is_empty() {
            message["sessionId"] = json!(self.session);
        }
        write!(self.to, "{message}\0").unwrap();
        loop {
            let mut came = self.from.recv_timeout(PATIENCE).unwrap();
            if came["id"] == self.sent {
                assert!(came.get("error").is_none(), "{method}: {came}");
                return came["result"].take();
            }
            self.events.push(came);
        }
    }

    fn wait_for(&mut self, event: &str) {
        let is_it = |came: &Value| came["method"] == event;
        while !self.events.iter().any(is_it) {
            let came = self.from.recv_timeout(PATIENCE).unwrap();
            self.events.push(came);
        }
        self.events.retain(|came| !is_it(came));
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The address of a file.
pub fn address(page: &Path) -> String {
    let plain = |octet: u8| octet.is_ascii_alphanumeric() || b"/-_.".contains(&octet);
    let octets = page.to_str().unwrap().bytes();
    let written = octets.map(|octet| match octet {
        octet if plain(octet) => char::from(octet).to_string(),
        octet => format!("%{octet:02X}"),
    });
    "file://".to_owned() + &written.collect::<String>()
}

fn program() -> Option<PathBuf> {
    let folders = env::var_os("PATH")?;
    let mut places =
        env::split_paths(&folders).flat_map(|folder| NAMES.map(|name| folder.join(name)));
    places.find(|place| place.is_file())
}

/// A folder that nothing else uses.
pub fn own_folder() -> PathBuf {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let number = MADE.fetch_add(1, Ordering::Relaxed);
    let name = format!("tcptrace-page-{}-{number}", process::id());
    let folder = env::temp_dir().join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// What comes, message by message.
fn messages(out: File) -> Receiver<Value> {
    let (to, from) = channel();
    thread::spawn(move || {
        for message in BufReader::new(out).split(0) {
            let Ok(message) = message else { return };
            let message = serde_json::from_slice(&message).unwrap();
            if to.send(message).is_err() {
                return;
            }
        }
    });
    from
}
