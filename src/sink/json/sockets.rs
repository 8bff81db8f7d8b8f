//! What the kernel says of the sockets of a connection.

use crate::sink::json::object::{Object, key};
use crate::socket::{Holder, KernelFigures, Owner, Socket, SocketRecord};
use crate::time::Resolution;
use crate::track::connection::Connection;
use crate::track::dir::Dir;

/// What the kernel said last of each end; nothing where it said nothing.
pub(super) fn write(connection: &Connection, digits: Resolution, object: &mut Object<'_>) {
    let [client, server] = [Dir::ToServer, Dir::ToClient].map(|dir| connection.socket_of(dir));
    if client.is_none() && server.is_none() {
        return;
    }
    object.object(key!("sockets"), |sockets| {
        if let Some(record) = client {
            sockets.object(key!("client"), |end| of_end(record, digits, end));
        }
        if let Some(record) = server {
            sockets.object(key!("server"), |end| of_end(record, digits, end));
        }
    });
}

fn of_end(record: &SocketRecord, digits: Resolution, end: &mut Object<'_>) {
    if let Some((asked, _)) = record.latest {
        end.time(key!("asked"), asked, digits);
    }
    if record.is_gone {
        end.holds(key!("gone"));
    }
    if record.differs {
        end.holds(key!("differs"));
    }
    if let Some((_, socket)) = &record.latest {
        end.word(key!("state"), socket.state.name());
        end.word(key!("held_by"), holder(socket.holder));
    }
    if let Some(owner) = &record.owner {
        of_owner(owner, end);
    }
    if let Some((_, socket)) = &record.latest {
        queues(socket, end);
        if let Some(figures) = &socket.figures {
            of_figures(figures, digits, end);
        }
    }
}

fn of_owner(owner: &Owner, end: &mut Object<'_>) {
    end.number(key!("pid"), owner.pid);
    end.string(key!("process"), &owner.name);
    end.string(key!("user"), &owner.user);
    if owner.others > 0 {
        end.number(key!("other_processes"), owner.others);
    }
}

fn queues(socket: &Socket, end: &mut Object<'_>) {
    end.number(key!("receive_queue"), socket.receive_queue);
    end.number(key!("send_queue"), socket.send_queue);
}

fn of_figures(figures: &KernelFigures, digits: Resolution, end: &mut Object<'_>) {
    end.number(key!("cwnd"), figures.cwnd);
    if let Some(ssthresh) = figures.ssthresh {
        end.number(key!("ssthresh"), ssthresh);
    }
    end.span(key!("rtt"), figures.rtt, digits);
    end.span(key!("rtt_var"), figures.rtt_var, digits);
    end.span(key!("rto"), figures.rto, digits);
    end.number(key!("retransmitted"), figures.retransmitted);
    end.number(key!("unacked"), figures.unacked);
    end.span(key!("busy"), figures.busy, digits);
    end.span(key!("window_limited"), figures.window_limited, digits);
    end.span(key!("buffer_limited"), figures.buffer_limited, digits);
}

const fn holder(holder: Holder) -> &'static str {
    match holder {
        Holder::Program => "program",
        Holder::AcceptQueue => "accept_queue",
        Holder::Kernel => "kernel",
    }
}
