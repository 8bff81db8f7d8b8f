//! Some hundred connections at work, and some in every other state.

use std::io::{Read, Write};
use std::net::{IpAddr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::os::fd::OwnedFd;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use socket2::{Domain, Socket, Type};
use tcptrace::socket::SocketPair;

use crate::network::{TCP_DEFER_ACCEPT, set_option};

/// Connections that carry data all the time.
const BUSY: usize = 200;
/// Threads that see to that, each for its share of them.
const WORKERS: usize = 4;
/// Connections in each of the other states.
const OF_A_KIND: usize = 8;

/// Connections, both ends of each, until they are dropped.
pub struct Peers {
    pub ends: Vec<SocketPair>,
    /// How often somebody began or ended to use each pair of ends that is at work.
    uses: Vec<Arc<AtomicU32>>,
    streams: Vec<TcpStream>,
    listeners: Vec<TcpListener>,
    children: Vec<Child>,
    workers: Vec<JoinHandle<()>>,
    is_over: Arc<AtomicBool>,
}

impl Peers {
    pub fn at_work(address: IpAddr) -> Self {
        let mut peers = Self {
            ends: Vec::new(),
            uses: Vec::new(),
            streams: Vec::new(),
            listeners: Vec::new(),
            children: Vec::new(),
            workers: Vec::new(),
            is_over: Arc::default(),
        };
        let listener = TcpListener::bind((address, 0)).unwrap();
        peers.busy(&listener);
        for nth in 0..OF_A_KIND {
            peers.half_closed(&listener);
            peers.in_time_wait(&listener);
            peers.of_other_processes(&listener, nth);
        }
        peers.unaccepted(address);
        peers.requests(address);
        peers.listeners.push(listener);
        peers
    }

    /// How often each end of `ends` was used, each use counted twice. A value may come
    /// back while one works; this does not.
    pub fn uses(&self) -> Vec<u32> {
        let counts = self.uses.iter().map(|uses| uses.load(Ordering::SeqCst));
        let mut counts: Vec<u32> = counts.flat_map(|uses| [uses; 2]).collect();
        counts.resize(self.ends.len(), 0);
        counts
    }

    fn pair(&mut self, listener: &TcpListener) -> (TcpStream, TcpStream) {
        let client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let (server, _) = listener.accept().unwrap();
        self.note(&client);
        (client, server)
    }

    fn note(&mut self, client: &TcpStream) {
        let (local, remote) = (client.local_addr().unwrap(), client.peer_addr().unwrap());
        self.ends.push(SocketPair { local, remote });
        self.ends.push(SocketPair {
            local: remote,
            remote: local,
        });
    }

    /// Each worker writes on one after the other, and reads less than that, so that
    /// octets are in the queues.
    fn busy(&mut self, listener: &TcpListener) {
        for nth in 0..WORKERS {
            let pairs: Vec<_> = (0..BUSY / WORKERS).map(|_| self.pair(listener)).collect();
            let uses: Vec<Arc<AtomicU32>> = pairs.iter().map(|_| Arc::default()).collect();
            self.uses.extend(uses.iter().cloned());
            let is_over = Arc::clone(&self.is_over);
            self.workers.push(thread::spawn(move || {
                while !is_over.load(Ordering::Relaxed) {
                    for (at, (client, server)) in pairs.iter().enumerate() {
                        let (client, server) = (&mut &*client, &mut &*server);
                        uses[at].fetch_add(1, Ordering::SeqCst);
                        client.set_nonblocking(true).unwrap();
                        server.set_nonblocking(true).unwrap();
                        let _ = client.write(&[7; 700][..(at * 13 + nth) % 700]);
                        let _ = server.read(&mut [0; 400]);
                        let _ = server.write(&[8; 90]);
                        let _ = client.read(&mut [0; 300]);
                        uses[at].fetch_add(1, Ordering::SeqCst);
                        thread::sleep(Duration::from_millis(1));
                    }
                }
            }));
        }
    }

    /// The client in FIN-WAIT-2, the server in CLOSE-WAIT, with octets not read.
    fn half_closed(&mut self, listener: &TcpListener) {
        let (mut client, server) = self.pair(listener);
        client.write_all(b"not read").unwrap();
        client.shutdown(Shutdown::Write).unwrap();
        self.streams.extend([client, server]);
    }

    fn in_time_wait(&mut self, listener: &TcpListener) {
        let (client, mut server) = self.pair(listener);
        drop(client);
        server.read_to_end(&mut Vec::new()).unwrap();
    }

    /// The client is another process's, and some are two processes'.
    fn of_other_processes(&mut self, listener: &TcpListener, nth: usize) {
        let (client, server) = self.pair(listener);
        for _ in 0..=nth % 2 {
            let client = OwnedFd::from(client.try_clone().unwrap());
            let child = Command::new("sleep")
                .arg("60")
                .stdin(Stdio::from(client))
                .spawn();
            self.children.push(child.unwrap());
        }
        self.streams.push(server);
    }

    /// More connections than a listener has accepted, or will.
    fn unaccepted(&mut self, address: IpAddr) {
        let listener = TcpListener::bind((address, 0)).unwrap();
        for _ in 0..OF_A_KIND {
            let client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
            self.note(&client);
            self.streams.push(client);
        }
        self.listeners.push(listener);
    }

    /// The server in SYN-RECEIVED: it waits for the first data.
    fn requests(&mut self, address: IpAddr) {
        let socket = Socket::new(Domain::for_address((address, 0).into()), Type::STREAM, None);
        let socket = socket.unwrap();
        socket.bind(&SocketAddr::from((address, 0)).into()).unwrap();
        set_option(&socket, TCP_DEFER_ACCEPT, 60);
        socket.listen(16).unwrap();
        let listener = TcpListener::from(socket);
        for _ in 0..OF_A_KIND {
            let client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
            self.note(&client);
            self.streams.push(client);
        }
        self.listeners.push(listener);
    }
}

impl Drop for Peers {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Relaxed);
        for worker in self.workers.drain(..) {
            let _ = worker.join();
        }
        for child in &mut self.children {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
