//! Finds phone numbers: international ones, and national ones by the trunk prefix, length and grouping of their country.

use super::numbers::{self, Groups};
use super::view::{View, found};

/// What introduces a number that a person is to be called at. Before it, any number of a phone's length is one.
const CALLS: &str = "call me,call us,call him,call her,call them,dial,ring,ring me,text me,reach me,reach us,\
    me at,me on,us at,us on,him at,her at,him on,her on,them at,number is,number,phone,tel,\
    mobile,cell,sms,sms to,whatsapp,viber,fax,contact,numero,numer,cislo,nummer,numarasi,nomor,\
    anrufen,appelez,appelle,llama,llamame,chiama,chiamami,ligue,bel,zadzwon,zavolej,hubungi,goi,\
    ring mig,caller,called,voicemail";

/// Words after which a number is anything but a phone's.
const OTHERS: &str = "order invoice isbn id ids ref reference ticket case issue build version sku ean upc gtin \
    serial sn request req pr code port pid token tokens part model tracking error batch job run \
    commit bytes size offset ts timestamp time date count total qty price amount row line page \
    trace span seq sequence transaction parcel article item product bestellung bestellnummer \
    rechnung rechnungsnummer artikelnummer auftrag pedido factura commande facture ordine \
    fattura zamowienie objednavka siparis pesanan";

/// A number that no trunk prefix tells: its first digits, its groups, and the mark before the last group, if it matters.
struct Shape(&'static [u8], &'static [u8], Option<u8>);

const SHAPES: &[Shape] = &[
    // North America.
    Shape(b"123456789", &[3, 3, 4], None),
    Shape(b"1", &[1, 3, 3, 4], None),
    // Russia and Kazakhstan, with their trunk 8.
    Shape(b"78", &[1, 3, 3, 2, 2], None),
    Shape(b"8", &[1, 3, 3, 4], None),
    Shape(b"8", &[1, 3, 7], None),
    // China.
    Shape(b"1", &[3, 4, 4], None),
    // India.
    Shape(b"6789", &[5, 5], None),
    // Spain, Poland, Czechia, Portugal.
    Shape(b"6789", &[3, 2, 2, 2], None),
    Shape(b"56789", &[3, 3, 3], Some(b'-')),
    Shape(b"123456789", &[2, 3, 2, 2], None),
    // Brazil, Argentina, Mexico.
    Shape(b"123456789", &[2, 5, 4], Some(b'-')),
    Shape(b"1", &[2, 4, 4], Some(b'-')),
    Shape(b"5", &[2, 4, 4], None),
    // Italy.
    Shape(b"3", &[3, 7], None),
];

/// Groups after an area code in parentheses.
const AFTER_AREA: &[&[u8]] =
    &[&[3, 4], &[4, 4], &[5, 4], &[3, 2, 2], &[3, 3, 2], &[2, 2, 2], &[3, 2, 3], &[7], &[8]];

/// An international number, with or without spaces.
pub(super) fn international(view: &mut View, at: usize) -> Option<usize> {
    if view.before(at).is_ascii_alphanumeric()
        || !matches!(view.at(at + 1), b'1'..=b'9' | b'(' | b' ')
    {
        return None;
    }
    let start = view.run(at + 1, |byte| byte == b' ');
    let (end, digits) = run(view, start, 15);
    let bare = view.run(start, |byte| byte.is_ascii_digit()) == end;
    let fits = digits >= 8 && !view.at(end).is_ascii_digit() && !(bare && names_other(view, at));
    fits.then(|| found(view, at..end, "PHONE"))?
}

/// The end and the number of the digits from `at`, at most `most`, with at most three marks between any two.
fn run(view: &View, at: usize, most: usize) -> (usize, usize) {
    let (mut end, mut digits, mut marks) = (at, 0, 0);
    let mut here = at;
    while digits < most {
        match view.at(here) {
            b'0'..=b'9' => {
                digits += 1;
                marks = 0;
                end = here + 1;
            }
            b' ' | b'-' | b'.' | b'(' | b')' | b'/' | b'+' if marks < 3 => marks += 1,
            _ => break,
        }
        here += 1;
    }
    (end, digits)
}

