//! What libpcap is given to compile.

/// An expression, and whether libpcap may optimize its program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Expression {
    pub(super) text: String,
    pub(super) optimized: bool,
}
