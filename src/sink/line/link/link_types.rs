//! libpcap's names of link types.

/// Those of the link types that are read, by their numbers there.
const NAMES: [(u32, &str); 30] = [
    (0, "NULL"),
    (1, "EN10MB"),
    (7, "ARCNET"),
    (9, "PPP"),
    (10, "FDDI"),
    (12, "RAW"),
    (50, "PPP_SERIAL"),
    (51, "PPP_ETHER"),
    (104, "C_HDLC"),
    (105, "IEEE802_11"),
    (108, "LOOP"),
    (109, "ENC"),
    (113, "LINUX_SLL"),
    (117, "PFLOG"),
    (119, "PRISM_HEADER"),
    (127, "IEEE802_11_RADIO"),
    (129, "ARCNET_LINUX"),
    (149, "USER2"),
    (163, "IEEE802_11_RADIO_AVS"),
    (166, "PPP_PPPD"),
    (192, "PPI"),
    (226, "IPNET"),
    (228, "IPV4"),
    (229, "IPV6"),
    (239, "NFLOG"),
    (242, "IPOIB"),
    (247, "INFINIBAND"),
    (258, "PKTAP"),
    (276, "LINUX_SLL2"),
    (14, "RAW"),
];

/// libpcap's name of a link type by its number.
pub(in crate::sink) fn link_type_name(number: u32) -> Option<&'static str> {
    let known = NAMES.iter().find(|(known, _)| *known == number);
    known.map(|(_, name)| *name)
}
