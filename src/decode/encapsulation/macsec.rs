//! IEEE 802.1AE: what is secured, but not encrypted.

use etherparse::MacsecHeaderSlice;

use crate::decode::encapsulation::NextHeader;
use crate::decode::walk::Walk;
use crate::layer::LayerKind;
use crate::skip::Skip;

const CHECK_VALUE_LEN: usize = 16;

impl Walk<'_, '_> {
    /// Steps over a tag and cuts off the check value at the end. What is
    /// encrypted or changed stays closed.
    #[cold]
    pub(super) fn macsec(&mut self) -> Result<NextHeader, Skip> {
        self.note(LayerKind::Macsec)?;
        let tag = MacsecHeaderSlice::from_slice(self.rest()).map_err(|_| Skip::CutBelowTcp)?;
        let ethertype = tag.next_ether_type().ok_or(Skip::NotIp)?;
        let tag_len = tag.slice().len();
        // What is secured begins with the ethertype, which that slice includes.
        let secured_at = self.at + tag_len - 2;
        let secured = self.wire_end.checked_sub(secured_at + CHECK_VALUE_LEN);
        let secured = secured.ok_or(Skip::CutBelowTcp)?;
        let claimed = match usize::from(tag.short_len().value()) {
            0 => secured,
            claimed if claimed > secured => return Err(Skip::BadHeader),
            claimed => claimed,
        };
        self.bytes = &self.bytes[..self.bytes.len().saturating_sub(CHECK_VALUE_LEN)];
        self.end_at(secured_at + claimed);
        self.at += tag_len;
        self.ethertype_or_length(ethertype.0)
    }
}
