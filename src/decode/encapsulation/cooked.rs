//! Linux cooked captures, both versions.

use crate::decode::encapsulation::ethernet::MAX_802_3_LENGTH;
use crate::decode::encapsulation::{NextHeader, table};
use crate::decode::walk::Walk;
use crate::layer::LayerKind;
use crate::octets::be16;
use crate::skip::Skip;

const SLL_LEN: usize = 16;
const SLL2_LEN: usize = 20;
/// Protocol numbers that are no ethertypes: IEEE 802.2 follows.
const IEEE_802_2: u16 = 4;
/// Tags; a VLAN tag stands behind the header where Linux did not take it off.
const TAGS: [u16; 5] = [0x8100, 0x88a8, 0x9100, 0x9200, 0x9300];
/// Hardware types that say what follows whatever the protocol (`ARPHRD_`): IEEE
/// 802.11 bare and behind Prism's header and radiotap, and netlink.
const IEEE80211: u16 = 801;
const PRISM: u16 = 802;
const RADIOTAP: u16 = 803;
const NETLINK: u16 = 824;

impl Walk<'_, '_> {
    pub(super) fn cooked(&mut self) -> Result<NextHeader, Skip> {
        let header = self.fixed(LayerKind::LinuxSll, SLL_LEN)?;
        self.behind_cooked(be16(header, 2), be16(header, 14))
    }

    pub(super) fn cooked_2(&mut self) -> Result<NextHeader, Skip> {
        let header = self.fixed(LayerKind::LinuxSll2, SLL2_LEN)?;
        self.behind_cooked(be16(header, 8), be16(header, 0))
    }

    fn behind_cooked(&mut self, hardware: u16, mut protocol: u16) -> Result<NextHeader, Skip> {
        match hardware {
            IEEE80211 => return Ok(NextHeader::IEEE80211),
            PRISM => return Ok(NextHeader::Read(|walk| walk.prism())),
            RADIOTAP => return Ok(NextHeader::Read(|walk| walk.radiotap())),
            NETLINK => return Err(Skip::NotIp),
            _ => {}
        }
        while TAGS.contains(&protocol) {
            protocol = match self.vlan_tag()? {
                0..=MAX_802_3_LENGTH => IEEE_802_2,
                ethertype => ethertype,
            };
        }
        match protocol {
            IEEE_802_2 => Ok(NextHeader::LLC),
            0..=MAX_802_3_LENGTH => Err(Skip::NotIp),
            // A tunnel interface has GRE's numbers there, which are more.
            protocol => table::of_gre_protocol(protocol),
        }
    }
}
