//! The filter that a connection passes, and how a terminal copies it (OSC 52).

use std::io::{self, Write};
use std::net::SocketAddr;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

/// The filter for the connections between two ends, as tcpdump takes it.
pub fn filter(client: SocketAddr, server: SocketAddr) -> String {
    let hosts = if client.ip() == server.ip() {
        format!("host {}", client.ip())
    } else {
        format!("host {} and host {}", client.ip(), server.ip())
    };
    let ports = if client.port() == server.port() {
        format!("port {}", client.port())
    } else {
        format!("port {} and port {}", client.port(), server.port())
    };
    format!("tcp and {hosts} and {ports}")
}

/// Asks the terminal to copy a text: over ssh too, as far as it is allowed to.
pub fn copy(text: &str) -> io::Result<()> {
    let mut terminal = io::stdout().lock();
    terminal.write_all(request(text).as_bytes())?;
    terminal.flush()
}

fn request(text: &str) -> String {
    format!("\x1b]52;c;{}\x07", BASE64_STANDARD.encode(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_names_both_ends_and_each_once() {
        let filter = |client: &str, server: &str| {
            super::filter(client.parse().unwrap(), server.parse().unwrap())
        };
        assert_eq!(
            filter("10.0.0.1:5000", "10.0.0.2:80"),
            "tcp and host 10.0.0.1 and host 10.0.0.2 and port 5000 and port 80"
        );
        assert_eq!(
            filter("[::1]:80", "[::1]:80"),
            "tcp and host ::1 and port 80"
        );
    }

    #[test]
    fn a_terminal_is_asked_to_copy_in_its_own_words() {
        assert_eq!(request("tcp"), "\x1b]52;c;dGNw\x07");
    }
}
