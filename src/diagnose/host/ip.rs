//! Numeric addresses, in every spelling that the browser takes. Own code: the library's reader weighs 3 KB, its writer more.

/// Whether the browser reads this name as an address of version 4: its last label is a number.
pub(super) fn ends_in_number(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or_default();
    last.bytes().all(|byte| byte.is_ascii_digit()) || number(last).is_some()
}

/// One number: decimal, octal after `0`, hexadecimal after `0x`, where nothing stands for zero.
fn number(text: &str) -> Option<u32> {
    let (digits, radix) = match text.strip_prefix("0x") {
        Some(digits) => (digits, 16),
        None if text.len() > 1 && text.starts_with('0') => (&text[1..], 8),
        None => (text, 10),
    };
    let plain = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    match digits {
        "" if radix != 10 => Some(0),
        _ => u32::from_str_radix(digits, radix).ok().filter(|_| plain),
    }
}

/// Four numbers with dots, of at most four whose last fills the places that are left.
pub(super) fn v4(name: &str) -> Option<String> {
    let parts = name.split('.').map(number).collect::<Option<Vec<_>>>()?;
    let (last, first) = parts.split_last().filter(|(_, first)| first.len() < 4)?;
    let free_bits = 8 * (4 - first.len() as u32);
    let mut address = u64::from(*last);
    if address >> free_bits != 0 || first.iter().any(|part| *part > 255) {
        return None;
    }
    for (index, part) in first.iter().enumerate() {
        address |= u64::from(*part) << (24 - 8 * index);
    }
    let bytes = (address as u32).to_be_bytes().map(|byte| byte.to_string());
    Some(bytes.join("."))
}

/// An address of version 6, in brackets and as short as it can be (RFC 5952).
pub(super) fn v6(text: &str) -> Option<String> {
    let (head, tail) = match text.split_once("::") {
        Some((head, tail)) => (groups(head)?, Some(groups(tail)?)),
        None => (groups(text)?, None),
    };
    let mut all = [0; 8];
    let tail = match tail {
        None if head.len() == 8 => Vec::new(),
        Some(tail) if head.len() + tail.len() < 8 => tail,
        _ => return None,
    };
    all[..head.len()].copy_from_slice(&head);
    all[8 - tail.len()..].copy_from_slice(&tail);

    let (mut gap, mut gap_len) = (0, 1);
    for start in 0..8 {
        let len = all[start..].iter().take_while(|group| **group == 0).count();
        if len > gap_len {
            (gap, gap_len) = (start, len);
        }
    }
    let mut written = String::from("[");
    let mut at = 0;
    while at < 8 {
        if gap_len > 1 && at == gap {
            written.push_str("::");
            at += gap_len;
            continue;
        }
        if at > 0 && !written.ends_with(':') {
            written.push(':');
        }
        push_hex(&mut written, all[at]);
        at += 1;
    }
    written.push(']');
    Some(written)
}

/// Groups of hexadecimal digits between colons; the last two may be an address of version 4.
fn groups(text: &str) -> Option<Vec<u16>> {
    let mut groups = Vec::new();
    if text.is_empty() {
        return Some(groups);
    }
    let mut parts = text.split(':').peekable();
    while let Some(part) = parts.next() {
        if groups.len() == 8 {
            return None;
        }
        if parts.peek().is_none() && part.contains('.') {
            let bytes = part.split('.').map(decimal).collect::<Option<Vec<_>>>()?;
            let &[a, b, c, d] = bytes.as_slice() else { return None };
            groups.extend([u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d])]);
        } else {
            let plain = part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
            groups.push(u16::from_str_radix(part, 16).ok().filter(|_| plain)?);
        }
    }
    (groups.len() <= 8).then_some(groups)
}

fn decimal(part: &str) -> Option<u8> {
    let plain =
        part.bytes().all(|byte| byte.is_ascii_digit()) && (part == "0" || !part.starts_with('0'));
    part.parse().ok().filter(|_| plain)
}

fn push_hex(written: &mut String, group: u16) {
    let digits = [12, 8, 4, 0].map(|shift| (group >> shift) & 15);
    let first = digits.iter().position(|digit| *digit != 0).unwrap_or(3);
    let digits = digits[first..].iter().filter_map(|&digit| char::from_digit(u32::from(digit), 16));
    written.extend(digits);
}
