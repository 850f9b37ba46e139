//! How each language speaks: its own words where it has them, one form of address, nobody blamed and nothing begged.

use super::{
    is_urgent,
    locales::{languages, words},
};

/// Terms of the trade in English, for which every language has a word.
const JARGON: &[&str] = &[
    "banner",
    "banners",
    "click",
    "draft",
    "drafts",
    "endpoint",
    "endpoints",
    "failed",
    "fallback",
    "outage",
    "provider",
    "providers",
    "request",
    "requests",
    "retries",
    "retry",
    "settings",
    "timeout",
    "worker",
    "workers",
];

/// What a language does not say.
struct Banned {
    locale: &'static str,
    /// English words that only some languages have made their own.
    borrowed: &'static [&'static str],
    /// Whole words of another form of address, of politeness that begs, and of another country.
    words: &'static [&'static str],
    /// The same where words are not set apart by blanks, and beginnings of sentences in the other form.
    parts: &'static [&'static str],
    /// Words that address a person formally where they have a capital in the middle of a sentence.
    capitals: &'static [&'static str],
    /// What scolds or regrets, at the moment of failure.
    urgent: &'static [&'static str],
}

const NOTHING: Banned =
    Banned { locale: "", borrowed: &[], words: &[], parts: &[], capitals: &[], urgent: &[] };

const BANNED: [Banned; 16] = [
    Banned {
        locale: "ar",
        borrowed: &["account", "browser", "chat", "model", "prompt", "server"],
        parts: &["يرجى", "الرجاء", "من فضلك"],
        urgent: &["غير صالح", "غير قانوني", "عذرًا", "للأسف"],
        ..NOTHING
    },
    // It says “du”.
    Banned {
        locale: "de",
        borrowed: &["account", "error", "password"],
        capitals: &["Ihnen", "Ihr", "Ihre", "Ihrem", "Ihren", "Ihrer", "Sie"],
        urgent: &["ungültig", "illegal", "verboten", "leider", "entschuldig"],
        ..NOTHING
    },
    // It says “tú”.
    Banned {
        locale: "es",
        borrowed: &["account", "browser", "password", "server"],
        words: &["usted", "ustedes", "vosotros"],
        parts: &["por favor", "Haga ", "Compruebe ", "Intente ", "Introduzca ", "Seleccione "],
        urgent: &["inválid", "ilegal", "prohibid", "lamentablemente", "lo sentimos"],
        ..NOTHING
    },
    // It says “vous”.
    Banned {
        locale: "fr",
        borrowed: &["account", "browser", "error", "password", "server", "token", "tokens"],
        words: &["tu", "te", "toi", "tes", "veuillez"],
        parts: &["s’il vous plaît"],
        urgent: &["invalide", "illégal", "malheureusement", "désolé"],
        ..NOTHING
    },
    // It speaks to many, which is to nobody's sex.
    Banned {
        locale: "he",
        borrowed: &["account", "browser", "chat", "model", "prompt", "server", "token"],
        words: &["שלך", "אותך", "אנא", "סליחה"],
        urgent: &["לא חוקי", "מצטער", "לצערנו"],
        ..NOTHING
    },
    Banned {
        locale: "hi",
        borrowed: &["account", "browser", "chat", "model", "prompt", "server", "token"],
        parts: &["कृपया", "तुम"],
        urgent: &["अमान्य", "अवैध", "क्षमा", "खेद"],
        ..NOTHING
    },
    Banned {
        locale: "id",
        borrowed: &["account", "password"],
        words: &["kamu", "kau", "tolong", "mohon", "silakan"],
        urgent: &["tidak valid", "tidak sah", "ilegal", "terlarang", "maaf"],
        ..NOTHING
    },
    // It says “tu”.
    Banned {
        locale: "it",
        borrowed: &["error", "key", "keys"],
        words: &["voi", "vostro", "vostra"],
        parts: &["per favore", "Si prega", "Riprovi ", "Inserisca "],
        capitals: &["Lei", "Suo", "Sua"],
        urgent: &["non valid", "illegal", "vietat", "purtroppo", "spiacent"],
    },
    Banned {
        locale: "ja",
        borrowed: &["account", "browser", "chat", "model", "prompt", "server", "token"],
        parts: &["お願い", "恐れ入"],
        urgent: &["無効な", "不正", "申し訳", "残念"],
        ..NOTHING
    },
    Banned {
        locale: "ko",
        borrowed: &["account", "browser", "chat", "model", "prompt", "server", "token"],
        parts: &["당신", "제발", "부탁", "해요.", "어요.", "예요."],
        urgent: &["유효하지", "불법", "죄송", "안타깝"],
        ..NOTHING
    },
    // It says “você”, and Brazil's words.
    Banned {
        locale: "pt_BR",
        borrowed: &["account", "browser", "error", "password", "server"],
        words: &["tu", "teu", "tua", "ficheiro", "utilizador", "ecrã", "telemóvel"],
        parts: &["por favor", "palavra-passe"],
        urgent: &["inválid", "ilegal", "proibid", "infelizmente", "desculp"],
        ..NOTHING
    },
    // It says “вы”, small.
    Banned {
        locale: "ru",
        borrowed: &["account", "browser", "chat", "error", "model", "prompt", "server", "token"],
        words: &["ты", "тебя", "тебе", "твой", "твоя", "твои", "пожалуйста"],
        capitals: &["Вы", "Вас", "Вам", "Вами", "Ваш", "Ваша", "Ваше", "Ваши"],
        urgent: &["недопустим", "недейств", "незаконн", "к сожалению", "извин"],
        ..NOTHING
    },
    // It says “siz”.
    Banned {
        locale: "tr",
        borrowed: &["account", "browser", "chat", "error", "link", "login", "password", "server"],
        words: &["sen", "sana", "seni", "senin", "lütfen"],
        urgent: &["geçersiz", "maalesef", "üzgün", "özür"],
        ..NOTHING
    },
    Banned {
        locale: "vi",
        borrowed: &["account", "browser", "error", "link", "login", "offline", "server"],
        parts: &["vui lòng", "Vui lòng", "quý khách"],
        urgent: &["không hợp lệ", "bất hợp pháp", "rất tiếc", "xin lỗi"],
        ..NOTHING
    },
    // It says 你.
    Banned {
        locale: "zh_CN",
        borrowed: &["account", "browser", "chat", "model", "prompt", "server"],
        parts: &["您", "網", "務"],
        urgent: &["无效", "非法", "抱歉", "对不起"],
        ..NOTHING
    },
    // It says 你, and Taiwan's words.
    Banned {
        locale: "zh_TW",
        borrowed: &["account", "browser", "chat", "model", "prompt", "server"],
        parts: &["您", "信息", "網絡", "默認", "視頻", "軟件", "鏈接", "登錄", "服務器"],
        urgent: &["無效", "非法", "抱歉", "對不起"],
        ..NOTHING
    },
];

