//! Host names in other scripts as Punycode (RFC 3492), the form in which the browser matches them.

use crate::letter_case::lower;

/// As many bytes has a label of a name at most (RFC 1035).
pub(super) const LONGEST_LABEL: usize = 63;

/// Adds a label in its canonical form; `None` when it is none, or has letters whose form needs the tables of Unicode.
pub(super) fn push_label(name: &mut String, label: &str) -> Option<()> {
    if label.is_ascii() {
        let plain = label.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
        name.extend(label.chars().map(|letter| letter.to_ascii_lowercase()));
        return plain.then_some(());
    }
    let letters: Vec<char> = label.chars().map(lower).collect();
    let known = letters.iter().all(|&letter| is_plain(letter));
    // Whoever writes this prefix means Punycode, which is all ASCII.
    let doubled = letters.starts_with(&['x', 'n', '-', '-']);
    (known && !doubled && letters.len() <= LONGEST_LABEL).then(|| push_punycode(name, &letters))
}

/// Whether a small letter stands for itself in a host name: of the scripts that people write, those letters that neither case
/// nor normalisation changes. Any other host can be written as `xn--…`.
const fn is_plain(letter: char) -> bool {
    matches!(letter,
        'a'..='z' | '0'..='9' | '-' | '_' | '·'
        // Latin
        | 'ß'..='ö' | 'ø'..='į' | 'ı' | 'ĵ'..='ľ' | 'ł'..='ň' | 'ŋ'..='ŷ' | 'ź'..='ž' | 'ơ' | 'ư' | 'ș' | 'ț'
        // Greek, Cyrillic, Hebrew, Arabic
        | 'ΐ' | 'ά'..='ώ' | 'а'..='џ' | 'ґ'..='ҿ' | 'ӑ'..='ӿ' | 'א'..='ת' | 'ء'..='ي' | 'ٹ'..='ۓ' | '۰'..='۹'
        // Devanagari, Thai
        | 'ऀ'..='ॗ' | '०'..='९' | 'ก'..='า' | 'ิ'..='ฺ' | 'เ'..='๎'
        // Kana, Han, Hangul
        | '々'..='〇' | 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー'..='ヾ' | '㐀'..='䶿' | '一'..='鿿' | '가'..='힣'
        | '🌀'..='\u{1faff}' | '❤')
        || matches!(letter, 'Ạ'..='ỹ' if letter as u32 % 2 == 1)
}

/// RFC 3492, 6.3. At most 63 letters come in, so no sum here leaves its 32 bits.
fn push_punycode(name: &mut String, letters: &[char]) {
    name.push_str("xn--");
    let basic = letters.iter().filter(|letter| letter.is_ascii());
    let basics = basic.clone().count() as u32;
    name.extend(basic);
    if basics > 0 {
        name.push('-');
    }
    let (mut next, mut delta, mut bias, mut written) = (128, 0, 72, basics);
    while let Some(least) = letters.iter().map(|&letter| letter as u32).filter(|&l| l >= next).min()
    {
        delta += (least - next) * (written + 1);
        next = least;
        for &letter in letters {
            let letter = letter as u32;
            if letter < next {
                delta += 1;
            }
            if letter == next {
                push_number(name, delta, bias);
                bias = adapted(delta, written + 1, written == basics);
                delta = 0;
                written += 1;
            }
        }
        delta += 1;
        next += 1;
    }
}

/// A number in digits whose worth depends on the bias.
fn push_number(name: &mut String, mut number: u32, bias: u32) {
    let mut k = 36;
    loop {
        let threshold = if k <= bias { 1 } else { (k - bias).min(26) };
        if number < threshold {
            name.push(digit(number));
            return;
        }
        name.push(digit(threshold + (number - threshold) % (36 - threshold)));
        number = (number - threshold) / (36 - threshold);
        k += 36;
    }
}

/// `a` to `z`, then `0` to `9`.
fn digit(number: u32) -> char {
    let byte = if number < 26 { b'a' + number as u8 } else { b'0' + (number as u8 - 26) };
    char::from(byte)
}

/// RFC 3492, 6.1.
const fn adapted(delta: u32, points: u32, first: bool) -> u32 {
    let mut delta = if first { delta / 700 } else { delta / 2 };
    delta += delta / points;
    let mut k = 0;
    while delta > 35 * 26 / 2 {
        delta /= 35;
        k += 36;
    }
    k + 36 * delta / (delta + 38)
}