/// `wa.me/4915…`: a number without its plus.
pub(super) fn link(view: &mut View, at: usize) -> Option<usize> {
    let end = view.run(at + 1, |byte| byte.is_ascii_digit());
    let links = at >= 5 && view.has_word(at - 5, "wa.me");
    (links && end - at > 7).then(|| found(view, at + 1..end, "PHONE"))?
}

/// A number as it is dialled within a country, or with `00` from another.
pub(super) fn national(view: &mut View, mut groups: Groups) -> Option<usize> {
    let at = groups.start;
    if groups.digits().len() < 7
        || !numbers::starts(view, at)
        || view.at(at) != b'(' && view.before(at) == b'/'
    {
        return None;
    }
    let named = has_word_before(view, groups.start);
    let introduced = named && is_introduced(view, groups.start);
    if named && !introduced && names_other(view, groups.start) {
        return None;
    }
    let whole = groups.count();
    while groups.digits().len() >= 7 {
        let end = groups.end();
        let joined = groups.marks().contains(&b'_');
        let stops = !joined && !view.at(end).is_ascii_alphanumeric() && view.at(end) != b'_';
        let cut = groups.count() < whole;
        let is_phone = (introduced && has_length(&groups))
            || is_abroad(&groups)
            || has_trunk(&groups)
            || has_area(&groups)
            || (!cut && has_shape(&groups) && !goes_on(view, end));
        if stops && is_phone {
            return found(view, groups.start..end, "PHONE");
        }
        groups.cut();
    }
    None
}

fn goes_on(view: &View, end: usize) -> bool {
    b"-.".contains(&view.at(end))
        && !view.at(end + 1).is_ascii_whitespace()
        && view.at(end + 1) != b'"'
}

/// `0044 20 7946 0958`, `011 44 …`.
fn is_abroad(groups: &Groups) -> bool {
    let digits = groups.digits();
    let code = match digits {
        [b'0', b'0', rest @ ..] => rest,
        [b'0', b'1', b'1', rest @ ..] if groups.lengths().first() == Some(&3) => rest,
        _ => return false,
    };
    let grouped = groups.count() > 1;
    let short_first = groups.lengths().first().is_some_and(|length| *length <= 5 || !grouped);
    code.first().is_some_and(|digit| *digit != b'0')
        && (9..=15).contains(&code.len())
        && short_first
        && no_date(groups)
}

/// A trunk `0`, an area or a network, and a subscriber: most of Europe, Asia and Africa.
fn has_trunk(groups: &Groups) -> bool {
    let digits = groups.digits();
    if digits.first() != Some(&b'0') || digits.get(1) == Some(&b'0') {
        return false;
    }
    if groups.count() == 1 {
        let mobile =
            digits.starts_with(b"015") || digits.starts_with(b"016") || digits.starts_with(b"017");
        let counts_up = digits.windows(2).all(|pair| pair[1] == pair[0] + 1);
        let most = if mobile { 12 } else { 11 };
        return (10..=most).contains(&digits.len()) && !counts_up;
    }
    let first = groups.lengths()[0];
    let rest = &groups.lengths()[1..];
    let grouped = rest.iter().all(|length| (2..=8).contains(length)) || rest == [1, 3, 3];
    (9..=12).contains(&digits.len())
        && (2..=6).contains(&first)
        && grouped
        && groups.even(2)
        && groups.lengths() != [3, 3, 3, 3]
        && no_date(groups)
}

/// `01.02.2024 …`, `08-2024-000123`: no day and no year among the first groups.
fn no_date(groups: &Groups) -> bool {
    let year = |group: usize, from: usize| {
        groups.lengths().get(group) == Some(&4)
            && matches!(groups.digits().get(from..from + 2), Some(b"19" | b"20"))
    };
    let short = groups.lengths().first() == Some(&2);
    let second_year = short && year(1, 2) && groups.lengths().get(2) != Some(&4);
    let third_year = short && groups.lengths().get(1) == Some(&2) && year(2, 4);
    !second_year && !third_year
}

