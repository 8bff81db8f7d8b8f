//! What a SYN offers: its options.

use crate::options::{TcpOption, TcpOptions};

/// The largest shift count in force (RFC 7323 §2.3).
pub const MAX_SCALE: u8 = 14;

/// The options of a SYN or SYN-ACK.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "options that are there or not"
)]
pub struct Offer {
    /// Maximum segment size, octets.
    pub mss: Option<u16>,
    /// Window scale, the shift count as sent.
    pub window_scale: Option<u8>,
    /// SACK permitted.
    pub sack_permitted: bool,
    /// Timestamps: the value.
    pub timestamps: Option<u32>,
    /// Fast Open: a cookie, or the request for one.
    pub fast_open: Option<FastOpen>,
    /// Multipath TCP.
    pub multipath: Option<Multipath>,
    /// A signature by MD5 (RFC 2385).
    pub md5: bool,
    /// The authentication option (RFC 5925).
    pub authentication: bool,
    /// Whether some of the options were not captured, so that those that are not here
    /// may have been there.
    pub is_cut: bool,
}

/// What a Fast Open option holds (RFC 7413 §4.1.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FastOpen {
    /// No cookie: asks for one.
    Request,
    /// A cookie.
    Cookie,
}

/// What Multipath TCP was used for (RFC 8684 §3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Multipath {
    /// To begin a connection that may have several paths.
    Capable,
    /// To add a path to one.
    Join,
}

impl Offer {
    /// Reads the options of a SYN.
    #[must_use]
    pub fn of(options: TcpOptions<'_>) -> Self {
        let nothing = Self {
            is_cut: options.missing > 0,
            ..Self::default()
        };
        options.iter().fold(nothing, Self::with)
    }

    fn with(mut self, option: TcpOption<'_>) -> Self {
        use crate::options::kind;
        self.mss = option.mss().or(self.mss);
        self.window_scale = option.window_scale().or(self.window_scale);
        self.sack_permitted |= option.kind == kind::SACK_PERMITTED;
        self.timestamps = option
            .timestamps()
            .map(|(value, _)| value)
            .or(self.timestamps);
        self.md5 |= option.kind == kind::MD5;
        self.authentication |= option.kind == kind::AUTHENTICATION;
        if option.kind == kind::MPTCP {
            self.multipath = match option.value.first().map(|octet| octet >> 4) {
                Some(0) => Some(Multipath::Capable),
                Some(1) => Some(Multipath::Join),
                _ => self.multipath,
            };
        }
        if let Some(cookie) = option.fast_open_cookie() {
            let content = if cookie.is_empty() {
                FastOpen::Request
            } else {
                FastOpen::Cookie
            };
            self.fast_open = Some(content);
        }
        self
    }
}