/// People in the pictures of a chat speak as people do, and the command's words are typed.
fn speaks_for_us(key: &str) -> bool {
    !key.starts_with("site_chat_") && !key.starts_with("command_")
}

/// The words of a text, without places to fill in and what is quoted: it is somebody else's.
fn own_words(text: &str) -> Vec<String> {
    let mut quoted = false;
    let mut own = String::new();
    for mark in text.chars() {
        let ends = quoted && "”“»」』".contains(mark);
        quoted = (quoted || "„“”«「『".contains(mark)) && !ends;
        own.extend((!quoted).then_some(mark));
    }
    let words = own.split_whitespace().filter(|word| !word.contains('$'));
    words
        .map(|word| word.trim_matches(|mark: char| !mark.is_alphanumeric()).to_lowercase())
        .collect()
}

/// Whether a word has its capital although no sentence begins with it.
fn stands_inside(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let begins = text[..at]
            .trim_end()
            .chars()
            .next_back()
            .is_some_and(|mark| mark.is_alphanumeric() || mark == ',');
        let ends =
            text[at + word.len()..].chars().next().is_none_or(|mark| !mark.is_alphanumeric());
        begins && text[..at].ends_with(' ') && ends
    })
}

fn faults(banned: &Banned, key: &str, text: &str) -> Vec<String> {
    let words = own_words(text);
    let english = [JARGON, banned.borrowed].concat();
    let has = |word: &&str| words.iter().any(|own| own == *word);
    let mut found: Vec<&str> = english.iter().copied().filter(|word| has(word)).collect();
    found.extend(banned.words.iter().filter(|word| has(word)));
    found.extend(banned.parts.iter().filter(|part| text.contains(**part)));
    found.extend(banned.capitals.iter().filter(|word| stands_inside(text, word)));
    let small = text.to_lowercase();
    found.extend(banned.urgent.iter().filter(|part| is_urgent(key) && small.contains(**part)));
    found.into_iter().map(|word| format!("{} {key} says “{word}”: {text}", banned.locale)).collect()
}

#[test]
fn each_language_has_its_list() {
    let listed = BANNED.map(|banned| banned.locale);
    assert!(languages().skip(1).eq(listed), "{listed:?}");
}

#[test]
fn no_banned_word_is_said() {
    let mut found = Vec::new();
    for banned in &BANNED {
        for (key, message) in words(banned.locale) {
            if speaks_for_us(&key) {
                found.extend(faults(banned, &key, &message.message));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// The check finds what it looks for.
#[test]
fn banned_words_are_found() {
    let caught = |locale: &str, key: &str, text: &str| {
        let banned = BANNED.iter().find(|banned| banned.locale == locale).unwrap();
        faults(banned, key, text).len()
    };
    assert_eq!(caught("de", "a", "Klicken Sie auf Retry."), 2);
    assert_eq!(caught("de", "a", "Sie nennen das Feld. Sie heißt „Retry“."), 0);
    assert_eq!(caught("ru", "a", "Проверьте, что Вы в сети."), 1);
    assert_eq!(caught("zh_CN", "a", "请检查您的网络"), 1);
    assert_eq!(
        (caught("es", "a_why", "Es inválido"), caught("es", "a_means", "Es inválido")),
        (1, 0)
    );
}
