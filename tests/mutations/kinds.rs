//! The ways in which a text is changed and means the same.

use fastrand::Rng;
use unicode_normalization::UnicodeNormalization;

/// Changes a text; nothing where this way does not apply to it.
type Mutate = fn(&str, &mut Rng) -> Option<String>;

/// Every way, with its name.
pub(crate) const KINDS: &[(&str, Mutate)] = &[
    ("word inserted", insert),
    ("word dropped", drop_little),
    ("words swapped", swap),
    ("plural", plural),
    ("past tense", past),
    ("upper case", |text, _| Some(text.to_uppercase())),
    ("lower case", |text, _| Some(text.to_lowercase())),
    ("title case", title_case),
    ("punctuation dropped", |text, _| Some(at_word_ends(text, ""))),
    ("punctuation doubled", |text, _| Some(at_word_ends(text, "\0\0"))),
    ("other quotes", other_quotes),
    ("no quotes", |text, _| text.contains(QUOTES).then(|| without_quotes(text))),
    ("full width", full_width),
    ("decomposed", |text, _| Some(text.nfd().collect())),
    ("zero width", zero_width),
    ("double blanks", |text, _| Some(text.replace(' ', "  "))),
    ("marks of direction", marks_of_direction),
];

/// A language as its words tell it: signs of it, words to insert, words to leave out.
struct Language {
    is_it: fn(&str) -> bool,
    fillers: &'static [&'static str],
    little: &'static [&'static str],
}

fn has_letter(text: &str, from: char, to: char) -> bool {
    text.chars().any(|letter| (from..=to).contains(&letter))
}

fn has_word(text: &str, words: &[&str]) -> bool {
    text.split_whitespace().any(|word| words.iter().any(|known| word.eq_ignore_ascii_case(known)))
}

/// The first that knows the text counts. Scripts without blanks between words have no little words to leave out.
const LANGUAGES: &[Language] = &[
    Language {
        is_it: |text| has_letter(text, '\u{3041}', '\u{30ff}'),
        fillers: &["現在", "申し訳ありません", "すみません"],
        little: &[],
    },
    Language {
        is_it: |text| has_letter(text, '\u{ac00}', '\u{d7a3}'),
        fillers: &["현재", "죄송합니다", "지금"],
        little: &["이", "그"],
    },
    Language {
        is_it: |text| has_letter(text, '\u{4e00}', '\u{9fff}'),
        fillers: &["抱歉", "目前", "很遗憾"],
        little: &[],
    },
    Language {
        is_it: |text| has_letter(text, '\u{400}', '\u{4ff}'),
        fillers: &["сейчас", "извините", "пожалуйста", "к сожалению"],
        little: &["это", "ваш", "был", "была", "пожалуйста", "вы", "и"],
    },
    Language {
        is_it: |text| has_letter(text, '\u{600}', '\u{6ff}'),
        fillers: &["عذرا", "حاليا", "للأسف"],
        little: &["هذا", "قد"],
    },
    Language {
        is_it: |text| has_word(text, &["der", "die", "das", "ist", "nicht", "wurde", "ungültig"]),
        fillers: &["leider", "zurzeit", "bitte"],
        little: &["der", "die", "das", "ein", "eine", "bitte", "Ihr", "Ihre", "wurde"],
    },
    Language {
        is_it: |text| has_word(text, &["le", "la", "les", "est", "pas", "votre", "une"]),
        fillers: &["désolé", "actuellement", "malheureusement"],
        little: &["le", "la", "les", "un", "une", "votre", "veuillez"],
    },
    Language {
        is_it: |text| has_word(text, &["el", "los", "su", "se", "por", "una", "al"]),
        fillers: &["lamentablemente", "actualmente"],
        little: &["el", "la", "los", "un", "una", "su", "se"],
    },
    Language {
        is_it: |text| has_word(text, &["il", "di", "della", "non", "è", "lo"]),
        fillers: &["purtroppo", "attualmente"],
        little: &["il", "lo", "la", "un", "una", "di"],
    },
    Language {
        is_it: |text| has_word(text, &["o", "os", "não", "da", "do", "uma", "você"]),
        fillers: &["infelizmente", "atualmente", "desculpe"],
        little: &["o", "a", "os", "um", "uma", "seu", "sua"],
    },
    Language {
        is_it: str::is_ascii,
        fillers: &["currently", "please", "sorry", "unfortunately", "apparently", "again"],
        little: &[
            "the", "a", "an", "your", "our", "this", "that", "please", "is", "are", "was", "were",
            "has", "have", "been", "sorry", "of", "we", "you",
        ],
    },
];

fn language(text: &str) -> Option<&'static Language> {
    LANGUAGES.iter().find(|language| (language.is_it)(text))
}

/// At the start, or before a word of its middle; without blanks at the start.
fn insert(text: &str, random: &mut Rng) -> Option<String> {
    let language = language(text)?;
    let filler = random.choice(language.fillers)?;
    let blanks: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).collect();
    Some(match random.choice(&blanks).filter(|_| random.bool()) {
        Some(&at) => format!("{} {filler}{}", &text[..at], &text[at..]),
        None if text.contains(' ') => format!("{filler} {text}"),
        None => format!("{filler}，{text}"),
    })
}

fn words(text: &str) -> Vec<&str> {
    text.split(' ').collect()
}

