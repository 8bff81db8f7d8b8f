//! What classic tcptrace's graphs (`-S -R -N -T -F`) are made of, found again from the
//! [points](crate::track::point::Point) of a connection: what it says of each segment, and
//! the values of its lines. Its arithmetic is kept, what is odd in it included, so that the
//! files it writes can be written again; `docs/peers.md` names what differs on purpose.

mod outstanding;
mod rates;
mod reading;
mod replay;
mod sizes;

pub use outstanding::{OwinAt, OwinLines};
pub use rates::{Rates, RatesAt};
pub use reading::{Acknowledged, ClassicReading};
pub use replay::Replay;
pub use sizes::{Sizes, SizesAt};
