//! A large capture of well-formed connections, made anew for each run: the same
//! octets every time.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// What is in the capture.
#[derive(Debug, Clone, Copy)]
pub struct Traffic {
    /// Connections.
    pub flows: u32,
    /// Requests with answers in each: four segments, and seven to open and close.
    pub rounds: u32,
    /// Connections that are open at a time, their segments interleaved.
    pub open: usize,
}

impl Traffic {
    /// How many segments it has.
    pub const fn segments(self) -> u32 {
        self.flows * (7 + 4 * self.rounds)
    }

    /// Writes it.
    pub fn write(self, path: &Path) -> io::Result<()> {
        let mut out = BufWriter::with_capacity(1 << 20, File::create(path)?);
        let mut header = vec![0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0];
        header.extend([0; 8]);
        header.extend(262_144_u32.to_le_bytes());
        header.extend(1_u32.to_le_bytes());
        out.write_all(&header)?;
        let mut to_come = (0..self.flows).map(|number| Flow::new(number, self.rounds));
        let mut flows: Vec<Flow> = to_come.by_ref().take(self.open).collect();
        let mut random = Random(7);
        let mut microseconds = 0;
        while !flows.is_empty() {
            let place = random.below(u32::try_from(flows.len()).unwrap_or(1)) as usize;
            let Some(frame) = flows[place].next_frame() else {
                match to_come.next() {
                    Some(next) => flows[place] = next,
                    None => drop(flows.swap_remove(place)),
                }
                continue;
            };
            microseconds += 3;
            let len = u32::try_from(frame.len()).unwrap_or(0).to_le_bytes();
            let (second, fraction) = (
                1_700_000_000 + microseconds / 1_000_000,
                microseconds % 1_000_000,
            );
            for word in [u32::to_le_bytes(second), fraction.to_le_bytes(), len, len] {
                out.write_all(&word)?;
            }
            out.write_all(&frame)?;
        }
        out.flush()
    }
}

/// A connection, one segment at a time.
struct Flow {
    number: u32,
    rounds: u32,
    step: u32,
    random: Random,
    client: u32,
    server: u32,
}

impl Flow {
    fn new(number: u32, rounds: u32) -> Self {
        let mut random = Random(u64::from(number) + 1);
        let (client, server) = (random.next(), random.next());
        Self {
            number,
            rounds,
            step: 0,
            random,
            client,
            server,
        }
    }

    /// Handshake, rounds of request, ACK, answer, ACK, and four to close.
    fn next_frame(&mut self) -> Option<Vec<u8>> {
        const SYN: u8 = 0x02;
        const ACK: u8 = 0x10;
        const PSH_ACK: u8 = 0x18;
        const FIN_ACK: u8 = 0x11;
        let step = self.step;
        self.step += 1;
        let last = 3 + 4 * self.rounds;
        let (to_server, flags, len) = match step {
            0 => (true, SYN, 0),
            1 => (false, SYN | ACK, 0),
            2 => (true, ACK, 0),
            _ if step < last => match (step - 3) % 4 {
                0 => (true, PSH_ACK, 1 + self.random.below(1400)),
                1 => (false, ACK, 0),
                2 => (false, PSH_ACK, 100 + self.random.below(1349)),
                _ => (true, ACK, 0),
            },
            _ => match step - last {
                0 => (true, FIN_ACK, 0),
                1 => (false, ACK, 0),
                2 => (false, FIN_ACK, 0),
                3 => (true, ACK, 0),
                _ => return None,
            },
        };
        let frame = self.frame(to_server, flags, len);
        let moved = len + u32::from(flags & 0x03 != 0);
        let sent = if to_server {
            &mut self.client
        } else {
            &mut self.server
        };
        *sent = sent.wrapping_add(moved);
        Some(frame)
    }

    fn frame(&self, to_server: bool, flags: u8, len: u32) -> Vec<u8> {
        let client = (
            (0x0a00_0001 + self.number).to_be_bytes(),
            1024 + self.number % 60_000,
            self.client,
        );
        let port = [80, 443, 4444, 5432][self.number as usize % 4];
        let server = ([10, 240, 0, 1], port, self.server);
        let (src, dst) = if to_server {
            (client, server)
        } else {
            (server, client)
        };
        let options: &[u8] = if flags & 0x02 == 0 {
            &[1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 1]
        } else {
            &[
                2, 4, 5, 0xb4, 4, 2, 8, 10, 0, 0, 0, 1, 0, 0, 0, 0, 1, 3, 3, 7,
            ]
        };
        let header_len = 20 + u32::try_from(options.len()).unwrap_or(0);
        let wire_port = |port: u32| u16::try_from(port).unwrap_or(0).to_be_bytes();
        let half = |value: u32| u16::try_from(value).unwrap_or(0).to_be_bytes();
        let acknowledged = if flags & 0x10 == 0 { 0 } else { dst.2 };
        let mut frame = vec![2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0, 0x45, 0];
        frame.extend(half(20 + header_len + len));
        frame.extend([0, 0, 0x40, 0, 64, 6, 0, 0]);
        frame.extend(src.0);
        frame.extend(dst.0);
        frame.extend(wire_port(src.1));
        frame.extend(wire_port(dst.1));
        frame.extend(src.2.to_be_bytes());
        frame.extend(acknowledged.to_be_bytes());
        frame.extend([u8::try_from(header_len / 4 * 16).unwrap_or(0), flags]);
        frame.extend([1, 246, 0, 0, 0, 0]);
        frame.extend(options);
        frame.extend((32..127).cycle().take(len as usize));
        frame
    }
}

/// Numerical Recipes' linear congruential generator: the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(self.0 >> 32).unwrap_or(0)
    }

    fn below(&mut self, limit: u32) -> u32 {
        self.next() % limit
    }
}