/// `(415) 555-0123`, `(11) 91234-5678`, `(030) 901820`.
fn has_area(groups: &Groups) -> bool {
    let Some((area, rest)) = groups.lengths().split_first() else { return false };
    let trunk = groups.digits().first() == Some(&b'0') && matches!(rest, [6..=8]);
    groups.area && (2..=5).contains(area) && (trunk || AFTER_AREA.contains(&rest))
}

fn has_shape(groups: &Groups) -> bool {
    let digits = groups.digits();
    let mobile = |digits: &[u8]| matches!(digits, [b'1', b'3'..=b'9', ..]);
    if groups.count() == 1 {
        // China's mobiles and Russia's, which are written in one.
        return digits.len() == 11
            && (mobile(digits) || digits.starts_with(b"89") || digits.starts_with(b"88"));
    }
    SHAPES.iter().any(|Shape(first, lengths, last)| {
        digits.first().is_some_and(|digit| first.contains(digit))
            && groups.lengths() == *lengths
            && last.is_none_or(|mark| groups.marks().last() == Some(&mark))
            && !groups.marks().contains(&b'/')
            && (*lengths != [3, 4, 4] || mobile(digits))
    })
}

/// Whether the digits could be a subscriber's, and are neither a date nor a decimal.
fn has_length(groups: &Groups) -> bool {
    let date = matches!(groups.lengths(), [4, 2, 2, ..] | [2, 2, 4, ..] | [1, 2, 4, ..]);
    let decimal = groups.count() == 2 && groups.marks()[1] == b'.';
    (7..=13).contains(&groups.digits().len()) && !date && !decimal
}

/// Whether a word or a number sign stands before `at`: most numbers have none, and need no look at it.
fn has_word_before(view: &View, at: usize) -> bool {
    let end = view.run_back(at, 4, |byte| b" :=\"'+.".contains(&byte));
    let byte = view.before(end);
    // `ISBN-13: …`
    let digits = view.run_back(end, 3, |byte| byte.is_ascii_digit());
    byte.is_ascii_alphabetic()
        || b"#-_".contains(&byte)
        || digits < end && b"-_".contains(&view.before(digits))
}

/// Whether the words before the number at `at` ask to call it.
fn is_introduced(view: &View, at: usize) -> bool {
    let text = before(view, at);
    let ends = |word: &str| {
        text.strip_suffix(word)
            .is_some_and(|rest| !rest.ends_with(|char: char| char.is_ascii_alphanumeric()))
    };
    CALLS.split(',').any(ends)
        && !names_other(view, at.saturating_sub(1))
        && !text.split([' ', '_', '-']).rev().skip(1).take(1).any(is_other)
}

fn is_other(word: &str) -> bool {
    OTHERS.split(' ').any(|other| other == word)
}

fn names_other(view: &View, at: usize) -> bool {
    let hash = view.run_back(at, 3, |byte| byte == b' ');
    let text = before(view, at);
    let mut words = text
        .rsplit([' ', '_', '-', '.', '/'])
        .filter(|word| word.bytes().any(|byte| byte.is_ascii_alphabetic()));
    let last = words.next().unwrap_or_default();
    // `order number`, `order no`
    let last = if matches!(last, "number" | "no" | "nr" | "num") {
        words.next().unwrap_or_default()
    } else {
        last
    };
    view.before(hash) == b'#' || is_other(last)
}

/// The words right before `at`, in small letters, without the marks between them and the number.
fn before(view: &View, at: usize) -> String {
    let end = view.run_back(at, 4, |byte| b" :=\"'+.".contains(&byte));
    let end = if view.before(end) == b'(' { at } else { end };
    let start =
        view.run_back(end, 28, |byte| byte.is_ascii_alphanumeric() || b" _-+./".contains(&byte));
    let text = view.bytes()[start..end]
        .iter()
        .map(|byte| if *byte == b'+' { ' ' } else { char::from(byte.to_ascii_lowercase()) });
    text.collect()
}
