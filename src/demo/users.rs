//! Lesson: a client with a port of its own, and who holds TIME-WAIT.

use std::io::{self, Write};
use std::net::TcpStream;
use std::os::fd::OwnedFd;
use std::thread;
use std::time::Duration;

use rustix::net::{AddressFamily, SocketType, bind, connect, socket};

use crate::demo::conversation::{between, hear, loopback, patient, pause, say};
use crate::demo::{Lesson, Played};

const SERVER_PORT: u16 = 5200;
const CLIENT_PORT: u16 = 5201;
const WELCOME: &str = "Hello!";
const USERS: [&str; 3] = ["user1", "user2", "user3"];
const GOODBYE: &str = "exit";
/// How long the server thinks.
const SECOND: Duration = Duration::from_secs(1);

pub(super) static LESSON: Lesson = Lesson {
    name: "users",
    title: "a client bound to port 5201; why it cannot come back at once",
    text: "\
A client binds port 5201 and connects to port 5200. The server says \"Hello!\",
answers user1, user2 and user3 a second later each, and closes on \"exit\".

Twenty segments in the recording; live, an acknowledgment more or less may travel
with data. The client closes first, so its end waits in TIME-WAIT for 2 MSL
(60 seconds on Linux) and the port pair 5201, 5200 stays taken. A second run of
the client at once fails with \"address in use\".",
    filter: "tcp port 5200",
    recording: include_bytes!("../../captures/users.pcapng"),
    play: || {
        // Before anything is sent: a port that is taken is the lesson itself.
        let client = bound_to_own_port()?;
        between(
            SERVER_PORT,
            |client| serve(&client),
            || {
                connect(&client, &loopback(SERVER_PORT))?;
                let server = patient(TcpStream::from(client))?;
                // Answered at once, so that the kernel lets later acknowledgments
                // travel with the words.
                hear(&server, WELCOME.len())?;
                for user in USERS {
                    say(&server, user)?;
                    hear(&server, answer(user).len())?;
                }
                say(&server, GOODBYE)?;
                drop(server);
                // Until the server has closed too.
                thread::sleep(SECOND + 2 * crate::demo::conversation::PAUSE);
                Ok(Played {
                    afterword: Some(second_run()),
                })
            },
        )
    },
};

fn serve(mut client: &TcpStream) -> io::Result<()> {
    pause();
    say(client, WELCOME)?;
    for user in USERS {
        let said = hear(client, user.len())?;
        thread::sleep(SECOND);
        client.write_all(answer(&said).as_bytes())?;
    }
    hear(client, GOODBYE.len())?;
    thread::sleep(SECOND);
    Ok(())
}

fn answer(user: &str) -> String {
    format!("Hi, {user}, I got you!")
}

/// The standard library cannot bind before it connects. Without
/// `SO_REUSEADDR`, so that the kernel says when the port is taken.
fn bound_to_own_port() -> io::Result<OwnedFd> {
    let client = socket(AddressFamily::INET, SocketType::STREAM, None)?;
    bind(&client, &loopback(CLIENT_PORT)).map_err(|errno| {
        let error = io::Error::from(errno);
        io::Error::new(error.kind(), format!("port {CLIENT_PORT}: {error}"))
    })?;
    Ok(client)
}

fn second_run() -> String {
    match bound_to_own_port() {
        Err(error) => format!(
            "A second run of the client, at once: {error}. Its end of the first connection is \
             in TIME-WAIT; `ss -tan` shows it there for 60 seconds."
        ),
        Ok(_) => "A second run of the client was let in: this system does not keep \
                  TIME-WAIT as RFC 9293 says."
            .to_owned(),
    }
}
