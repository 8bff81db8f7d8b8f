//! Values over time as they are, before they have a place on any paper: lines, bars, signs
//! and bands. [Laid out](layout) they are a [`Scene`](super::scene::Scene) with axes, and a
//! legend of what occurs.

pub(super) mod axis;
pub(super) mod labels;
pub(super) mod layout;
pub(super) mod legend;
pub(super) mod marks;
pub(super) mod thin;
