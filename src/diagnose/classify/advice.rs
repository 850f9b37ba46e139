//! An advice says less than a statement: "please check your internet connection" does not claim that there is none.

use std::ops::Range;

use super::Scan;

/// What is left of a finding's weight inside an advice.
pub(super) const DISCOUNT: f32 = 0.5;

/// Words that open an advice, in lower case.
const OPENINGS: &[&str] = &[
    "check your",
    "check the",
    "check that",
    "check if",
    "check whether",
    "please check",
    "please verify",
    "make sure",
    "ensure ",
    "请检查",
    "請檢查",
    "请确认",
    "请确保",
    "或检查",
    "确认",
    "確認して",
    "확인",
    "überprüfe",
    "vérifie",
    "comprueb",
    "verifica ",
    "verifique ",
    "проверьте",
];
/// How far back an advice may have begun, in bytes.
const REACH: usize = 160;

/// Whether the text gives any advice at all.
pub(super) fn is_given(scan: &Scan) -> bool {
    OPENINGS.iter().any(|opening| scan.says(opening))
}

/// Whether these words stand in a sentence that gives an advice, and after its opening.
pub(super) fn holds(text: &str, span: &Range<usize>) -> bool {
    let mut start = span.start.saturating_sub(REACH);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let before = text[start..span.start].rfind(ends_a_sentence);
    let sentence = &text[start + before.unwrap_or(0)..span.end];
    OPENINGS
        .iter()
        .any(|opening| sentence.find(opening).is_some_and(|at| at <= sentence.len() - span.len()))
}

const fn ends_a_sentence(letter: char) -> bool {
    matches!(letter, '.' | '!' | '?' | ';' | '。' | '！' | '？' | '；' | '\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn advised(text: &str, words: &str) -> bool {
        let start = text.find(words).unwrap();
        holds(text, &(start..start + words.len()))
    }

    #[test]
    fn advice_ends_with_its_sentence() {
        let text =
            "no answer came. please check your internet connection, or the api key. it is invalid";
        assert!(advised(text, "internet connection"));
        assert!(advised(text, "check your internet connection"), "its opening is part of it");
        assert!(advised(text, "api key"));
        assert!(!advised(text, "no answer"));
        assert!(!advised(text, "is invalid"));
    }

    #[test]
    fn in_any_script() {
        assert!(advised("网络错误。请检查代理服务器", "代理"));
        assert!(!advised("代理错误。请检查代理服务器", "代理"));
    }
}
