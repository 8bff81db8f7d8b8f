//! A compiled filter in tcpdump's three notations: `-d`, `-dd`, `-ddd`.

use std::fmt::{self, Write};

use crate::capture::bpf::Program;
use crate::capture::filter::Filter;
use crate::error::Error;
use crate::frame::MAX_LEN;
use crate::link_type::LinkType;

/// How a program is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notation {
    /// For people: one numbered instruction a line.
    Assembly,
    /// For a C program: the elements of an array.
    C,
    /// For another program: the number of instructions, then their numbers.
    Decimal,
}

/// What the kernel knows beside a frame, by its offset from `SKF_AD_OFF`.
const BESIDE_THE_FRAME: [(u32, &str); 15] = [
    (0, "proto"),
    (4, "type"),
    (8, "ifidx"),
    (12, "nla"),
    (16, "nlan"),
    (20, "mark"),
    (24, "queue"),
    (28, "hatype"),
    (32, "rxhash"),
    (36, "cpu"),
    (44, "vlan_tci"),
    (48, "vlanp"),
    (52, "poff"),
    (56, "random"),
    (60, "vlan_tpid"),
];
const SKF_AD_OFF: u32 = 0xffff_f000;

/// One instruction: code, two jumps and `k`.
type RawInstruction = (u16, u8, u8, u32);

/// The program of a filter for a link type, as tcpdump lists it with `-y`, for
/// frames of which `snapshot` octets are kept. A source has its own program.
///
/// # Errors
///
/// [`Error::Filter`] with libpcap's words.
pub fn of_filter(
    filter: &Filter,
    link_type: LinkType,
    snapshot: u32,
    notation: Notation,
) -> Result<String, Error> {
    let program = filter.for_socket(link_type)?;
    Ok(of_program(program.as_ref(), snapshot, notation))
}

/// A program for frames of which `snapshot` octets are kept, 0 for all; without
/// a program, all frames pass.
#[must_use]
pub fn of_program(program: Option<&Program>, snapshot: u32, notation: Notation) -> String {
    let snapshot = match snapshot {
        0 | 0x8000_0000.. => MAX_LEN,
        snapshot => snapshot,
    };
    let accept_all = [(RETURN, 0, 0, snapshot)];
    let mut steps: Vec<RawInstruction> = program.map_or_else(
        || accept_all.to_vec(),
        |program| program.instructions().collect(),
    );
    for (code, _, _, k) in &mut steps {
        // The crate compiles for another snapshot length than tcpdump.
        if *code == RETURN && *k != 0 {
            *k = snapshot;
        }
    }
    let mut text = String::new();
    // Writing to a string does not fail.
    let _ = write_steps(&mut text, &steps, notation);
    text
}

fn write_steps(out: &mut String, steps: &[RawInstruction], notation: Notation) -> fmt::Result {
    if notation == Notation::Decimal {
        writeln!(out, "{}", steps.len())?;
    }
    for (&(code, yes, no, k), number) in steps.iter().zip(0..) {
        match notation {
            Notation::Assembly => {
                let line = ListedStep {
                    number,
                    step: (code, yes, no, k),
                };
                writeln!(out, "{line}")?;
            }
            Notation::C => writeln!(out, "{{ {code:#x}, {yes}, {no}, {k:#010x} }},")?,
            Notation::Decimal => writeln!(out, "{code} {yes} {no} {k}")?,
        }
    }
    Ok(())
}

/// A line for people.
struct ListedStep {
    number: u32,
    step: RawInstruction,
}

impl fmt::Display for ListedStep {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (number, (code, yes, no, _)) = (self.number, self.step);
        let (name, operand) = self.words();
        if code & CLASS == JUMP && code & OPERATION != 0 {
            let (yes, no) = (target(number, yes.into()), target(number, no.into()));
            return write!(
                out,
                "({number:03}) {name:<8} {operand:<16} jt {yes}\tjf {no}"
            );
        }
        write!(out, "({number:03}) {name:<8} {operand}")
    }
}

