//! What the kernel says of sockets, held against `ss`, which asks the same kernel: the
//! same state, processes, queues and figures of the same connections while they work.
//!
//! Two programs that ask one after the other see different moments. So ours is asked
//! before `ss` and after it, and where nobody used a connection meanwhile and both answers
//! are the same, `ss` has to say that.

mod peers;
mod ss;

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::time::{SystemTime, UNIX_EPOCH};

use tcptrace::capture::live::sockets::Asker;
use tcptrace::capture::live::sockets::locals::Locals;
use tcptrace::socket::{Holder, KernelState, SocketPair, SocketWord};
use tcptrace::time::Timestamp;

use crate::network::{addresses, has, play_all};
use crate::sockets::peers::Peers;
use crate::sockets::ss::Said;

/// So many times one end has to be the same before and after.
const SAMPLES: usize = 1_000;

/// And no more looks than that.
const MOST_LOOKS: usize = 60;

/// What a family's sockets came to.
#[derive(Debug, Default)]
struct Compared {
    samples: usize,
    /// Those with octets in a queue.
    with_queue: usize,
    changed: usize,
    states: BTreeMap<KernelState, usize>,
    complaints: Vec<String>,
}

#[test]
fn the_kernel_says_the_same_to_ss() {
    let addresses = match addresses() {
        Ok(addresses) if has("ss") && has("perl") => addresses,
        Ok(_) => return println!("skipped: needs ss and perl"),
        Err(missing) => return println!("skipped: needs {missing}"),
    };
    let results = play_all(&addresses, |address| compare(*address));
    for (address, result) in addresses.iter().zip(results) {
        let compared = result.unwrap();
        println!("{address}: {compared:?}");
        assert_eq!(compared.complaints, [""; 0], "{address}");
        assert!(compared.samples >= SAMPLES, "{address}: {compared:?}");
        assert!(compared.with_queue >= 100, "{address}: {compared:?}");
        let states = [
            KernelState::Established,
            KernelState::SynReceived,
            KernelState::FinWait2,
            KernelState::CloseWait,
            KernelState::TimeWait,
        ];
        for state in states {
            let times = compared.states.get(&state).copied().unwrap_or_default();
            assert!(times > 0, "{address}: no {state:?} in {compared:?}");
        }
    }
}

fn compare(address: IpAddr) -> Compared {
    let peers = Peers::at_work(address);
    let (mut asker, locals) = (Asker::open().unwrap(), Locals::read());
    let mut compared = Compared::default();
    for _ in 0..MOST_LOOKS {
        let used_before = peers.uses();
        let before = ask(&mut asker, &locals, &peers.ends);
        let said = ss::ask();
        let after = ask(&mut asker, &locals, &peers.ends);
        let used = used_before.into_iter().zip(peers.uses());
        for ((before, after), (was_used, used)) in before.iter().zip(&after).zip(used) {
            let is_left_alone = was_used == used && used % 2 == 0;
            if is_left_alone && before.socket == after.socket {
                compared.take(after, said.get(&after.ends));
            } else {
                compared.changed += 1;
            }
        }
        if compared.samples >= SAMPLES && compared.with_queue >= 100 {
            break;
        }
    }
    compared
}

fn ask(asker: &mut Asker, locals: &Locals, ends: &[SocketPair]) -> Vec<SocketWord> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let now = Timestamp::new(now.as_secs().cast_signed(), now.subsec_nanos().into());
    asker.ask(ends, locals, now).unwrap()
}

impl Compared {
    fn take(&mut self, word: &SocketWord, said: Option<&Said>) {
        self.samples += 1;
        let Some(socket) = &word.socket else {
            if let Some(said) = said {
                self.complain(word, "no socket", said);
            }
            return;
        };
        *self.states.entry(socket.state).or_default() += 1;
        self.with_queue += usize::from(socket.receive_queue + socket.send_queue > 0);
        let Some(said) = said else {
            return self
                .complaints
                .push(format!("{word:?}: ss has no such socket"));
        };
        if said.state != socket.state {
            self.complain(word, "state", said);
        }
        if said.queues != [socket.receive_queue, socket.send_queue] {
            self.complain(word, "queues", said);
        }
        self.take_owner(word, said);
        let Some(figures) = socket.figures else {
            return;
        };
        let micros = |nanoseconds: i64| nanoseconds / 1_000;
        let ours = [
            ("cwnd", Some(i64::from(figures.cwnd))),
            ("rtt", Some(micros(figures.rtt.0))),
            ("rto", Some(micros(figures.rto.0))),
            ("unacked", Some(i64::from(figures.unacked))),
            ("retrans", Some(i64::from(figures.retransmitted))),
            ("ssthresh", figures.ssthresh.map(i64::from)),
        ];
        for (name, ours) in ours {
            // ss is silent about what is nothing.
            let says = said.figures.get(name).copied();
            if ours.unwrap_or_default() != says.unwrap_or_default() {
                self.complain(word, name, said);
            }
        }
    }

    fn take_owner(&mut self, word: &SocketWord, said: &Said) {
        let socket = word.socket.as_ref().unwrap();
        let ours = match (&socket.owner, socket.holder) {
            (Some(owner), Holder::Program) => Some((owner.pid, owner.name.to_string())),
            _ => None,
        };
        if ours.as_ref() != said.processes.first() {
            self.complain(word, "process", said);
        }
        let others = socket.owner.as_ref().map_or(0, |owner| owner.others);
        if socket.holder == Holder::Program && others as usize + 1 != said.processes.len() {
            self.complain(word, "other processes", said);
        }
    }

    fn complain(&mut self, word: &SocketWord, what: &str, said: &Said) {
        self.complaints
            .push(format!("{what}: we have {word:?}, ss {said:?}"));
    }
}
