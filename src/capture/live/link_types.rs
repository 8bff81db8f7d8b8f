//! libpcap's names for link types.

use pcap::Linktype;

use crate::capture::dlt;
use crate::link_type::LinkType;

/// The link type of a name, such as `EN10MB`, in any case of letters.
#[must_use]
pub fn named(name: &str) -> Option<LinkType> {
    Linktype::from_name(name).ok().map(in_file)
}

/// The name and the description of a link type: `EN10MB`, `Ethernet`.
#[must_use]
pub fn described(link_type: LinkType) -> Option<(String, String)> {
    let dlt = Linktype(dlt::of(link_type).into());
    let name = dlt.get_name().ok()?;
    Some((name, dlt.get_description().unwrap_or_default()))
}

/// The number in files of a link type of libpcap.
pub(super) fn in_file(link_type: Linktype) -> LinkType {
    dlt::in_file(u16::try_from(link_type.0).unwrap_or(u16::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn link_types_have_names() {
        assert_eq!(named("EN10MB"), Some(LinkType::ETHERNET));
        assert_eq!(named("raw"), Some(LinkType::RAW));
        assert_eq!(named("nosuch"), None);
        let ethernet = ("EN10MB".to_owned(), "Ethernet".to_owned());
        assert_eq!(described(LinkType::ETHERNET), Some(ethernet));
        assert_eq!(described(LinkType(65_000)), None);
    }
}