/// The parts of an instruction's code, as `linux/bpf_common.h` has them.
const CLASS: u16 = 0x07;
const OPERATION: u16 = 0xf0;
const INDEX: u16 = 0x08;
const LOAD: u16 = 0x00;
const LOAD_INDEX: u16 = 0x01;
const STORE: u16 = 0x02;
const STORE_INDEX: u16 = 0x03;
const ARITHMETIC: u16 = 0x04;
const JUMP: u16 = 0x05;
const RETURN: u16 = 0x06;
const RETURN_A: u16 = 0x16;
const MOVE: u16 = 0x07;

impl ListedStep {
    /// The instruction's name and operand.
    fn words(&self) -> (&'static str, String) {
        let (code, _, _, k) = self.step;
        match (code & CLASS, code & !CLASS) {
            (LOAD | LOAD_INDEX, _) => load(code, k),
            (STORE, 0) => ("st", format!("M[{k}]")),
            (STORE_INDEX, 0) => ("stx", format!("M[{k}]")),
            (ARITHMETIC, 0x80) => ("neg", String::new()),
            (ARITHMETIC, rest) => arithmetic(rest, k),
            (JUMP, 0) => ("ja", target(self.number, k).to_string()),
            (JUMP, rest) => jump(rest, k),
            (MOVE, 0) => ("tax", String::new()),
            (MOVE, 0x80) => ("txa", String::new()),
            _ if code == RETURN => ("ret", format!("#{}", k.cast_signed())),
            _ if code == RETURN_A => ("ret", String::new()),
            _ => unknown(code),
        }
    }
}

fn load(code: u16, k: u32) -> (&'static str, String) {
    let signed = k.cast_signed();
    let width = match code & 0x1f {
        0x00 => "ld",
        0x08 => "ldh",
        0x10 => "ldb",
        _ => "ldx",
    };
    match (code & 0xe0, code & 0x1f) {
        (0x00, 0x00 | 0x01) => (width, format!("#{k:#x}")),
        (0x20, 0x00 | 0x08 | 0x10) => {
            let known = BESIDE_THE_FRAME
                .iter()
                .find(|(offset, _)| SKF_AD_OFF + offset == k);
            let place = known.map_or_else(|| signed.to_string(), |(_, name)| (*name).to_owned());
            (width, format!("[{place}]"))
        }
        (0x40, 0x00 | 0x08 | 0x10) => (width, format!("[x + {signed}]")),
        (0x60, 0x00 | 0x01) => (width, format!("M[{signed}]")),
        (0x80, 0x00 | 0x01) => (width, "#pktlen".to_owned()),
        (0xa0, 0x11) => ("ldxb", format!("4*([{signed}]&0xf)")),
        _ => unknown(code),
    }
}

fn arithmetic(rest: u16, k: u32) -> (&'static str, String) {
    let (name, is_hex) = match rest & OPERATION {
        0x00 => ("add", false),
        0x10 => ("sub", false),
        0x20 => ("mul", false),
        0x30 => ("div", false),
        0x40 => ("or", true),
        0x50 => ("and", true),
        0x60 => ("lsh", false),
        0x70 => ("rsh", false),
        0x90 => ("mod", false),
        0xa0 => ("xor", true),
        _ => return unknown(ARITHMETIC | rest),
    };
    let operand = match (rest & INDEX, is_hex) {
        (0, true) => format!("#{k:#x}"),
        (0, false) => format!("#{}", k.cast_signed()),
        _ => "x".to_owned(),
    };
    (name, operand)
}

fn jump(rest: u16, k: u32) -> (&'static str, String) {
    let name = match rest & OPERATION {
        0x10 => "jeq",
        0x20 => "jgt",
        0x30 => "jge",
        0x40 => "jset",
        _ => return unknown(JUMP | rest),
    };
    let operand = if rest & INDEX == 0 {
        format!("#{k:#x}")
    } else {
        "x".to_owned()
    };
    (name, operand)
}

fn unknown(code: u16) -> (&'static str, String) {
    ("unimp", format!("{code:#x}"))
}

/// The instruction that a jump from `number` leads to.
const fn target(number: u32, jump: u32) -> u32 {
    number.wrapping_add(1).wrapping_add(jump)
}
