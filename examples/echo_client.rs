//! Sends "Hello!" to an echo server and checks that the same six bytes return.
//!
//! `ncat -l -k 8888 -e /bin/cat`, and `cargo run --example echo_client [ADDRESS]` in another
//! terminal. The exit status tells: 0 when the bytes are the same, 1 when not.

use std::{
    env,
    io::{self, Read, Write},
    net::TcpStream,
    process::ExitCode,
    time::Duration,
};

const DEFAULT_ADDRESS: &str = "127.0.0.1:8888";
const MESSAGE: &[u8; 6] = b"Hello!";

/// A server that never answers must not hold the client for ever.
const PATIENCE: Duration = Duration::from_secs(5);

fn main() -> ExitCode {
    let address = env::args().nth(1).unwrap_or_else(|| DEFAULT_ADDRESS.into());
    match echo(&address) {
        Ok(reply) if &reply == MESSAGE => {
            println!("The same six bytes returned.");
            ExitCode::SUCCESS
        }
        Ok(reply) => {
            eprintln!(
                "Sent \"{}\", got \"{}\".",
                MESSAGE.escape_ascii(),
                reply.escape_ascii()
            );
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("No echo from {address}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn echo(address: &str) -> io::Result<[u8; MESSAGE.len()]> {
    let mut server = TcpStream::connect(address)?;
    server.set_read_timeout(Some(PATIENCE))?;
    server.write_all(MESSAGE)?;
    // TCP is a stream: the six bytes may come in more than one piece.
    let mut reply = [0; MESSAGE.len()];
    server.read_exact(&mut reply)?;
    Ok(reply)
}
