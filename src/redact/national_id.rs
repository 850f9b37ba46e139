//! Finds the numbers that states give to people, by their form and their check digits.
//!
//! A number whose form is too common to be told from others (nine digits, say) is found by its name alone
//! (`secret_names`).

use super::bank::luhn;
use super::view::{View, found};

/// A form: `9` is a digit, `A` a letter, `_` a mark, `~` perhaps a mark, the rest stands for itself. Then what makes it
/// right.
struct Form(&'static str, fn(&[u8]) -> bool);

const FORMS: &[Form] = &[
    // United States: Social Security, and the taxpayer's number in the same form.
    Form("999_99_9999", social_security),
    // United Kingdom: National Insurance.
    Form("AA~99~99~99~A", national_insurance),
    // Brazil: CPF and CNPJ.
    Form("999.999.999-99", cpf),
    Form("99999999999", |id| cpf(id) || pesel(id) || turkish(id) || norwegian(id)),
    Form("99.999.999/9999-99", cnpj),
    Form("99999999999999", cnpj),
    // India: Aadhaar and PAN.
    Form("9999_9999_9999", aadhaar),
    Form("AAAAA9999A", pan),
    // Spain: DNI and NIE.
    Form("99999999~A", |id| dni(0, id)),
    Form("99.999.999~A", |id| dni(0, id)),
    Form("A~9999999~A", nie),
    // Italy: codice fiscale.
    Form("AAAAAA99A99A999A", codice_fiscale),
    // France: NIR.
    Form("9~99~99~99~999~999~99", nir),
    // Germany: tax number.
    Form("99 999 999 999", german),
    // Sweden, Czechia and Slovakia, Finland, Belgium.
    Form("999999-9999", |id| is_date(&id[..6], true) && luhn(id)),
    Form("99999999-9999", |id| {
        (1900..=2012).contains(&number(&id[..4])) && is_date(&id[2..8], true) && luhn(&id[2..])
    }),
    Form("999999/9999", |id| number(id).is_multiple_of(11) && number(&id[2..4]) % 50 <= 12),
    Form("999999-999A", finnish),
    Form("99.99.99-999.99", |id| {
        97 - number(&id[..9]) % 97 == number(&id[9..])
            || 97 - (2_000_000_000 + number(&id[..9])) % 97 == number(&id[9..])
    }),
    // Russia: SNILS.
    Form("999-999-999_99", |id| {
        weighted(&id[..9], &[9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101 % 100 == number(&id[9..])
    }),
    // China, Korea, Taiwan, Hong Kong, Singapore, Thailand.
    Form("99999999999999999A", chinese),
    Form("999999999999999999", chinese),
    Form("999999-9999999", |id| is_date(&id[..6], true) && (b'1'..=b'8').contains(&id[6])),
    Form("A999999999", taiwanese),
    Form("A999999(9)", |id| id[0].is_ascii_uppercase()),
    Form("A9999999A", |id| singaporean(id) || nie(id)),
    Form("9_9999_99999_99_9", |id| {
        (11 - weighted(&id[..12], &[13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11) % 10
            == number(&id[12..])
    }),
    // Canada.
    Form("999-999-999", |id| luhn(id) && !matches!(id[0], b'0' | b'8')),
    // Mexico, Chile, Argentina.
    Form("AAAA999999AAAAAA99", |id| is_date(&id[4..10], true) && matches!(id[10], b'H' | b'M')),
    Form("AAAA999999AAAAAAA9", |id| is_date(&id[4..10], true) && matches!(id[10], b'H' | b'M')),
    Form("99.999.999-9", rut),
    Form("99.999.999-A", rut),
    Form("9.999.999-9", rut),
    Form("99999999-9", |id| !is_date(&id[2..8], true) && rut(id)),
    Form("99-99999999-9", cuit),
    // Switzerland: AHV.
    Form("756.9999.9999.99", ean),
    Form("7569999999999", ean),
];

const LONGEST: usize = 24;

/// A number of one of the forms at `at`.
pub(super) fn find(view: &mut View, at: usize) -> Option<usize> {
    let before = view.before(at);
    let inside = before.is_ascii_alphanumeric()
        || b"_-#".contains(&before)
        || before == b'.' && view.before(at.saturating_sub(1)).is_ascii_alphanumeric()
        || b" /".contains(&before) && at > 1 && view.before(at - 1).is_ascii_digit();
    if inside {
        return None;
    }
    let end = FORMS.iter().filter_map(|Form(form, is_right)| {
        let mut room = [0; LONGEST];
        let (end, count) = matches(view, at, form, &mut room)?;
        is_right(&room[..count]).then_some(end)
    });
    let end = end.max()?;
    found(view, at..end, "ID_NUMBER")
}

/// The end of what has `form` at `at`, and how many digits and letters, which go into `room`.
fn matches(view: &View, at: usize, form: &str, room: &mut [u8; LONGEST]) -> Option<(usize, usize)> {
    let (mut here, mut count, mut mark) = (at, 0, None);
    for sign in form.bytes() {
        let byte = view.at(here);
        let fits = match sign {
            b'9' if byte.is_ascii_digit() => true,
            b'A' => byte.is_ascii_alphabetic(),
            b'_' | b'~' if is_mark(byte) => {
                // One number, one kind of mark.
                if *mark.get_or_insert(byte) != byte {
                    return None;
                }
                true
            }
            b'~' => continue,
            b' ' => matches!(byte, b' ' | b'+'),
            _ => sign == byte,
        };
        if !fits {
            return None;
        }
        here += 1;
        if byte.is_ascii_alphanumeric() {
            *room.get_mut(count)? = byte.to_ascii_uppercase();
            count += 1;
        }
    }
    let after = view.at(here);
    let goes_on = after.is_ascii_alphanumeric()
        || after == b'_'
        || is_mark(after) && view.at(here + 1).is_ascii_digit()
        || after == b'-' && view.at(here + 1).is_ascii_alphanumeric();
    (!goes_on).then_some((here, count))
}

fn is_mark(byte: u8) -> bool {
    b" -./+".contains(&byte)
}

fn number(digits: &[u8]) -> u64 {
    digits.iter().fold(0, |number, digit| number * 10 + u64::from(digit.wrapping_sub(b'0')))
}

fn weighted(digits: &[u8], weights: &[u64]) -> u64 {
    digits
        .iter()
        .zip(weights)
        .map(|(digit, weight)| u64::from(digit.wrapping_sub(b'0')) * weight)
        .sum()
}

fn all_same(id: &[u8]) -> bool {
    id.windows(2).all(|pair| pair[0] == pair[1])
}

/// Whether six digits are a day: year, month, day, or the other way round.
fn is_date(digits: &[u8], year_first: bool) -> bool {
    let (month, day) =
        if year_first { (&digits[2..4], &digits[4..6]) } else { (&digits[2..4], &digits[..2]) };
    (1..=12).contains(&number(month)) && (1..=31).contains(&number(day))
}

fn social_security(id: &[u8]) -> bool {
    let (area, group, serial) = (number(&id[..3]), number(&id[3..5]), number(&id[5..]));
    let taxpayer = area >= 900 && matches!(group, 50..=65 | 70..=88 | 90..=92 | 94..=99);
    area != 0 && area != 666 && (area < 900 || taxpayer) && group != 0 && serial != 0
}

fn national_insurance(id: &[u8]) -> bool {
    let prefix = &id[..2];
    let banned =
        [b"BG", b"GB", b"NK", b"KN", b"TN", b"NT", b"ZZ"].iter().any(|banned| *banned == prefix);
    // `QQ` is what forms show.
    let letters =
        prefix == b"QQ" || !prefix.iter().any(|byte| b"DFIQUV".contains(byte)) && prefix[1] != b'O';
    id.len() == 9 && letters && !banned && matches!(id[8], b'A'..=b'D')
}

fn cpf(id: &[u8]) -> bool {
    let check = |count: usize, first: u64| {
        let sum: u64 = (0..count).map(|at| u64::from(id[at] - b'0') * (first - at as u64)).sum();
        sum * 10 % 11 % 10 == u64::from(id[count] - b'0')
    };
    !all_same(id) && check(9, 10) && check(10, 11)
}

fn cnpj(id: &[u8]) -> bool {
    const WEIGHTS: &[u64] = &[6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2];
    let check = |count: usize| {
        let rest = weighted(&id[..count], &WEIGHTS[13 - count..]) % 11;
        let digit = if rest < 2 { 0 } else { 11 - rest };
        digit == u64::from(id[count] - b'0')
    };
    !all_same(id) && check(12) && check(13)
}

/// Verhoeff's check: products in the group of the symmetries of a pentagon.
fn aadhaar(id: &[u8]) -> bool {
    let permute = |digit: u8, times: usize| {
        (0..times).fold(digit, |digit, _| [1, 5, 7, 6, 2, 8, 3, 0, 9, 4][usize::from(digit)])
    };
    let check = id.iter().rev().enumerate().fold(0, |left, (place, digit)| {
        let right = permute(digit - b'0', place % 8);
        match (left < 5, right < 5) {
            (true, true) => (left + right) % 5,
            (true, false) => 5 + (left + right) % 5,
            (false, true) => 5 + (left - right) % 5,
            (false, false) => (left + 5 - right) % 5,
        }
    });
    check == 0 && id[0] >= b'2' && !all_same(id)
}

fn pan(id: &[u8]) -> bool {
    b"PCHFATBLJG".contains(&id[3])
}

/// The letter that belongs to the remainder by 23; `first` stands before the digits.
fn dni(first: u64, id: &[u8]) -> bool {
    let Some((letter, digits)) = id.split_last() else { return false };
    let number = first * 10_u64.pow(digits.len() as u32) + number(digits);
    b"TRWAGMYFPDXBNJZSQVHLCKE"[(number % 23) as usize] == *letter
}

fn nie(id: &[u8]) -> bool {
    matches!(id[0], b'X'..=b'Z') && id.len() == 9 && dni(u64::from(id[0] - b'X'), &id[1..])
}

fn codice_fiscale(id: &[u8]) -> bool {
    b"ABCDEHLMPRST".contains(&id[8]) && matches!(number(&id[9..11]), 1..=31 | 41..=71)
}

fn nir(id: &[u8]) -> bool {
    let month = number(&id[3..5]);
    matches!(id[0], b'1' | b'2')
        && (1..=42).contains(&month)
        && 97 - number(&id[..13]) % 97 == number(&id[13..])
}

fn german(id: &[u8]) -> bool {
    let product = id[..10].iter().fold(10, |product, digit| {
        let sum = (u64::from(digit - b'0') + product) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    (11 - product) % 10 == u64::from(id[10] - b'0') && id[0] != b'0'
}

fn pesel(id: &[u8]) -> bool {
    let day = number(&id[4..6]);
    let month = number(&id[2..4]) % 20;
    let sum = weighted(&id[..10], &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3]);
    (1..=31).contains(&day)
        && (1..=12).contains(&month)
        && (10 - sum % 10) % 10 == number(&id[10..])
}

fn turkish(id: &[u8]) -> bool {
    let odd = weighted(&id[..9], &[1, 0, 1, 0, 1, 0, 1, 0, 1]);
    let even = weighted(&id[..8], &[0, 1, 0, 1, 0, 1, 0, 1]);
    let tenth = (odd * 7 + 100 - even) % 10;
    id[0] != b'0' && tenth == number(&id[9..10]) && (odd + even + tenth) % 10 == number(&id[10..])
}

fn norwegian(id: &[u8]) -> bool {
    let first = (11 - weighted(&id[..9], &[3, 7, 6, 1, 8, 9, 4, 5, 2]) % 11) % 11;
    let second = (11 - weighted(&id[..10], &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11;
    is_date(&id[..6], false) && first == number(&id[9..10]) && second == number(&id[10..])
}

fn finnish(id: &[u8]) -> bool {
    let all = number(&id[..9]);
    is_date(&id[..6], false) && b"0123456789ABCDEFHJKLMNPRSTUVWXY"[(all % 31) as usize] == id[9]
}

fn chinese(id: &[u8]) -> bool {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let check = b"10X98765432"[(weighted(&id[..17], &weights) % 11) as usize];
    matches!(number(&id[6..10]), 1900..=2100) && is_date(&id[8..14], true) && check == id[17]
}

fn taiwanese(id: &[u8]) -> bool {
    let order = b"ABCDEFGHJKLMNPQRSTUVXYWZIO";
    let Some(letter) = order.iter().position(|letter| *letter == id[0]) else { return false };
    let letter = letter as u64 + 10;
    let sum = letter / 10 + letter % 10 * 9 + weighted(&id[1..], &[8, 7, 6, 5, 4, 3, 2, 1, 1]);
    matches!(id[1], b'1' | b'2' | b'8' | b'9') && sum.is_multiple_of(10)
}

fn singaporean(id: &[u8]) -> bool {
    let sum = weighted(&id[1..8], &[2, 7, 6, 5, 4, 3, 2]);
    let (letters, offset): (&[u8; 11], u64) = match id[0] {
        b'S' => (b"JZIHGFEDCBA", 0),
        b'T' => (b"JZIHGFEDCBA", 4),
        b'F' => (b"XWUTRQPNMLK", 0),
        b'G' => (b"XWUTRQPNMLK", 4),
        _ => return false,
    };
    letters[((sum + offset) % 11) as usize] == id[8]
}

fn rut(id: &[u8]) -> bool {
    let Some((check, digits)) = id.split_last() else { return false };
    let sum: u64 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| u64::from(digit - b'0') * (2 + place as u64 % 6))
        .sum();
    let expected = b"0987654321"[..].get((sum % 11) as usize).copied();
    match sum % 11 {
        1 => *check == b'K',
        0 => *check == b'0',
        rest => expected.is_some() && u64::from(check.wrapping_sub(b'0')) == 11 - rest,
    }
}

fn cuit(id: &[u8]) -> bool {
    let rest = weighted(&id[..10], &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
    matches!(number(&id[..2]), 20 | 23 | 24 | 27 | 30 | 33 | 34)
        && (11 - rest) % 11 == number(&id[10..])
}

fn ean(id: &[u8]) -> bool {
    let sum = weighted(&id[..12], &[1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3]);
    (10 - sum % 10) % 10 == number(&id[12..])
}
