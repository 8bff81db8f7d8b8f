//! What happens in more than one test: parts of scripts.

/// Connections of one address: two that are taken, of one clock, and one whose SYN has a
/// lower timestamp and is ignored. What follows is of another.
pub const TWO_CLOCKS: &str = "
    0.000 > S  0:0(0)       <TS val 900000 ecr 0>
    0.010 < S. 0:0(0) ack 1 <TS val 7 ecr 900000>
    port 40001
    1.000 > S  0:0(0)       <TS val 901000 ecr 0>
    1.010 < S. 0:0(0) ack 1 <TS val 8 ecr 901000>
    port 40002
    2.000 > S  0:0(0)       <TS val 1000 ecr 0>
    3.000 > S  0:0(0)       <TS val 2000 ecr 0>
    5.000 > S  0:0(0)       <TS val 4000 ecr 0>
    port 40003
";

/// A second one that is ignored, behind [`TWO_CLOCKS`].
pub const IGNORED_TOO: &str = "
    6.000 > S  0:0(0)       <TS val 5000 ecr 0>
    7.000 > S  0:0(0)       <TS val 6000 ecr 0>
    9.000 > S  0:0(0)       <TS val 8000 ecr 0>";
