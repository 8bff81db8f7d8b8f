//! A pcap-filter(7) expression, compiled by libpcap for each link type it
//! meets.
//!
//! A file with several link types has frames for which an expression means
//! nothing: `wlan type data` and Ethernet. Such frames do not match, as long as
//! the expression means something for another interface of the file. Where it
//! means nothing for all of them, libpcap's complaint ends the run.

use crate::capture::bpf::Program;
use crate::capture::compile;
use crate::capture::expression::Expression;
use crate::capture::order::Order;
use crate::error::Error;
use crate::link_type::LinkType;

/// A filter expression and its programs. An empty expression, which is the
/// default, passes all.
#[derive(Debug, Clone)]
pub struct Filter {
    expression: Expression,
    /// Of the file that is read.
    order: Order,
    programs: Vec<Compiled>,
}

/// What became of the expression for a link type: its program, or libpcap's
/// complaint.
#[derive(Debug, Clone)]
struct Compiled {
    link_type: LinkType,
    order: Order,
    program: Result<Program, String>,
}

impl Default for Filter {
    fn default() -> Self {
        Self::new("")
    }
}

impl Filter {
    /// A filter that is compiled when the first frame of a link type comes.
    #[must_use]
    pub fn new(expression: &str) -> Self {
        Self {
            expression: Expression {
                text: expression.trim().to_owned(),
                optimized: true,
            },
            order: Order::Little,
            programs: Vec::new(),
        }
    }

    /// The same, with programs as libpcap writes them down at first.
    #[must_use]
    pub fn unoptimized(mut self) -> Self {
        self.expression.optimized = false;
        self.programs.clear();
        self
    }

    /// The expression as typed.
    #[must_use]
    pub fn expression(&self) -> &str {
        &self.expression.text
    }

    /// Whether libpcap may optimize the program.
    #[must_use]
    pub const fn is_optimized(&self) -> bool {
        self.expression.optimized
    }

    /// Reads frames of a file in this byte order from now on.
    pub(super) const fn set_order(&mut self, order: Order) {
        self.order = order;
    }

    /// The program for a socket of a link type; `None` where all pass. It may
    /// load what only the kernel knows.
    ///
    /// # Errors
    ///
    /// [`Error::Filter`] with libpcap's words.
    pub(super) fn for_socket(&self, link_type: LinkType) -> Result<Option<Program>, Error> {
        if self.accepts_all() {
            return Ok(None);
        }
        let program = compile::for_socket(&self.expression, link_type);
        program.map(Some).map_err(|reason| self.refused(&reason))
    }

    /// Compiles for the one link type of a file, so that a bad expression is
    /// known before the first frame.
    ///
    /// # Errors
    ///
    /// [`Error::Filter`] with libpcap's words.
    pub fn compile(&mut self, link_type: LinkType) -> Result<(), Error> {
        self.offer(link_type);
        match self.compiled(link_type) {
            Some(Err(reason)) => Err(self.refused(reason)),
            _ => Ok(()),
        }
    }

    /// Compiles for one of the link types of a file.
    pub(super) fn offer(&mut self, link_type: LinkType) {
        if self.accepts_all() || self.compiled(link_type).is_some() {
            return;
        }
        self.programs.push(Compiled {
            link_type,
            order: self.order,
            program: compile::for_file(&self.expression, link_type, self.order),
        });
    }

    fn compiled(&self, link_type: LinkType) -> Option<&Result<Program, String>> {
        let mut programs = self.programs.iter();
        let compiled = programs
            .find(|compiled| compiled.link_type == link_type && compiled.order == self.order);
        compiled.map(|compiled| &compiled.program)
    }

    /// The first program for a file; `None` where all frames pass, or none was
    /// asked for.
    ///
    /// # Errors
    ///
    /// [`Error::Filter`] where the expression can be compiled for none of the
    /// link types that were met, with libpcap's words about the first one.
    pub(super) fn program(&self) -> Result<Option<&Program>, Error> {
        let mut programs = self.programs.iter().map(|compiled| &compiled.program);
        match programs.clone().find_map(|program| program.as_ref().ok()) {
            Some(program) => Ok(Some(program)),
            None => match programs.next() {
                Some(Err(reason)) => Err(self.refused(reason)),
                _ => Ok(None),
            },
        }
    }

    /// Whether the expression is empty, so that nothing needs to be asked.
    #[must_use]
    #[inline]
    pub const fn accepts_all(&self) -> bool {
        self.expression.text.is_empty()
    }

    /// Whether a frame passes: its captured octets, and its length on the wire.
    ///
    /// # Errors
    ///
    /// [`Error::Filter`] where the expression can be compiled for none of the
    /// link types that were met.
    #[inline]
    pub fn accepts(
        &mut self,
        link_type: LinkType,
        bytes: &[u8],
        wire_len: u32,
    ) -> Result<bool, Error> {
        if self.accepts_all() {
            return Ok(true);
        }
        loop {
            match self.compiled(link_type) {
                Some(Ok(program)) => return Ok(program.accepts(bytes, wire_len)),
                Some(Err(_)) => return self.program().map(|_| false),
                None => self.offer(link_type),
            }
        }
    }

    fn refused(&self, reason: &str) -> Error {
        Error::Filter {
            expression: self.expression.text.clone(),
            reason: compile::advice(&self.expression.text, reason),
        }
    }
}