/// Leaves out a word that names nothing.
fn drop_little(text: &str, random: &mut Rng) -> Option<String> {
    let little = language(text)?.little;
    let mut words = words(text);
    let is_little = |at: &usize| little.iter().any(|known| words[*at].eq_ignore_ascii_case(known));
    let places: Vec<usize> = (0..words.len()).filter(is_little).collect();
    words.remove(*random.choice(&places)?);
    Some(words.join(" "))
}

fn is_word(word: &str) -> bool {
    !word.is_empty() && word.chars().all(char::is_alphabetic)
}

/// Swaps two neighbours within one sentence.
fn swap(text: &str, random: &mut Rng) -> Option<String> {
    let mut words = words(text);
    let both = |at: &usize| is_word(words[*at]) && is_word(words[at + 1]);
    let places: Vec<usize> = (0..words.len().saturating_sub(1)).filter(both).collect();
    let at = *random.choice(&places)?;
    words.swap(at, at + 1);
    Some(words.join(" "))
}

/// Adds an ending to a word with four letters or more.
fn inflect(text: &str, random: &mut Rng, ending: &str) -> Option<String> {
    let words = words(text);
    let may_bend = |at: &usize| {
        let word = words[*at];
        word.len() >= 4
            && word.bytes().all(|byte| byte.is_ascii_lowercase())
            && !word.ends_with(['s', 'd', 'y'])
    };
    let places: Vec<usize> = (0..words.len()).filter(may_bend).collect();
    let at = *random.choice(&places)?;
    let bent = format!("{}{ending}", words[at]).replace("eed", "ed");
    let mut words = words.clone();
    words[at] = &bent;
    Some(words.join(" "))
}

fn plural(text: &str, random: &mut Rng) -> Option<String> {
    inflect(text, random, "s")
}

fn past(text: &str, random: &mut Rng) -> Option<String> {
    language(text).filter(|_| text.is_ascii())?;
    inflect(text, random, "ed")
}

fn title_case(text: &str, _: &mut Rng) -> Option<String> {
    let title = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().map(|first| first.to_uppercase().to_string());
        first.unwrap_or_default() + letters.as_str()
    };
    Some(words(text).into_iter().map(title).collect::<Vec<_>>().join(" "))
}

/// Puts something in the place of the marks at the ends of words; `\0` stands for the mark.
fn at_word_ends(text: &str, other: &str) -> String {
    let mut changed = String::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let ends = letters.peek().is_none_or(|next| next.is_whitespace());
        match letter {
            '。' | '，' | '！' => changed.push_str(&other.replace('\0', &letter.to_string())),
            '.' | ',' | '!' | '?' | ':' | ';' if ends => {
                changed.push_str(&other.replace('\0', &letter.to_string()));
            }
            _ => changed.push(letter),
        }
    }
    changed
}

const QUOTES: [char; 8] = ['"', '`', '“', '”', '«', '»', '「', '」'];

/// A quote in the middle of a word is an apostrophe.
fn is_quote(text: &str, at: usize) -> bool {
    let letter = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    let around = (text[..at].chars().next_back(), text[at..].chars().nth(1));
    text[at..].starts_with(QUOTES)
        || (text[at..].starts_with('\'') && !(letter(around.0) && letter(around.1)))
}

fn without_quotes(text: &str) -> String {
    text.char_indices().filter(|(at, _)| !is_quote(text, *at)).map(|(_, letter)| letter).collect()
}

fn other_quotes(text: &str, random: &mut Rng) -> Option<String> {
    const PAIRS: [[char; 2]; 6] =
        [['“', '”'], ['‘', '’'], ['«', '»'], ['„', '“'], ['`', '`'], ['「', '」']];
    let pair = *random.choice(&PAIRS)?;
    let mut closes = false;
    let change = |(at, letter)| {
        if !is_quote(text, at) {
            return letter;
        }
        closes = !closes;
        pair[usize::from(!closes)]
    };
    (text.contains(QUOTES)).then(|| text.char_indices().map(change).collect())
}

fn full_width(text: &str, _: &mut Rng) -> Option<String> {
    let wide = |letter: char| match letter {
        '!'..='~' => char::from_u32(u32::from(letter) + 0xFEE0).unwrap_or(letter),
        _ => letter,
    };
    Some(text.chars().map(wide).collect())
}

/// Invisible signs inside words: a blank of no width, a joiner, a soft hyphen.
fn zero_width(text: &str, random: &mut Rng) -> Option<String> {
    let mut changed = String::new();
    let mut inside = false;
    for letter in text.chars() {
        if inside && letter.is_alphabetic() && random.u8(..4) == 0 {
            changed.push(*random.choice(&['\u{200b}', '\u{200d}', '\u{ad}', '\u{feff}'])?);
        }
        inside = letter.is_alphabetic();
        changed.push(letter);
    }
    Some(changed)
}

/// Marks that say in which direction a text runs, around it and before a word.
fn marks_of_direction(text: &str, random: &mut Rng) -> Option<String> {
    let mut words = words(text);
    let at = random.usize(..words.len());
    let marked = format!("\u{200f}{}\u{200e}", words[at]);
    words[at] = &marked;
    Some(format!("\u{202b}{}\u{202c}", words.join(" ")))
}
