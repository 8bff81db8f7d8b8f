//! Where frames come from, as their source describes it.

use crate::link_type::LinkType;
use crate::names::Names;

/// What a source says beside its frames. It grows while the source is read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origin {
    /// The comment on the section of the file that is being read. It may hold
    /// control characters, as any text of a file.
    pub comment: Option<Box<str>>,
    /// The interfaces of that section; a frame has the index of its own.
    pub interfaces: Vec<Interface>,
    /// Names of addresses, of all sections.
    pub names: Names,
    /// The interfaces of the capturing host by their numbers there, where it is this
    /// one: a cooked frame says only the number.
    pub host_interfaces: Vec<(u32, String)>,
}

/// An interface that frames were captured on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Interface {
    /// What its frames begin with.
    pub link_type: LinkType,
    /// Six bits of a pcap file above its link type, in the upper part of an
    /// octet: how long the frame check sequence is.
    pub check_sequence: u8,
    /// The most octets that were captured of a frame; 0 where there is no
    /// limit.
    pub snapshot: u32,
    /// How finely it told the time, as pcapng's `if_tsresol`: a negative power
    /// of ten, or of two where the top bit is set.
    pub resolution: u8,
    /// What the capturing system called it.
    pub name: Option<Box<str>>,
    /// What it is, in words.
    pub description: Option<Box<str>>,
    /// What somebody wrote about it.
    pub comment: Option<Box<str>>,
    /// The filter expression with which it was captured on.
    pub filter: Option<Box<str>>,
    /// The operating system of the host that captured.
    pub system: Option<Box<str>>,
}

impl Interface {
    /// An interface of which only that is known.
    #[must_use]
    pub const fn new(link_type: LinkType, snapshot: u32, resolution: u8) -> Self {
        Self {
            link_type,
            check_sequence: 0,
            snapshot,
            resolution,
            name: None,
            description: None,
            comment: None,
            filter: None,
            system: None,
        }
    }
}
