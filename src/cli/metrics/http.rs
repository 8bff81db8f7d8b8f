//! As much of HTTP/1.1 as it takes to be fetched from (RFC 9112): one request at a time,
//! and the connection is closed after it.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use crate::cli::metrics::exchange::Exchange;

/// So long a request may take to come, and its answer to go.
const PATIENCE: Duration = Duration::from_secs(2);
/// Octets of a request at most, with its fields.
const LONGEST: usize = 8 * 1024;
/// What the text is, as Prometheus asks for.
const EXPOSITION: &str = "text/plain; version=0.0.4; charset=utf-8";

/// Answers for ever.
pub fn serve(listener: &TcpListener, exchange: &Exchange) {
    loop {
        match listener.accept() {
            // Whoever goes away without an answer has none.
            Ok((stream, _)) => drop(answer(stream, exchange)),
            // There may be no descriptor left, for now.
            Err(_) => thread::sleep(Duration::from_millis(100)),
        }
    }
}

fn answer(mut stream: TcpStream, exchange: &Exchange) -> io::Result<()> {
    stream.set_write_timeout(Some(PATIENCE))?;
    let request = read(&mut stream)?;
    let mut words = request.lines().next().unwrap_or_default().split(' ');
    let (method, target) = (words.next().unwrap_or_default(), words.next());
    let version = words.next().unwrap_or_default();
    let path = target.unwrap_or_default().split('?').next();
    let (status, kind, text) = match (method, path) {
        _ if !version.starts_with("HTTP/1.") => plain("400 Bad Request", "not HTTP/1.1\n"),
        ("GET" | "HEAD", Some("/metrics")) => match exchange.ask() {
            Some(text) => ("200 OK", EXPOSITION, text),
            None => plain("503 Service Unavailable", "the capture does not answer\n"),
        },
        ("GET" | "HEAD", _) => plain("404 Not Found", "metrics are at /metrics\n"),
        _ => plain("405 Method Not Allowed", "metrics are fetched with GET\n"),
    };
    let length = text.len();
    let allow = if status.starts_with("405") {
        "Allow: GET, HEAD\r\n"
    } else {
        ""
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n{allow}Connection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes())?;
    if method != "HEAD" {
        stream.write_all(text.as_bytes())?;
    }
    stream.flush()
}

fn plain(status: &'static str, text: &str) -> (&'static str, &'static str, String) {
    (status, "text/plain; charset=utf-8", text.to_owned())
}

/// A request up to the end of its fields, or as much of it as came in time.
fn read(stream: &mut TcpStream) -> io::Result<String> {
    let until = Instant::now() + PATIENCE;
    let mut octets = Vec::new();
    let mut piece = [0; 1024];
    while !octets.windows(4).any(|end| end == b"\r\n\r\n") && octets.len() < LONGEST {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        stream.set_read_timeout(Some(left))?;
        match stream.read(&mut piece)? {
            0 => break,
            count => octets.extend(&piece[..count]),
        }
    }
    Ok(String::from_utf8_lossy(&octets).into_owned())
}
