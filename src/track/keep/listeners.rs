//! What is known of who listens where, for connections whose SYNs were not
//! captured.

use std::cmp::Ordering;
use std::net::SocketAddr;

use hashbrown::HashMap;

use crate::flags::Flags;
use crate::flow_key::{End, FlowKey};
use crate::ports::Standing;
use crate::segment::Segment;
use crate::track::roles::{Cast, GuessedBy, Roles};

/// The most addresses and ports in either half of what is known.
const MOST: usize = 1 << 11;
/// How many other ends make an end a server; and how many where its port is the
/// less likely one: clients use a port again for other servers, but not often.
const SEVERAL: u8 = 2;
const MANY: u8 = 4;

/// What is known of addresses and ports. Once the newer half is full it becomes the
/// older one, which is forgotten; what is looked at moves to the newer one.
#[derive(Debug, Default)]
pub(super) struct Listeners {
    newer: HashMap<SocketAddr, Listener>,
    older: HashMap<SocketAddr, Listener>,
    /// What was noted last, as in a flood it is again and again.
    latest: Option<(SocketAddr, Proof)>,
}

/// What is known of an address and port.
#[derive(Debug, Clone, Copy, Default)]
struct Listener {
    proof: Proof,
    /// How many other ends it had in connections that were guessed at, about; the
    /// latest of these.
    peers: u8,
    latest: u64,
}

/// What shows that there is a server, the better the higher.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Proof {
    #[default]
    Nothing,
    /// A SYN went there: perhaps nobody listens.
    Asked,
    /// A SYN-ACK came from there.
    Answered,
}

impl Listeners {
    /// Takes note of a segment with SYN.
    pub(super) fn note(&mut self, segment: &Segment<'_>) {
        if segment.flags.any(Flags::FIN | Flags::RST) {
            return;
        }
        let noted = if segment.is_ack() {
            (segment.src, Proof::Answered)
        } else {
            (segment.dst, Proof::Asked)
        };
        if self.latest == Some(noted) {
            return;
        }
        self.latest = Some(noted);
        let (addr, proof) = noted;
        let listener = self.at(addr);
        listener.proof = listener.proof.max(proof);
    }

    /// Who is who in a connection that begins with a segment from an end.
    pub(super) fn cast(&mut self, key: &FlowKey, sender: End, segment: &Segment<'_>) -> Cast {
        let is_syn = segment.flags.has(Flags::SYN);
        let (client, roles) = match (is_syn, segment.is_ack()) {
            (true, false) => (sender, Roles::BySyn),
            (true, true) => (sender.other(), Roles::BySynAck),
            (false, _) => {
                let (client, by) = self.guess(key, sender);
                (client, Roles::Guessed(by))
            }
        };
        Cast {
            client,
            roles,
            first: sender,
        }
    }

    /// The client, where only a guess can tell, and what the guess goes by.
    fn guess(&mut self, key: &FlowKey, sender: End) -> (End, GuessedBy) {
        let low = self.met(key, End::Low);
        let high = self.met(key, End::High);
        let ports = {
            let [low, high] = [End::Low, End::High].map(|end| Standing::of(key.end(end).port()));
            low.cmp(&high)
        };
        let with_several = match (low.peers >= SEVERAL).cmp(&(high.peers >= SEVERAL)) {
            Ordering::Greater if ports.is_lt() && low.peers < MANY => Ordering::Equal,
            Ordering::Less if ports.is_gt() && high.peers < MANY => Ordering::Equal,
            with_several => with_several,
        };
        let likelier = [
            (low.proof.cmp(&high.proof), GuessedBy::KnownServer),
            (with_several, GuessedBy::SeveralPeers),
            (ports, GuessedBy::Port),
        ];
        let told = likelier.into_iter().find_map(|(low_to_high, by)| {
            // The one that is more of a server is not the client.
            match low_to_high {
                Ordering::Less => Some((End::Low, by)),
                Ordering::Greater => Some((End::High, by)),
                Ordering::Equal => None,
            }
        });
        told.unwrap_or((sender, GuessedBy::FirstSegment))
    }

    /// What is known of an end, with a connection that is guessed at.
    fn met(&mut self, key: &FlowKey, end: End) -> Listener {
        let listener = self.at(key.end(end));
        let peer = key.digest();
        if listener.peers == 0 || listener.latest != peer {
            listener.peers = listener.peers.saturating_add(1);
            listener.latest = peer;
        }
        *listener
    }

    fn at(&mut self, addr: SocketAddr) -> &mut Listener {
        if !self.newer.contains_key(&addr) {
            let known = self.older.remove(&addr).unwrap_or_default();
            if self.newer.len() >= MOST {
                std::mem::swap(&mut self.newer, &mut self.older);
                self.newer.clear();
                self.latest = None;
            }
            self.newer.insert(addr, known);
        }
        self.newer.entry(addr).or_default()
    }
}

#[cfg(test)]
mod tests {

    use super::*;

    /// An end on one of a few hosts.
    type Location = (u8, u16);

