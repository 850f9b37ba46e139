//! Names among words that run the other way: each is kept to itself, so that neither moves the marks of the other.
//! Source: Unicode Standard Annex 9, 2.5 and 6.1.

const FIRST_STRONG_ISOLATE: char = '\u{2068}';
const POP_DIRECTIONAL_ISOLATE: char = '\u{2069}';

/// Whether words of this text run from right to left.
pub(super) fn runs_from_right(text: &str) -> bool {
    text.contains(is_from_right)
}

/// Puts what is filled into a text behind what is there of it, by itself where letters of it run the other way.
pub(super) fn push(filled: &mut String, argument: &str, text_runs_from_right: bool) {
    let turns = |c: char| {
        if text_runs_from_right { is_from_left(c) } else { is_from_right(c) }
    };
    if argument.contains(turns) {
        filled.push(FIRST_STRONG_ISOLATE);
        filled.push_str(argument);
        filled.push(POP_DIRECTIONAL_ISOLATE);
    } else {
        filled.push_str(argument);
    }
}

/// The blocks of Hebrew, Arabic and their presentation forms.
const fn is_from_right(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

/// Letters of all other scripts; General Punctuation lies between them.
const fn is_from_left(c: char) -> bool {
    c.is_ascii_alphabetic()
        || c >= 'À' && !is_from_right(c) && !matches!(c, '\u{2000}'..='\u{2bff}')
}

#[cfg(test)]
mod tests {
    use crate::messages::place;

    fn filled(message: &str, argument: &str) -> String {
        place(message, &[argument])
    }

    #[test]
    fn names_stand_apart_in_arabic() {
        assert_eq!(filled("لا يستجيب $1.", "OpenAI"), "لا يستجيب \u{2068}OpenAI\u{2069}.");
        assert_eq!(filled("حاول بعد $1.", "20 ثانية"), "حاول بعد 20 ثانية.");
        assert_eq!(filled("الرمز: $1", "429"), "الرمز: 429");
    }

    #[test]
    fn names_stand_apart_in_hebrew() {
        assert_eq!(filled("$1 לא עונה.", "gpt-4o"), "\u{2068}gpt-4o\u{2069} לא עונה.");
        assert_eq!(filled("$1 לא עונה.", "המודל"), "המודל לא עונה.");
    }

    #[test]
    fn other_languages_isolate_only_them() {
        assert_eq!(filled("$1 didn’t answer.", "OpenAI"), "OpenAI didn’t answer.");
        assert_eq!(filled("$1 没有响应。", "OpenAI"), "OpenAI 没有响应。");
        assert_eq!(filled("$1 didn’t answer.", "שלי"), "\u{2068}שלי\u{2069} didn’t answer.");
    }
}
