//! Opens many connections on loopback, evenly over some seconds, each with a request, an
//! answer and an end: for measuring what a capture loses.
//!
//!     cargo run --release --example load -- [CONNECTIONS [SECONDS [PORT]]]

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// The most connections of a run: a mistyped number harms nobody.
const MOST: u32 = 1_000_000;
/// So many servers' addresses, so that there are ports enough while TIME-WAIT lasts.
const ADDRESSES: u32 = 16;
const CLIENTS: u32 = 4;
const ACCEPTORS: u32 = 4;
const REQUEST: &[u8; 64] = &[b'?'; 64];
const ANSWER: &[u8; 512] = &[b'!'; 512];
/// How long a server waits for a client that does not come.
const PATIENCE: Duration = Duration::from_secs(5);

fn main() -> io::Result<()> {
    let mut args = std::env::args().skip(1).map(|word| word.parse());
    let mut number = |or: u32| args.next().unwrap_or(Ok(or)).map_err(io::Error::other);
    let (count, seconds, port) = (number(60_000)?.min(MOST), number(6)?, number(7801)?);
    let port = u16::try_from(port).map_err(io::Error::other)?;
    let lasting = Duration::from_secs(seconds.into());
    let listener = TcpListener::bind((Ipv4Addr::UNSPECIFIED, port))?;
    let (next, failed) = (AtomicU32::new(0), AtomicU32::new(0));
    let began = Instant::now();
    thread::scope(|scope| {
        for _ in 0..ACCEPTORS {
            let listener = listener.try_clone();
            scope.spawn(move || listener.and_then(|listener| serve(&listener)));
        }
        let clients: Vec<_> = (0..CLIENTS)
            .map(|_| {
                scope.spawn(|| {
                    while let Some(nth) = take(&next, count) {
                        let due = lasting.mul_f64(f64::from(nth) / f64::from(count));
                        thread::sleep(due.saturating_sub(began.elapsed()));
                        if ask(nth, port).is_err() {
                            failed.fetch_add(1, Ordering::Relaxed);
                        }
                    }
                })
            })
            .collect();
        for client in clients {
            let _ = client.join();
        }
        end(port);
    });
    println!(
        "{} of {count} connections in {:.2} s",
        count - failed.into_inner(),
        began.elapsed().as_secs_f64()
    );
    Ok(())
}

/// The number of the next connection, while there is one.
fn take(next: &AtomicU32, count: u32) -> Option<u32> {
    let nth = next.fetch_add(1, Ordering::Relaxed);
    (nth < count).then_some(nth)
}

fn ask(nth: u32, port: u16) -> io::Result<()> {
    let address = Ipv4Addr::from_bits(Ipv4Addr::LOCALHOST.to_bits() + nth % ADDRESSES);
    let mut stream = TcpStream::connect(SocketAddr::from((address, port)))?;
    stream.write_all(REQUEST)?;
    let mut answer = [0; ANSWER.len()];
    stream.read_exact(&mut answer)?;
    stream.shutdown(Shutdown::Write)?;
    stream.read(&mut answer).map(drop)
}

/// Answers until a client says nothing.
fn serve(listener: &TcpListener) -> io::Result<()> {
    loop {
        let (mut stream, _) = listener.accept()?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let mut request = [0; REQUEST.len()];
        if stream.read(&mut request)? == 0 {
            return Ok(());
        }
        if stream.write_all(ANSWER).is_ok() {
            let _ = stream.read(&mut request);
        }
    }
}

/// Ends the servers: a client each that says nothing.
fn end(port: u16) {
    for _ in 0..ACCEPTORS {
        let _ = TcpStream::connect((Ipv4Addr::LOCALHOST, port));
    }
}
