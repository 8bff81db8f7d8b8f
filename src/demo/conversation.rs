//! What the lessons share: a server in a thread of its own, a client, and
//! pauses long enough for the kernel to acknowledge and for a person to read.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

/// Longer than a delayed acknowledgment, which Linux sends within 40 ms, so
/// that each thing said is acknowledged before the next.
pub const PAUSE: Duration = Duration::from_millis(150);
/// No lesson waits longer than this for the other end.
const PATIENCE: Duration = Duration::from_secs(10);

/// The loopback address with a port.
pub const fn loopback(port: u16) -> SocketAddr {
    SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), port)
}

/// Runs `server` on the one connection that `client` makes to `port`, and
/// returns what the client returned when both are done.
pub fn between<T>(
    port: u16,
    server: impl FnOnce(TcpStream) -> io::Result<()> + Send + 'static,
    client: impl FnOnce() -> io::Result<T>,
) -> io::Result<T> {
    let listener = TcpListener::bind(loopback(port))
        .map_err(|error| io::Error::new(error.kind(), format!("port {port}: {error}")))?;
    let serving = thread::spawn(move || {
        let (stream, _) = listener.accept()?;
        server(patient(stream)?)
    });
    let result = client();
    if result.is_err() {
        // The server may still wait for a client that will not come.
        let _ = TcpStream::connect(loopback(port));
    }
    let end = serving.join();
    let result = result?;
    end.map_err(|_| io::Error::other("the server ended early"))??;
    Ok(result)
}

/// A connection to `port` on loopback.
pub fn connect(port: u16) -> io::Result<TcpStream> {
    patient(TcpStream::connect(loopback(port))?)
}

/// With a bound on every wait, so that no lesson hangs.
pub fn patient(stream: TcpStream) -> io::Result<TcpStream> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    Ok(stream)
}

/// Waits a moment.
pub fn pause() {
    thread::sleep(PAUSE);
}

/// Says `words` and gives the other end a moment.
pub fn say(mut stream: &TcpStream, words: &str) -> io::Result<()> {
    stream.write_all(words.as_bytes())?;
    pause();
    Ok(())
}

/// Hears exactly `count` octets.
pub fn hear(mut stream: &TcpStream, count: usize) -> io::Result<String> {
    let mut words = vec![0; count];
    stream.read_exact(&mut words)?;
    String::from_utf8(words).map_err(|_| io::ErrorKind::InvalidData.into())
}

/// Hears until the other end closes.
pub fn hear_out(mut stream: &TcpStream) -> io::Result<String> {
    let mut words = String::new();
    stream.read_to_string(&mut words)?;
    Ok(words)
}

/// The lines the other end says, until it closes.
pub fn lines(stream: &TcpStream) -> io::Result<impl Iterator<Item = io::Result<String>>> {
    Ok(BufReader::new(stream.try_clone()?).lines())
}
