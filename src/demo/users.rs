//! Lesson: a client with a port of its own, and who holds TIME-WAIT.

use std::io::{self, Write};
use std::net::TcpStream;
use std::os::fd::OwnedFd;
use std::thread;
use std::time::Duration;

use rustix::net::{AddressFamily, SocketType, bind, connect, socket};

use crate::demo::conversation::{between, hear, loopback, patient, pause, say};
use crate::demo::{Lesson, Played, Said, afterword};

const SERVER_PORT: u16 = 5200;
const CLIENT_PORT: u16 = 5201;
const WELCOME: &str = "Hello!";
const USERS: [&str; 3] = ["user1", "user2", "user3"];
const GOODBYE: &str = "exit";
/// How long the server thinks.
const SECOND: Duration = Duration::from_secs(1);

pub(super) static LESSON: Lesson = Lesson {
    name: "users",
    title: Said {
        en: "a client bound to port 5201; why it cannot come back at once",
        zh: "客户端绑定 5201 端口；为什么不能马上再来一次",
    },
    text: Said {
        en: "\
A client binds port 5201 and connects to port 5200. The server says \"Hello!\",
answers user1, user2 and user3 a second later each, and closes on \"exit\".

Twenty segments in the recording; live, an acknowledgment more or less may travel
with data. The client closes first, so its end waits in TIME-WAIT for 2 MSL
(60 seconds on Linux) and the port pair 5201, 5200 stays taken. A second run of
the client at once fails with \"address in use\". Live, the kernel is asked, too: it
says whose each socket is, and that the one in TIME-WAIT is no program's any more.",
        zh: "\
客户端绑定 5201 端口，连接 5200 端口。服务器说 \"Hello!\"，
对 user1、user2、user3 各在一秒后回答，收到 \"exit\" 后关闭。

录制中共有二十个报文段；实时运行时，可能有个别确认随数据同行。
客户端先关闭，所以它要在 TIME-WAIT 中等待 2 MSL（Linux 上为 60 秒），
端口对 5201、5200 一直被占用。客户端马上再运行一次，就会得到
\"address in use\"（地址已被使用）。实时运行时还会询问内核：
它说出每个套接字属于谁，以及 TIME-WAIT 中的那个已不属于任何程序。",
    },
    filter: "tcp port 5200",
    tells_sockets: true,
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
                Ok(second_run())
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

fn second_run() -> Played {
    match bound_to_own_port() {
        Err(error) => afterword(
            "A second run of the client, at once: {0}. Its end of the first connection is in \
             TIME-WAIT, where the kernel holds it, and no program that could be ended; `ss -tan` \
             shows it there for 60 seconds.",
            "客户端马上再运行一次：{0}。第一个连接在客户端一侧处于 TIME-WAIT，\
             占着它的是内核，没有哪个程序可以结束；`ss -tan` 会在 60 秒内显示它。",
            &error,
        ),
        Ok(_) => afterword(
            "A second run of the client was let in: this system does not keep TIME-WAIT as \
             RFC 9293 says.",
            "客户端再次运行成功：本系统没有按 RFC 9293 保持 TIME-WAIT。",
            &"",
        ),
    }
}
