//! How a file for xplot begins.

use crate::sink::draw::picture::Subject;
use crate::sink::draw::xplot::pen::{Pen, Units};
use crate::track::dir::Dir;

/// What stands in the head of a file.
pub(super) struct XplotHead {
    pub(super) units: Units,
    /// What the graph is called, behind the two ends.
    pub(super) name: &'static str,
    /// What is measured upwards.
    pub(super) values: &'static str,
}

impl XplotHead {
    /// A file that is begun, for what an end of a connection sent.
    pub(super) fn begin(&self, subject: &Subject<'_>, sender: Dir) -> Pen {
        let flow = &subject.connection.flow;
        let (client, server) = (flow.client_addr(), flow.server_addr());
        let (from, to) = match sender {
            Dir::ToServer => (client, server),
            Dir::ToClient => (server, client),
        };
        let title = format!("{from}_==>_{to} ({})", self.name);
        Pen::new(self.units, &title, self.values)
    }
}
