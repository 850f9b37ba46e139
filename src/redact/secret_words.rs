//! The words for secrets and personal numbers in scripts other than the Latin one, and the values beside them.

use super::field::{self, Link};
use super::secret_names::Kind;
use super::view::{LETTER, OTHER, View, is_quote};

/// The words, folded as `fold` does: no capitals, no marks.
const WORDS: &[(Kind, &[&str])] = &[
    (
        Kind::Password,
        &[
            "парол",
            "密码",
            "口令",
            "密碼",
            "ハスワート",
            "暗証番号",
            "비밀번호",
            "비번",
            "암호",
            "ハスコート",
            "패스워드",
            "کلمه المرور",
            "کلمه مرور",
            "کلمه السر",
            "الرقم السری",
            "رمز عبور",
            "گذرواژه",
            "پسورد",
            "کلمه عبور",
            "סיסמה",
            "סיסמא",
            "סיסמת",
            "पासवर्ड",
            "कूटशब्द",
            "รหัสผ่าน",
            "κωδικοσ προσβασησ",
            "κωδικο προσβασησ",
            "συνθηματικο",
        ],
    ),
    (
        Kind::Key,
        &[
            "ключ",
            "токен",
            "секрет",
            "密钥",
            "秘钥",
            "令牌",
            "金鑰",
            "密鑰",
            "權杖",
            "キー",
            "トークン",
            "키",
            "토큰",
            "مفتاح",
            "توکن",
            "رمز",
            "کلید",
            "מפתח",
            "אסימון",
            "कुंजी",
            "टोकन",
            "คีย์",
            "โทเค็น",
            "κωδικοσ",
            "κλειδι",
            "διακριτικο",
        ],
    ),
    (
        Kind::Code,
        &[
            "код подтверждения",
            "код доступа",
            "код из смс",
            "код из sms",
            "код пидтвердження",
            "код підтвердження",
            "пин",
            "пін",
            "验证码",
            "校验码",
            "驗證碼",
            "認証コート",
            "確認コート",
            "인증번호",
            "인증코드",
            "رمز التحقق",
            "کد تایید",
            "קוד אימות",
            "ओटीपी",
            "รหัสยืนยัน",
            "κωδικοσ επαληθευσησ",
        ],
    ),
    (
        Kind::Phone,
        &[
            "телефон",
            "тел",
            "моб",
            "мобильныи",
            "电话",
            "手机",
            "电话号码",
            "手机号",
            "電話",
            "手機",
            "携帯",
            "전화",
            "휴대폰",
            "연락처",
            "هاتف",
            "الهاتف",
            "جوال",
            "الجوال",
            "موبایل",
            "تلفن",
            "همراه",
            "טלפון",
            "נייד",
            "फोन",
            "मोबाइल",
            "โทร",
            "เบอร์",
            "มือถือ",
            "τηλεφωνο",
            "τηλ",
            "κινητο",
        ],
    ),
    (
        Kind::Number,
        &[
            "паспорт",
            "снилс",
            "инн",
            "номер карты",
            "身份证",
            "身份證",
            "身分證",
            "护照",
            "護照",
            "银行卡",
            "銀行卡",
            "マイナンハー",
            "ハスホート",
            "口座",
            "주민등록번호",
            "여권",
            "계좌",
            "رقم الهویه",
            "جواز السفر",
            "کد ملی",
            "گذرنامه",
            "תעודת זהות",
            "דרכון",
            "आधार",
            "पासपोर्ट",
            "บัตรประชาชน",
            "หนังสือเดินทาง",
            "αφμ",
            "αμκα",
            "διαβατηριο",
        ],
    ),
];

/// The most that may stand between a word and a value that no colon joins to it.
const GAP: usize = 24;

pub(super) fn scan(view: &mut View) {
    let mut at = 0;
    while at < view.len() {
        let found = (view.at(at) == LETTER).then(|| word(view, at)).flatten();
        let Some((kind, end)) = found else {
            at += 1;
            continue;
        };
        let taken = value(view, at, end)
            .and_then(|(start, link)| field::take_value(view, start, kind, link));
        at = taken.unwrap_or(end);
    }
}

/// The kind and the end of the longest word of the table at `at`.
fn word(view: &View, at: usize) -> Option<(Kind, usize)> {
    let first = view.letters()[at];
    let spaced = is_spaced(first);
    if spaced {
        // Arabic and Hebrew put short words before others; elsewhere a word is whole.
        let prefix = if (0x590..0x700).contains(&first) { 3 } else { 0 };
        let before = view.run_back(at, prefix + 1, |byte| byte == LETTER);
        if at - before > prefix {
            return None;
        }
    }
    let words = WORDS.iter().flat_map(|(kind, words)| words.iter().map(|word| (*kind, *word)));
    let ends = words.filter_map(|(kind, word)| Some((kind, has(view, at, word)?)));
    ends.max_by_key(|(_, end)| *end)
}

/// The end of `word` if it stands at `at`.
fn has(view: &View, at: usize, word: &str) -> Option<usize> {
    let mut here = at;
    for unit in word.encode_utf16() {
        let fits = match u8::try_from(unit) {
            Ok(byte) => view.at(here).eq_ignore_ascii_case(&byte),
            Err(_) => view.letters().get(here) == Some(&unit),
        };
        if !fits {
            return None;
        }
        here += 1;
    }
    Some(here)
}

/// Whether the script of `letter` writes spaces between words.
fn is_spaced(letter: u16) -> bool {
    letter < 0x2e80 && !(0xe00..0xf00).contains(&letter)
}

/// Where the value of the word at `start..end` begins, and what joins them.
fn value(view: &View, start: usize, end: usize) -> Option<(usize, Link)> {
    // An ending of its case, or a syllable that goes with a noun.
    let longest = if is_spaced(view.letters()[start]) { 4 } else { 0 };
    let ending = view.run_within(end, longest + 1, |byte| byte == LETTER);
    let at = if ending - end <= longest { ending } else { end };
    let at = view
        .run(at, |byte| field::is_blank(byte) || is_quote(byte) || byte == b']' || byte == b'.');
    // `ключ API: …`
    let at = if view.has_word(at, "api") { view.run(at + 3, field::is_blank) } else { at };
    if field::is_mark(view.at(at)) {
        return Some((field::after_mark(view, at), Link::Mark));
    }
    let gap = view.run_within(at, GAP + 1, |byte| {
        byte == LETTER
            || byte == OTHER
            || byte == b'-'
            || field::is_blank(byte)
            || field::is_mark(byte)
    });
    (gap - end <= GAP).then_some((gap, Link::Says))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_matches_as_read() {
        for word in WORDS.iter().flat_map(|(_, words)| words.iter()) {
            let view = View::plain(word);
            assert_eq!(has(&view, 0, word), Some(view.len()), "{word}");
        }
    }
}
