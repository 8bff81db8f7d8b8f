//! Names for the addresses and ports of a line, where names are wanted.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender};
use std::time::Duration;

use crate::names::Names;

/// The most addresses whose names, or lack of them, are remembered; past this,
/// all are asked for again.
const MOST_HOSTS: usize = 65_536;

/// Somebody who knows the names of addresses, and answers when he has found
/// out.
#[derive(Debug)]
pub struct Resolver {
    /// Addresses to be named. It may be full.
    pub questions: SyncSender<IpAddr>,
    /// Names, each of an address that was asked for; none where it has none.
    pub answers: Receiver<(IpAddr, Option<String>)>,
    /// How long an answer is waited for; not at all while capturing.
    pub patience: Duration,
}

/// A port of which transport protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Transport {
    /// TCP.
    Tcp,
    /// UDP.
    Udp,
}

/// Names of hosts and services.
///
/// Asking never blocks, unless the resolver may be waited for: what is not known
/// has no name yet.
#[derive(Debug)]
pub struct Directory {
    /// Of addresses that were asked for; none yet, or for ever.
    hosts: HashMap<IpAddr, Option<Box<str>>>,
    services: HashMap<(Transport, u16), Box<str>>,
    resolver: Resolver,
    /// Names of hosts without their domain.
    is_short: bool,
}

impl Directory {
    /// With the names of ports from a file in the form of services(5); of two
    /// names for a port the first holds. `is_short` cuts the domain off names of
    /// hosts (`-N`).
    #[must_use]
    pub fn new(services: &str, resolver: Resolver, is_short: bool) -> Self {
        let mut directory = Self {
            hosts: HashMap::new(),
            services: HashMap::new(),
            resolver,
            is_short,
        };
        for line in services.lines() {
            let line = line.split('#').next().unwrap_or_default();
            let mut words = line.split_whitespace();
            if let (Some(name), Some(port)) = (words.next(), words.next())
                && let Some((number, protocol)) = port.split_once('/')
                && let Ok(number) = number.parse()
                && let Some(transport) = Transport::of(protocol)
            {
                let names = &mut directory.services;
                names
                    .entry((transport, number))
                    .or_insert_with(|| name.into());
            }
        }
        directory
    }

    /// The name of a port.
    #[must_use]
    pub fn service(&self, transport: Transport, port: u16) -> Option<&str> {
        self.services.get(&(transport, port)).map(|name| &**name)
    }

    /// The name of an address: the file's own, or the resolver's. It may hold
    /// control characters.
    pub fn host<'a>(&'a mut self, address: IpAddr, own: Option<&'a Names>) -> Option<&'a str> {
        let is_short = self.is_short;
        let name = match own.and_then(|names| names.name(address)) {
            Some(name) => name,
            None => self.resolved(address)?,
        };
        let short = name.split('.').next().unwrap_or(name);
        Some(if is_short { short } else { name })
    }

    fn resolved(&mut self, address: IpAddr) -> Option<&str> {
        while let Ok((address, name)) = self.resolver.answers.try_recv() {
            self.learn(address, name);
        }
        if !self.hosts.contains_key(&address) {
            self.ask(address);
        }
        self.hosts.get(&address)?.as_deref()
    }

    fn ask(&mut self, address: IpAddr) {
        // Where there are too many questions it is asked next time.
        if self.resolver.questions.try_send(address).is_err() {
            return;
        }
        self.learn(address, None);
        while !self.resolver.patience.is_zero() {
            match self.resolver.answers.recv_timeout(self.resolver.patience) {
                Ok((answered, name)) => {
                    self.learn(answered, name);
                    if answered == address {
                        return;
                    }
                }
                // One who did not answer is not waited for again.
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    self.resolver.patience = Duration::ZERO;
                }
            }
        }
    }

    fn learn(&mut self, address: IpAddr, name: Option<String>) {
        if self.hosts.len() >= MOST_HOSTS {
            self.hosts.clear();
        }
        self.hosts.insert(address, name.map(String::into_boxed_str));
    }
}

impl Transport {
    fn of(name: &str) -> Option<Self> {
        match name {
            "tcp" => Some(Self::Tcp),
            "udp" => Some(Self::Udp),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Sender, channel, sync_channel};
    use std::thread;

    use super::*;

    const A: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 1));

    type OtherEnd = (Receiver<IpAddr>, Sender<(IpAddr, Option<String>)>);

    /// A directory, and the other end of its resolver.
    fn directory(patience: Duration, is_short: bool) -> (Directory, OtherEnd) {
        let (questions, asked) = sync_channel(2);
        let (tell, answers) = channel();
        let resolver = Resolver {
            questions,
            answers,
            patience,
        };
        let services = "http 80/tcp www # web\nhttp-alt 80/tcp\n\nsnmp 161/udp\nbad x/tcp\n";
        let directory = Directory::new(services, resolver, is_short);
        (directory, (asked, tell))
    }

    #[test]
    fn a_service_has_its_first_name() {
        let (directory, _) = directory(Duration::ZERO, false);
        assert_eq!(directory.service(Transport::Tcp, 80), Some("http"));
        assert_eq!(directory.service(Transport::Udp, 80), None);
        assert_eq!(directory.service(Transport::Udp, 161), Some("snmp"));
    }

    #[test]
    fn a_name_is_asked_for_once_and_shown_when_it_is_known() {
        let (mut directory, (asked, tell)) = directory(Duration::ZERO, false);
        assert_eq!(directory.host(A, None), None);
        assert_eq!(directory.host(A, None), None);
        assert_eq!(asked.try_iter().collect::<Vec<_>>(), [A]);
        tell.send((A, Some("a.example.org".to_owned()))).unwrap();
        assert_eq!(directory.host(A, None), Some("a.example.org"));
        assert_eq!(asked.try_iter().count(), 0);
    }

    #[test]
    fn too_many_questions_are_put_off() {
        let (mut directory, (asked, _tell)) = directory(Duration::ZERO, false);
        let address = |last| IpAddr::from([10, 0, 0, last]);
        for last in 1..=3 {
            assert_eq!(directory.host(address(last), None), None);
        }
        assert_eq!(asked.try_iter().count(), 2);
        assert_eq!(directory.host(address(3), None), None);
        assert_eq!(asked.try_iter().collect::<Vec<_>>(), [address(3)]);
    }

    #[test]
    fn a_file_is_worth_waiting_for_unless_the_resolver_is_silent() {
        let (mut directory, (asked, tell)) = directory(Duration::from_secs(60), true);
        let answering = thread::spawn(move || {
            for address in asked.iter().take(1) {
                tell.send((address, Some("a.example".to_owned()))).unwrap();
            }
            // And then nobody is there any more.
        });
        assert_eq!(directory.host(A, None), Some("a"));
        answering.join().unwrap();
        assert_eq!(directory.host([10, 0, 0, 2].into(), None), None);
    }

    #[test]
    fn the_files_own_names_come_first() {
        let (mut directory, (asked, _tell)) = directory(Duration::ZERO, true);
        let mut own = Names::default();
        own.learn(A, "gate.example");
        assert_eq!(directory.host(A, Some(&own)), Some("gate"));
        assert_eq!(asked.try_iter().count(), 0);
    }
}
