//! Link types have one number in capture files and, a few of them, another one
//! in the libpcap of each system. Here are those of Linux.

use crate::link_type::LinkType;

/// In a file, and for libpcap.
const DIFFERENT: [(u16, u16); 5] = [(100, 11), (101, 12), (102, 15), (103, 16), (106, 19)];
/// Raw IP, by the number that OpenBSD's libpcap has for it.
const RAW_OPENBSD: u16 = 14;

/// The number by which libpcap knows a link type of a file.
pub(super) fn of(link_type: LinkType) -> u16 {
    let number = match link_type.0 {
        RAW_OPENBSD => LinkType::RAW.0,
        number => number,
    };
    let different = DIFFERENT.iter().find(|(in_file, _)| *in_file == number);
    different.map_or(number, |(_, dlt)| *dlt)
}

/// The number in files of a link type of libpcap.
pub(super) fn in_file(dlt: u16) -> LinkType {
    let different = DIFFERENT.iter().find(|(_, known)| *known == dlt);
    LinkType(different.map_or(dlt, |(in_file, _)| *in_file))
}

/// The number that libpcap writes for a link type of a file: raw IP has
/// several.
pub(super) fn canonical(link_type: LinkType) -> LinkType {
    in_file(of(link_type))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_translated_and_back() {
        for number in [0, 1, 100, 101, 105, 113, 127, 228, 276] {
            assert_eq!(in_file(of(LinkType(number))), LinkType(number));
        }
        assert_eq!(of(LinkType(RAW_OPENBSD)), of(LinkType::RAW));
    }
}
