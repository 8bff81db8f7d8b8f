//! A pcap-filter(7) expression, compiled by libpcap for each link type it
//! meets.

use pcap::{Capture, Linktype};

use crate::capture::bpf::Program;
use crate::error::Error;
use crate::link_type::LinkType;

/// A filter expression and its programs. An empty expression passes all.
#[derive(Debug, Clone)]
pub struct Filter {
    expression: String,
    optimized: bool,
    programs: Vec<(LinkType, Program)>,
}

impl Filter {
    /// A filter that is compiled when the first frame of a link type comes.
    #[must_use]
    pub fn new(expression: &str) -> Self {
        Self {
            expression: expression.trim().to_owned(),
            optimized: true,
            programs: Vec::new(),
        }
    }

    /// The expression as typed.
    #[must_use]
    pub fn expression(&self) -> &str {
        &self.expression
    }

    /// Whether libpcap may optimize the program.
    pub(super) const fn is_optimized(&self) -> bool {
        self.optimized
    }

    /// The program for a link type, once it is compiled; `None` where all pass.
    pub(super) fn program(&self, link_type: LinkType) -> Option<&Program> {
        let program = self.programs.iter().find(|known| known.0 == link_type);
        program.map(|(_, program)| program)
    }

    /// Compiles for `link_type`, so that a bad expression is known before the
    /// first frame.
    ///
    /// # Errors
    ///
    /// [`Error::Filter`] where libpcap refuses the expression.
    pub fn compile(&mut self, link_type: LinkType) -> Result<(), Error> {
        if self.expression.is_empty() || self.programs.iter().any(|known| known.0 == link_type) {
            return Ok(());
        }
        let refused = |reason: String| Error::Filter {
            expression: self.expression.clone(),
            reason: advice(&self.expression, &reason),
        };
        let program = Capture::dead(Linktype(dlt(link_type)))
            .and_then(|dead| dead.compile(&self.expression, self.optimized))
            .map_err(|error| refused(error.to_string()))?;
        let program = Program::from_libpcap(&program)
            .ok_or_else(|| refused("libpcap returned an unreadable program".to_owned()))?;
        self.programs.push((link_type, program));
        Ok(())
    }

    /// Whether the expression is empty, so that nothing needs to be asked.
    #[must_use]
    #[inline]
    pub const fn accepts_all(&self) -> bool {
        self.expression.is_empty()
    }

    /// Whether a frame passes: its captured octets, and its length on the wire.
    ///
    /// # Errors
    ///
    /// [`Error::Filter`] where the link type is new and the expression cannot
    /// be compiled for it.
    #[inline]
    pub fn accepts(
        &mut self,
        link_type: LinkType,
        bytes: &[u8],
        wire_len: u32,
    ) -> Result<bool, Error> {
        if self.expression.is_empty() {
            return Ok(true);
        }
        self.compile(link_type)?;
        let program = self.program(link_type);
        Ok(program.is_none_or(|program| program.accepts(bytes, wire_len)))
    }
}

/// The number by which libpcap on this system knows a link type of a file.
fn dlt(link_type: LinkType) -> i32 {
    match link_type.0 {
        100 => 11,
        101 => 12,
        102 => 15,
        103 => 16,
        106 => 19,
        other => i32::from(other),
    }
}

/// libpcap says only "syntax error" to a bare address or port, the commonest
/// slip; say what to type.
pub(super) fn advice(expression: &str, reason: &str) -> String {
    let reason = reason.trim_start_matches("libpcap error: ");
    if expression.parse::<std::net::IpAddr>().is_ok() {
        return format!("{reason}; to match an address, write: host {expression}");
    }
    if expression.parse::<u16>().is_ok() {
        return format!("{reason}; to match a port, write: port {expression}");
    }
    reason.to_owned()
}
