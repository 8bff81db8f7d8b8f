//! Link types have one number in capture files and, a few of them, another one
//! in the libpcap of each system. Here are those of Linux.

use pcap::Linktype;

use crate::link_type::LinkType;

/// In a file, and for libpcap.
const DIFFERENT: [(u16, u16); 5] = [(100, 11), (101, 12), (102, 15), (103, 16), (106, 19)];
/// Raw IP, by the number that OpenBSD's libpcap has for it.
const RAW_OPENBSD: u16 = 14;

/// The number by which libpcap knows a link type of a file.
pub(super) fn of(link_type: LinkType) -> Linktype {
    let number = match link_type.0 {
        RAW_OPENBSD => LinkType::RAW.0,
        number => number,
    };
    let different = DIFFERENT.iter().find(|(in_file, _)| *in_file == number);
    Linktype(i32::from(different.map_or(number, |(_, dlt)| *dlt)))
}

/// The number in files of a link type of libpcap.
pub(super) fn in_file(dlt: Linktype) -> LinkType {
    let number = u16::try_from(dlt.0).unwrap_or(u16::MAX);
    let different = DIFFERENT.iter().find(|(_, known)| *known == number);
    LinkType(different.map_or(number, |(in_file, _)| *in_file))
}

/// The number that libpcap writes for a link type of a file: raw IP has
/// several.
pub(super) fn canonical(link_type: LinkType) -> LinkType {
    in_file(of(link_type))
}

/// The link type of a name, such as `EN10MB`, in any case of letters.
#[must_use]
pub fn named(name: &str) -> Option<LinkType> {
    Linktype::from_name(name).ok().map(in_file)
}

/// The name and the description of a link type: `EN10MB`, `Ethernet`.
#[must_use]
pub fn described(link_type: LinkType) -> Option<(String, String)> {
    let dlt = of(link_type);
    let name = dlt.get_name().ok()?;
    Some((name, dlt.get_description().unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_translated_and_back() {
        assert_eq!(named("EN10MB"), Some(LinkType::ETHERNET));
        assert_eq!(named("raw"), Some(LinkType::RAW));
        assert_eq!(named("nosuch"), None);
        let ethernet = ("EN10MB".to_owned(), "Ethernet".to_owned());
        assert_eq!(described(LinkType::ETHERNET), Some(ethernet));
        assert_eq!(described(LinkType(65_000)), None);
        for number in [0, 1, 100, 101, 105, 113, 127, 228, 276] {
            assert_eq!(in_file(of(LinkType(number))), LinkType(number));
        }
        assert_eq!(of(LinkType(RAW_OPENBSD)), of(LinkType::RAW));
    }
}
