//! Finds payment cards and bank accounts, by their lengths and check digits.

use super::numbers::Groups;
use super::view::{KEPT, View, found};

/// The countries of bank accounts, each with the length of its accounts (ISO 13616).
const COUNTRIES: &str = "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18FR27GB22GE22GI23GL18GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20YE30";

/// A payment card: an issuer's prefix and length, and a right check digit.
pub(super) fn card(view: &mut View, groups: &Groups) -> Option<usize> {
    let at = groups.start;
    let before = view.before(at);
    if before.is_ascii_alphanumeric() || before == b'.' {
        return None;
    }
    let mut groups = groups.clone();
    while groups.digits().len() >= 13 {
        let loose = groups.marks()[1..].iter().all(|mark| matches!(mark, b' ' | b'-'));
        let grouped =
            groups.lengths()[0] == 4 && groups.lengths().iter().all(|length| *length <= 6);
        if (loose || grouped && groups.even(1)) && is_card(groups.digits()) {
            return found(view, at..groups.end(), "CARD");
        }
        groups.cut();
    }
    None
}

fn is_card(digits: &[u8]) -> bool {
    let prefix =
        digits.iter().take(4).fold(0, |prefix, digit| prefix * 10 + u32::from(digit - b'0'));
    let length_fits = match prefix {
        4000..=4999 => matches!(digits.len(), 13 | 16 | 19),
        5100..=5599 | 2200..=2204 | 2221..=2720 | 3528..=3589 | 6011 | 6440..=6599 => {
            digits.len() == 16
        }
        3400..=3499 | 3700..=3799 => digits.len() == 15,
        3000..=3059 | 3600..=3699 | 3800..=3999 => digits.len() == 14,
        6200..=6299 => matches!(digits.len(), 16..=19),
        5000..=5099 | 5600..=5899 | 6304 | 6759 | 6761..=6763 | 6060..=6069 | 9792 => {
            digits.len() == 16
        }
        _ => false,
    };
    length_fits && luhn(digits)
}

/// Whether the last of `digits` is right by Luhn's rule (ISO/IEC 7812).
pub(super) fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| match u32::from(digit - b'0') * (1 + place as u32 % 2) {
            large @ 10.. => large - 9,
            small => small,
        })
        .sum();
    sum.is_multiple_of(10)
}

/// A bank account: country, check digits and account, in groups of four or in one, with a right remainder.
pub(super) fn iban(view: &mut View, at: usize) -> Option<usize> {
    let starts = !view.before(at).is_ascii_alphanumeric()
        && view.at(at + 1).is_ascii_alphabetic()
        && matches!(view.run(at + 2, |byte| byte.is_ascii_digit() || byte == b' ') - at, 4..);
    let length = starts.then(|| length([view.at(at), view.at(at + 1)]))??;
    let mut characters = Vec::with_capacity(length);
    let (mut here, mut end) = (at, at);
    while characters.len() < length {
        match view.at(here) {
            byte if byte.is_ascii_alphanumeric() => {
                characters.push(byte);
                end = here + 1;
            }
            b' ' | b'-' | b'.' | b'+' if here - end < 2 && !characters.is_empty() => {}
            _ => break,
        }
        here += 1;
    }
    // A neighbour that is already opaque may have been a part of this: what is left of it is no account.
    let whole = characters.len() == length
        && (!view.at(end).is_ascii_alphanumeric() || end - at > length)
        && view.at(end) > KEPT;
    let country = characters.len().min(4);
    characters.rotate_left(country);
    let remainder = characters
        .iter()
        .filter_map(|byte| char::from(*byte).to_digit(36))
        .fold(0, |remainder, value| (remainder * if value < 10 { 10 } else { 100 } + value) % 97);
    (whole && remainder == 1).then(|| found(view, at..end, "BANK_ACCOUNT"))?
}

fn length(country: [u8; 2]) -> Option<usize> {
    let entry =
        COUNTRIES.as_bytes().chunks(4).find(|entry| entry[..2].eq_ignore_ascii_case(&country))?;
    Some(usize::from(entry[2] - b'0') * 10 + usize::from(entry[3] - b'0'))
}
