//! Classic BPF, run in user space.
//!
//! libpcap compiles the expression; the program runs here, because the crate's
//! own call takes the captured length for the length on the wire, so that
//! `greater` and `less` would lie about a cut frame.

/// One instruction, as `struct bpf_insn` has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Instruction {
    code: u16,
    jump_true: u8,
    jump_false: u8,
    k: u32,
}

/// A compiled filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program(Vec<Instruction>);

/// Words of scratch memory (`BPF_MEMWORDS`).
const MEMORY_WORDS: usize = 16;

impl Program {
    /// Reads a program that is written down as libpcap and `tcpdump -ddd` do it:
    /// an instruction a line, code, two jumps and `k`, in decimal. `None` where a
    /// line is something else.
    #[must_use]
    pub fn read(lines: &str) -> Option<Self> {
        let instructions = lines.lines().map(Instruction::parse);
        instructions.collect::<Option<_>>().map(Self)
    }

    /// Each instruction as the kernel takes it: code, two jumps and `k`.
    pub(super) fn instructions(&self) -> impl Iterator<Item = (u16, u8, u8, u32)> {
        let parts = |step: &Instruction| (step.code, step.jump_true, step.jump_false, step.k);
        self.0.iter().map(parts)
    }

    /// Whether a frame passes: its captured octets, and its length on the
    /// wire. A load outside the captured octets rejects it, as in the kernel.
    #[must_use]
    pub fn accepts(&self, bytes: &[u8], wire_len: u32) -> bool {
        Machine::new(bytes, wire_len).run(&self.0).unwrap_or(0) != 0
    }
}

impl Instruction {
    fn parse(text: &str) -> Option<Self> {
        let mut fields = text.split(' ');
        Some(Self {
            code: fields.next()?.parse().ok()?,
            jump_true: fields.next()?.parse().ok()?,
            jump_false: fields.next()?.parse().ok()?,
            k: fields.next()?.parse().ok()?,
        })
    }
}

/// The machine of the paper that introduced the filter (USENIX Winter 1993): an
/// accumulator, an index register, scratch memory.
struct Machine<'a> {
    bytes: &'a [u8],
    wire_len: u32,
    a: u32,
    x: u32,
    memory: [u32; MEMORY_WORDS],
}

impl<'a> Machine<'a> {
    const fn new(bytes: &'a [u8], wire_len: u32) -> Self {
        Self {
            bytes,
            wire_len,
            a: 0,
            x: 0,
            memory: [0; MEMORY_WORDS],
        }
    }

    /// The program's return value; `None` for a bad load, a division by zero,
    /// or a program that runs off its end.
    fn run(mut self, program: &[Instruction]) -> Option<u32> {
        let mut at = 0usize;
        loop {
            let step = *program.get(at)?;
            at += 1;
            match step.code & 0x07 {
                0x00 => self.a = self.load(step)?,
                0x01 => self.x = self.load(step)?,
                0x02 => *self.memory.get_mut(step.k as usize)? = self.a,
                0x03 => *self.memory.get_mut(step.k as usize)? = self.x,
                0x04 => self.a = self.arithmetic(step)?,
                0x05 => at = at.checked_add_signed(self.jump(step))?,
                0x06 => {
                    return Some(if step.code & 0x18 == 0x10 {
                        self.a
                    } else {
                        step.k
                    });
                }
                _ if step.code & 0xf8 == 0x80 => self.a = self.x,
                _ => self.x = self.a,
            }
        }
    }

    fn load(&self, step: Instruction) -> Option<u32> {
        let width = match step.code & 0x18 {
            0x00 => 4,
            0x08 => 2,
            _ => 1,
        };
        match step.code & 0xe0 {
            0x00 => Some(step.k),
            0x20 => self.octets(step.k, width),
            0x40 => self.octets(self.x.checked_add(step.k)?, width),
            0x60 => self.memory.get(step.k as usize).copied(),
            0x80 => Some(self.wire_len),
            // Four times the low nibble: the length of an IPv4 header.
            0xa0 => Some((self.octets(step.k, 1)? & 0x0f) * 4),
            _ => None,
        }
    }

    fn octets(&self, offset: u32, width: usize) -> Option<u32> {
        let from = offset as usize;
        let octets = self.bytes.get(from..from.checked_add(width)?)?;
        Some(
            octets
                .iter()
                .fold(0, |value, &octet| value << 8 | u32::from(octet)),
        )
    }

    fn arithmetic(&self, step: Instruction) -> Option<u32> {
        let (a, b) = (self.a, self.operand(step));
        Some(match step.code & 0xf0 {
            0x00 => a.wrapping_add(b),
            0x10 => a.wrapping_sub(b),
            0x20 => a.wrapping_mul(b),
            0x30 => a.checked_div(b)?,
            0x40 => a | b,
            0x50 => a & b,
            0x60 => a.checked_shl(b).unwrap_or(0),
            0x70 => a.checked_shr(b).unwrap_or(0),
            0x80 => a.wrapping_neg(),
            0x90 => a.checked_rem(b)?,
            0xa0 => a ^ b,
            _ => return None,
        })
    }

    /// How far to jump. Backwards only by `protochain`, which the kernel would
    /// not take: each round moves on in the frame, and so comes to an end.
    fn jump(&self, step: Instruction) -> isize {
        let (a, b) = (self.a, self.operand(step));
        let holds = match step.code & 0xf0 {
            0x00 => return step.k.cast_signed() as isize,
            0x10 => a == b,
            0x20 => a > b,
            0x30 => a >= b,
            _ => a & b != 0,
        };
        isize::from(if holds {
            step.jump_true
        } else {
            step.jump_false
        })
    }

    fn operand(&self, step: Instruction) -> u32 {
        if step.code & 0x08 == 0 {
            step.k
        } else {
            self.x
        }
    }
}
