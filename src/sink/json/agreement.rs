//! The options of both SYNs in the record of a connection.

use crate::sink::json::object::{Object, key};
use crate::track::agreement::Ecn;
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::offer::Multipath;
use crate::track::offer::{FastOpen, Offer};

/// Offered in the SYN, answered in the SYN-ACK, and what both have agreed on.
pub(super) fn write(flow: &Flow, object: &mut Object<'_>) {
    let handshake = &flow.handshake;
    let (has_offer, has_answer) = (handshake.syn.is_some(), handshake.has_answer());
    if !has_offer && !has_answer {
        return;
    }
    object.object(key!("options"), |shown| {
        // One that was cut off is no whole offer, and has another name.
        let (offered, answered) = (&handshake.offered, &handshake.answered);
        if has_offer {
            let names = [key!("client"), key!("client_cut")];
            shown.object(names[usize::from(offered.is_cut)], |end| {
                offer(offered, end);
            });
        }
        if has_answer {
            let names = [key!("server"), key!("server_cut")];
            shown.object(names[usize::from(answered.is_cut)], |end| {
                offer(answered, end);
            });
        }
        if has_offer && has_answer && !offered.is_cut && !answered.is_cut {
            shown.object(key!("in_force"), |force| in_force(flow, force));
        }
    });
}

fn offer(offer: &Offer, end: &mut Object<'_>) {
    if let Some(mss) = offer.mss {
        end.number(key!("mss"), mss);
    }
    if let Some(shift) = offer.window_scale {
        end.number(key!("wscale"), shift);
    }
    if offer.sack_permitted {
        end.holds(key!("sack_permitted"));
    }
    if offer.timestamps.is_some() {
        end.holds(key!("timestamps"));
    }
    match offer.fast_open {
        Some(FastOpen::Request) => end.word(key!("fast_open"), "request"),
        Some(FastOpen::Cookie) => end.word(key!("fast_open"), "cookie"),
        None => {}
    }
    if let Some(multipath) = offer.multipath {
        end.word(key!("mptcp"), mptcp(multipath));
    }
    if offer.md5 {
        end.holds(key!("md5"));
    }
    if offer.authentication {
        end.holds(key!("authentication"));
    }
}

const fn mptcp(multipath: Multipath) -> &'static str {
    match multipath {
        Multipath::Capable => "capable",
        Multipath::Join => "join",
    }
}

fn in_force(flow: &Flow, force: &mut Object<'_>) {
    let handshake = &flow.handshake;
    if let Some(mss) = flow.max_segment(Dir::ToServer) {
        force.number(key!("client_mss"), mss);
    }
    if let Some(mss) = flow.max_segment(Dir::ToClient) {
        force.number(key!("server_mss"), mss);
    }
    if let Some((client, server)) = handshake.scales() {
        force.number(key!("client_wscale"), client);
        force.number(key!("server_wscale"), server);
    }
    if handshake.sack() {
        force.holds(key!("sack"));
    }
    if handshake.timestamps() {
        force.holds(key!("timestamps"));
    }
    if let Some(outcome) = handshake.fast_open() {
        force.word(key!("fast_open"), outcome.name());
    }
    let octets = handshake.octets_in_syn();
    if octets > 0 {
        force.number(key!("fast_open_bytes"), octets);
    }
    match handshake.ecn() {
        Some(Ecn::Classic) => force.word(key!("ecn"), "classic"),
        Some(Ecn::Accurate) => force.word(key!("ecn"), "accurate"),
        Some(Ecn::Refused) => force.word(key!("ecn"), "refused"),
        None => {}
    }
    if let Some(multipath) = handshake.multipath() {
        force.word(key!("mptcp"), mptcp(multipath));
    }
}
