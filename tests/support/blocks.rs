//! pcapng blocks, little-endian.

/// A block of any type.
pub fn block(kind: u32, body: &[u8]) -> Vec<u8> {
    let mut body = body.to_vec();
    body.resize(body.len().next_multiple_of(4), 0);
    let total = u32::try_from(body.len() + 12).unwrap().to_le_bytes();
    [&kind.to_le_bytes()[..], &total, &body, &total].concat()
}

/// An option, or a record of a name resolution block.
pub fn option(code: u16, value: &[u8]) -> Vec<u8> {
    let len = u16::try_from(value.len()).unwrap().to_le_bytes();
    let mut option = [&code.to_le_bytes()[..], &len, value].concat();
    option.resize(option.len().next_multiple_of(4), 0);
    option
}

pub fn section(options: &[u8]) -> Vec<u8> {
    let header = [
        &0x1a2b_3c4d_u32.to_le_bytes()[..],
        &1_u32.to_le_bytes(),
        &u64::MAX.to_le_bytes(),
        options,
    ];
    block(0x0a0d_0d0a, &header.concat())
}

pub fn interface(link_type: u16, snapshot: u32, options: &[u8]) -> Vec<u8> {
    let link_type = u32::from(link_type).to_le_bytes();
    block(
        1,
        &[&link_type[..], &snapshot.to_le_bytes(), options].concat(),
    )
}

/// An enhanced packet block.
pub fn packet(interface: u32, bytes: &[u8], options: &[u8]) -> Vec<u8> {
    let len = u32::try_from(bytes.len()).unwrap();
    let words = [interface, 0, 0, len, len].map(u32::to_le_bytes);
    let mut body = [words.as_flattened(), bytes].concat();
    body.resize(body.len().next_multiple_of(4), 0);
    body.extend(options);
    block(6, &body)
}
