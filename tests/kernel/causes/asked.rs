//! Resets of those who were asked for a connection.

use crate::ends::{End, address, begin, between, bound, deafen, heal, listener};
use crate::network;
use crate::stage::Stage;

pub fn nobody_listens(stage: &mut Stage, _: End) {
    let (client, nobody) = (bound(stage.address), bound(stage.address));
    begin(&client, address(&nobody));
    stage.until_reset();
}

/// The client repeats its SYN, and finds nobody.
pub fn listener_goes(stage: &mut Stage, _: End) {
    let (listener, client) = (listener(stage.address, 1), bound(stage.address));
    let between = between(&client, &listener);
    deafen(&client);
    begin(&client, between.server);
    stage.until_sent(between, End::Server, "S.", 1);
    drop(listener);
    heal(&client);
    stage.until_reset();
}

/// The server repeats its SYN-ACK, and finds nobody.
pub fn client_goes(stage: &mut Stage, _: End) {
    let (listener, client) = (listener(stage.address, 1), bound(stage.address));
    let between = between(&client, &listener);
    deafen(&client);
    begin(&client, between.server);
    stage.until_sent(between, End::Server, "S.", 1);
    drop(client);
    stage.until_reset();
}

pub fn overflow_aborts(stage: &mut Stage, _: End) {
    network::set("tcp_abort_on_overflow", "1");
    let listener = listener(stage.address, 0);
    let (client, other) = (bound(stage.address), bound(stage.address));
    let between = between(&client, &listener);
    deafen(&client);
    begin(&client, between.server);
    stage.until_sent(between, End::Server, "S.", 1);
    other.connect(&between.server.into()).unwrap();
    heal(&client);
    stage.until_reset();
}

pub fn queue_closes(stage: &mut Stage, _: End) {
    let (listener, client) = (listener(stage.address, 1), bound(stage.address));
    client.connect(&address(&listener).into()).unwrap();
    drop(listener);
    stage.until_reset();
}

pub fn queue_closes_unread(stage: &mut Stage, _: End) {
    let (listener, client) = (listener(stage.address, 1), bound(stage.address));
    client.connect(&address(&listener).into()).unwrap();
    client.send(b"hello").unwrap();
    drop(listener);
    stage.until_reset();
}
