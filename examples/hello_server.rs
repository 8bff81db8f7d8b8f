//! Says "hello" to every client and closes, so that the server is the first to close.
//!
//! `cargo run --example hello_server [ADDRESS]`, and `nc 127.0.0.1 4444` in another terminal.

use std::{
    env,
    io::{self, Write},
    net::{TcpListener, TcpStream},
    thread,
    time::Duration,
};

const DEFAULT_ADDRESS: &str = "127.0.0.1:4444";

/// Long enough for the client to acknowledge the data before the FIN leaves: closed at once,
/// one ACK may answer both, and the recording would be a segment short.
const PAUSE_BEFORE_CLOSE: Duration = Duration::from_millis(50);

fn main() -> io::Result<()> {
    let address = env::args().nth(1).unwrap_or_else(|| DEFAULT_ADDRESS.into());
    let listener = TcpListener::bind(&address)?;
    println!("Listening on {}", listener.local_addr()?);
    for client in listener.incoming() {
        // One client that went away must not end the server.
        if let Err(error) = client.and_then(greet) {
            eprintln!("Client lost: {error}");
        }
    }
    Ok(())
}

fn greet(mut client: TcpStream) -> io::Result<()> {
    client.write_all(b"hello")?;
    thread::sleep(PAUSE_BEFORE_CLOSE);
    // Closing is what sends the FIN.
    drop(client);
    Ok(())
}
