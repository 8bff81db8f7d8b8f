//! Frames as they stand on the wire: Ethernet, IPv4 or IPv6, TCP, checksums
//! right.

use std::net::SocketAddr;

use etherparse::{IpHeaders, Ipv4Extensions, Ipv4Header, PacketBuilder, TcpHeader, ip_number};

/// Octets of an Ethernet header.
pub const ETHERNET_LEN: usize = 14;

/// A segment to be sent.
#[derive(Debug, Clone)]
pub struct Segment {
    pub src: SocketAddr,
    pub dst: SocketAddr,
    pub seq: u32,
    pub ack: u32,
    /// Letters as tcpdump and packetdrill write them, `-` for no bit at all.
    pub flags: String,
    pub window: u16,
    /// TTL or hop limit.
    pub ttl: u8,
    /// Of IPv4.
    pub identification: u16,
    /// The option area; padded to whole words.
    pub options: Vec<u8>,
    pub payload: Vec<u8>,
}

impl Segment {
    /// One without data and options.
    pub fn new(src: SocketAddr, dst: SocketAddr, flags: &str, seq: u32, ack: u32) -> Self {
        Self {
            src,
            dst,
            seq,
            ack,
            flags: flags.to_owned(),
            window: 1000,
            ttl: 64,
            identification: 0,
            options: Vec::new(),
            payload: Vec::new(),
        }
    }

    /// The same with `len` octets of data, each a letter by its number: what is sent
    /// again has the same.
    pub fn with_payload(mut self, len: usize) -> Self {
        let numbers = (0..).map(|nth| self.seq.wrapping_add(nth));
        let letter = |number: u32| b'a' + u8::try_from(number % 26).unwrap();
        self.payload = numbers.map(letter).take(len).collect();
        self
    }

    /// The same with a header option area.
    pub fn with_options(mut self, options: &[u8]) -> Self {
        self.options = options.to_vec();
        self
    }

    /// The frame.
    pub fn to_ethernet(&self) -> Vec<u8> {
        let link = PacketBuilder::ethernet2([2, 0, 0, 0, 0, 1], [2, 0, 0, 0, 0, 2]);
        let net = match (self.src, self.dst) {
            (SocketAddr::V4(src), SocketAddr::V4(dst)) => {
                let (src, dst) = (src.ip().octets(), dst.ip().octets());
                let mut header = Ipv4Header::new(0, self.ttl, ip_number::TCP, src, dst).unwrap();
                header.identification = self.identification;
                link.ip(IpHeaders::Ipv4(header, Ipv4Extensions::default()))
            }
            (SocketAddr::V6(src), SocketAddr::V6(dst)) => {
                link.ipv6(src.ip().octets(), dst.ip().octets(), self.ttl)
            }
            _ => panic!("{} and {} are of two families", self.src, self.dst),
        };
        let mut frame = Vec::new();
        net.tcp_header(self.header())
            .write(&mut frame, &self.payload)
            .unwrap();
        frame
    }

    fn header(&self) -> TcpHeader {
        let mut header = TcpHeader::new(self.src.port(), self.dst.port(), self.seq, self.window);
        header.acknowledgment_number = self.ack;
        for letter in self.flags.chars() {
            let bit = match letter {
                'F' => &mut header.fin,
                'S' => &mut header.syn,
                'R' => &mut header.rst,
                'P' => &mut header.psh,
                '.' => &mut header.ack,
                'U' => &mut header.urg,
                'E' => &mut header.ece,
                'W' => &mut header.cwr,
                '-' => continue,
                other => panic!("no control bit is written {other:?}"),
            };
            *bit = true;
        }
        header.set_options_raw(&self.options).unwrap();
        header
    }
}
