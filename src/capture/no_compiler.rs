//! In the place of libpcap's compiler, where the library is built without
//! libpcap.

use crate::capture::bpf::Program;
use crate::capture::expression::Expression;
use crate::capture::order::Order;
use crate::link_type::LinkType;

const NO_COMPILER: &str = "this build cannot compile filters, as it is without libpcap; \
                           leave the filter out, or build with the feature \"live\"";

pub(super) fn for_socket(_: &Expression, _: LinkType) -> Result<Program, String> {
    Err(NO_COMPILER.to_owned())
}

pub(super) fn for_file(_: &Expression, _: LinkType, _: Order) -> Result<Program, String> {
    Err(NO_COMPILER.to_owned())
}

/// What libpcap would have said needs more words than this.
pub(super) fn advice(_: &str, reason: &str) -> String {
    reason.to_owned()
}
