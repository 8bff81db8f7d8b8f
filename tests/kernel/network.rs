//! Network namespaces, one for each scenario, and what is set in them.

use std::any::Any;
use std::env;
use std::fs;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, TcpListener};
use std::os::fd::OwnedFd;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::thread;

use nix::sched::{CloneFlags, unshare};
use socket2::{Domain, Protocol, Socket, Type};

/// How many scenarios run at once: mostly they wait.
const AT_ONCE: usize = 8;

/// Moves this thread, and the programs it starts, to a namespace that has but
/// loopback. It is gone when they are.
fn leave() -> Result<(), String> {
    unshare(CloneFlags::CLONE_NEWNET).map_err(|error| format!("a network namespace ({error})"))?;
    run("ip", &["link", "set", "lo", "up"])
}

/// Runs a program in the namespace of this thread.
pub fn run(program: &str, arguments: &[&str]) -> Result<(), String> {
    let output = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("{program} ({error})"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(format!("{program} {}: {said}", arguments.join(" ")))
}

/// Sets a variable of TCP in the namespace of this thread.
pub fn set(variable: &str, value: &str) {
    try_set(variable, value).unwrap();
}

fn try_set(variable: &str, value: &str) -> io::Result<()> {
    fs::write(format!("/proc/sys/net/ipv4/{variable}"), value)
}

/// Numbers of `tcp.h`.
pub const TCP_LINGER2: u32 = 8;
pub const TCP_DEFER_ACCEPT: u32 = 9;

/// Sets an option of TCP that no crate here knows; perl shares the socket.
pub fn set_option(socket: &Socket, option: u32, value: i32) {
    let socket = socket.try_clone().unwrap();
    let set = format!("setsockopt(STDIN, 6, {option}, pack('i', {value})) or die $!");
    let perl = Command::new("perl")
        .args(["-e", &set])
        .stdin(Stdio::from(OwnedFd::from(socket)))
        .status();
    assert!(perl.unwrap().success());
}

/// Whether there is a program of this name.
pub fn has(program: &str) -> bool {
    let folders = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&folders).any(|folder| folder.join(program).is_file())
}

/// The loopback addresses that a namespace has, or what is missing for the tests.
pub fn addresses() -> Result<Vec<IpAddr>, String> {
    let tried = thread::spawn(|| {
        leave()?;
        Socket::new(Domain::IPV4, Type::RAW, Some(Protocol::TCP))
            .map_err(|error| format!("CAP_NET_RAW ({error})"))?;
        try_set("tcp_abort_on_overflow", "0").map_err(|error| format!("/proc/sys ({error})"))?;
        let addresses = [
            IpAddr::V4(Ipv4Addr::LOCALHOST),
            IpAddr::V6(Ipv6Addr::LOCALHOST),
        ];
        let is_there = |address: &IpAddr| TcpListener::bind((*address, 0)).is_ok();
        Ok(addresses.into_iter().filter(is_there).collect())
    });
    tried.join().unwrap()
}

/// Plays every scenario in a namespace of its own, several at once; what each
/// returns, in their order, or the words with which it panicked.
pub fn play_all<S: Sync, T: Send>(
    scenarios: &[S],
    play: impl Fn(&S) -> T + Sync,
) -> Vec<Result<T, String>> {
    let waiting = Mutex::new(scenarios.iter().enumerate());
    let played = Mutex::new(Vec::new());
    let work = || {
        loop {
            let next = waiting.lock().unwrap().next();
            let Some((at, scenario)) = next else { return };
            let alone = || {
                leave().unwrap();
                play(scenario)
            };
            let result = thread::scope(|scope| scope.spawn(alone).join());
            let result = result.map_err(|panic| words_of(&*panic));
            played.lock().unwrap().push((at, result));
        }
    };
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(work);
        }
    });
    let mut played = played.into_inner().unwrap();
    played.sort_by_key(|(at, _)| *at);
    played.into_iter().map(|(_, result)| result).collect()
}

fn words_of(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
    text.unwrap_or_else(|| "a panic".to_owned())
}
