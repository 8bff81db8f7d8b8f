//! What the capture did to the traffic is told apart from what TCP did.

mod doubled;
mod lacking;
mod order;