    fn segment((from, src): Location, (to, dst): Location, flags: Flags) -> Segment<'static> {
        Segment {
            src: ([10, 0, 0, from], src).into(),
            dst: ([10, 0, 0, to], dst).into(),
            ttl: 64,
            flags,
            window: 500,
            ..Segment::NOBODYS
        }
    }

    /// What a connection that is seen late is taken for: the port of its server, and
    /// why.
    fn late(known: &mut Listeners, from: Location, to: Location) -> (u16, GuessedBy) {
        let segment = segment(from, to, Flags::ACK);
        let (key, sender) = FlowKey::of(&segment.src, &segment.dst);
        let cast = known.cast(&key, sender, &segment);
        assert_eq!(cast.first, sender);
        let server = key.end(cast.client.other()).port();
        (server, cast.roles.guessed_by().unwrap())
    }

    fn both_ways(known: &mut Listeners, from: Location, to: Location) -> [(u16, GuessedBy); 2] {
        [late(known, from, to), late(known, to, from)]
    }

    #[test]
    fn who_spoke_first_is_the_client_where_nothing_else_tells() {
        let known = &mut Listeners::default();
        for (from, to) in [((1, 50_000), (2, 40_000)), ((1, 80), (2, 25))] {
            assert_eq!(late(known, from, to), (to.1, GuessedBy::FirstSegment));
            assert_eq!(late(known, to, from), (from.1, GuessedBy::FirstSegment));
        }
    }

    #[test]
    fn ports_tell_whoever_spoke_first() {
        let known = &mut Listeners::default();
        let told = both_ways(known, (1, 40_000), (2, 9_000));
        assert_eq!(told, [(9_000, GuessedBy::Port); 2]);
    }

    #[test]
    fn a_syn_shows_a_server_and_a_syn_ack_does_so_better() {
        let known = &mut Listeners::default();
        // Whose ports tell the contrary.
        let (client, server) = ((1, 80), (2, 50_000));
        known.note(&segment((3, 81), server, Flags::SYN));
        let told = [(50_000, GuessedBy::KnownServer); 2];
        assert_eq!(both_ways(known, client, server), told);
        // Somebody tries the other end, too.
        known.note(&segment((3, 82), client, Flags::SYN));
        assert_eq!(late(known, client, server).1, GuessedBy::Port);
        known.note(&segment(server, (3, 81), Flags::SYN | Flags::ACK));
        assert_eq!(both_ways(known, client, server), told);
        // Whatever comes then, it has answered.
        known.note(&segment((3, 83), server, Flags::SYN));
        assert_eq!(both_ways(known, client, server), told);
    }

    #[test]
    fn a_syn_that_is_none_shows_nothing() {
        let known = &mut Listeners::default();
        for nonsense in [Flags::FIN, Flags::RST] {
            known.note(&segment((3, 81), (2, 50_000), Flags::SYN | nonsense));
        }
        assert_eq!(
            late(known, (1, 40_000), (2, 50_000)).1,
            GuessedBy::FirstSegment
        );
    }

    #[test]
    fn two_other_ends_show_a_server() {
        let known = &mut Listeners::default();
        let server = (2, 40_000);
        let (_, by) = late(known, server, (1, 50_000));
        assert_eq!(by, GuessedBy::FirstSegment);
        let told = (40_000, GuessedBy::SeveralPeers);
        assert_eq!(late(known, server, (1, 50_001)), told);
        assert_eq!(late(known, server, (3, 50_000)), told);
    }

    #[test]
    fn it_takes_more_of_them_where_the_ports_tell_the_contrary() {
        let known = &mut Listeners::default();
        let told = (1..6).map(|host| late(known, (host, 4_444), (9, 40_000)));
        let ports = (4_444, GuessedBy::Port);
        let several = (40_000, GuessedBy::SeveralPeers);
        let expected = [ports, ports, ports, several, several];
        assert_eq!(told.collect::<Vec<_>>(), expected);
        // The other way round the key has them.
        let known = &mut Listeners::default();
        let told = (5..10).map(|host| late(known, (host, 4_444), (1, 40_000)));
        assert_eq!(told.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn the_same_end_again_is_not_one_more() {
        let known = &mut Listeners::default();
        for _ in 0..9 {
            late(known, (1, 4_444), (9, 40_000));
        }
        let told = late(known, (2, 4_444), (9, 40_000));
        assert_eq!(told, (4_444, GuessedBy::Port));
    }

    #[test]
    fn what_is_spoken_to_is_remembered_and_there_is_an_end_to_the_rest() {
        let known = &mut Listeners::default();
        let (client, server) = ((1, 80), (2, 50_000));
        let spoken_to = segment((3, 81), server, Flags::SYN);
        let scan = |known: &mut Listeners, host| {
            for port in 0..2_000 {
                known.note(&segment((3, 81), (host, port), Flags::SYN));
            }
        };
        known.note(&spoken_to);
        for host in 10..19 {
            scan(known, host);
            assert_eq!(late(known, client, server).1, GuessedBy::KnownServer);
        }
        for host in 20..24 {
            scan(known, host);
        }
        assert!(known.newer.len() + known.older.len() <= 2 * MOST);
        assert_eq!(late(known, client, server).1, GuessedBy::Port);
        // One that is spoken to again is noted again, though it was noted last.
        known.note(&spoken_to);
        for port in 0..60_000 {
            late(known, (4, port), (5, port));
        }
        known.note(&spoken_to);
        assert_eq!(late(known, client, server).1, GuessedBy::KnownServer);
    }
}
