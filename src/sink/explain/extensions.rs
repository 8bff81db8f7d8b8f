//! What the options of a handshake ask for beside the usual ones, and what
//! comes of it: several paths (RFC 8684), signatures (RFC 2385, RFC 5925). An
//! option whose length is not that of its kind says nothing.

use crate::options::{TcpOption, kind};
use crate::sink::explain::{Situation, tell};
use crate::track::offer::Multipath;
use crate::track::offer::Offer;
use crate::track::part::Part;

impl<'a> Situation<'a, '_> {
    pub(super) fn extensions(&mut self) {
        let handshake = &self.seen.flow.handshake;
        if self.seen.role.again > 0 || handshake.is_simultaneous {
            return;
        }
        match self.seen.role.part {
            Part::Syn => self.asked(),
            Part::SynAck if handshake.syn.is_some() => {
                self.multipath_answer(&handshake.offered, &handshake.answered);
                self.signature_answer(&handshake.offered, &handshake.answered);
            }
            Part::HandshakeAck => self.multipath_proof(),
            _ => {}
        }
    }

    fn asked(&mut self) {
        let name = self.sender();
        match self.option(kind::MPTCP) {
            Some(&[first, ..]) if first >> 4 == 0 => {
                tell!(self, multipath_asked, name, first & 0xf);
            }
            // The token and a random number.
            Some(&[first, id, ref rest @ ..]) if first >> 4 == 1 && rest.len() == 8 => {
                let token = hexadecimal(&rest[..4]);
                tell!(self, path_asked, name, &token, self.receiver(), id);
                if first & 1 != 0 {
                    tell!(self, path_is_backup, name);
                }
            }
            _ => {}
        }
        if self.option(kind::MD5).is_some() {
            tell!(self, md5_asked, name);
        }
        if let Some(&[key, next, ref code @ ..]) = self.option(kind::AUTHENTICATION) {
            tell!(self, ao_asked, name, code.len() as u64, key, next);
        }
    }

    fn multipath_answer(&mut self, offered: &Offer, answered: &Offer) {
        let (name, value) = (self.sender(), self.option(kind::MPTCP));
        match (offered.multipath, value) {
            (Some(Multipath::Capable), Some(&[first, _, ref key @ ..]))
                if first >> 4 == 0 && key.len() == 8 =>
            {
                let key = hexadecimal(key);
                tell!(self, multipath_agreed, name, first & 0xf, &key);
            }
            // The HMAC and a random number.
            (Some(Multipath::Join), Some(&[first, _, ref rest @ ..]))
                if first >> 4 == 1 && rest.len() == 12 =>
            {
                let code = hexadecimal(&rest[..8]);
                tell!(self, path_agreed, name, &code);
            }
            (Some(Multipath::Capable), _) if answered.multipath.is_none() => {
                tell!(self, multipath_refused);
            }
            (Some(Multipath::Join), _) if answered.multipath.is_none() => {
                tell!(self, path_refused, self.receiver());
            }
            _ => {}
        }
    }

    /// The third segment has the keys, or proves that they are known.
    fn multipath_proof(&mut self) {
        let (name, other) = (self.sender(), self.receiver());
        match self.option(kind::MPTCP) {
            Some(&[first, _, ref keys @ ..]) if first >> 4 == 0 && keys.len() >= 16 => {
                let (own, rest) = keys.split_at(8);
                let keys = (hexadecimal(own), hexadecimal(&rest[..8]));
                tell!(self, multipath_keys, name, &keys.0, other, &keys.1);
            }
            Some(&[first, _, ref code @ ..]) if first >> 4 == 1 && code.len() == 20 => {
                tell!(self, path_proved, name, other);
            }
            _ => {}
        }
    }

    fn signature_answer(&mut self, offered: &Offer, answered: &Offer) {
        let other = self.receiver();
        match (offered.md5, answered.md5) {
            (true, true) => tell!(self, md5_agreed),
            (true, false) => tell!(self, md5_missing, other),
            _ => {}
        }
        match (offered.authentication, answered.authentication) {
            (true, true) => tell!(self, ao_agreed),
            (true, false) => tell!(self, ao_missing, other),
            _ => {}
        }
    }

    /// The value of an option.
    fn option(&self, kind: u8) -> Option<&'a [u8]> {
        let mut options = self.seen.segment.options.iter();
        let option = options.find(|option| option.kind == kind);
        option.map(|option: TcpOption<'_>| option.value)
    }
}

/// Up to eight octets as the line above shows keys, without leading zeros.
fn hexadecimal(octets: &[u8]) -> String {
    let number = octets
        .iter()
        .fold(0, |number: u64, octet| number << 8 | u64::from(*octet));
    format!("{number:#x}")
}
