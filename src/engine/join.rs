//! Joins an answer that was cut off with its continuation. Models are told not to repeat themselves, and do.

/// So many bytes of agreement are no chance.
const SURE: usize = 24;
/// So many bytes at the seam are no chance either, wherever they begin.
const LIKELY: usize = 8;
/// A longer repetition than this at the seam is not looked for.
const LONGEST: usize = 2_000;

/// `begun` with `more` behind it, and what `more` says again left out: the whole beginning of a model that starts over, or
/// the last words of one that steps back.
#[must_use]
pub(super) fn join(begun: &str, more: &str) -> String {
    if common(begun, more) >= SURE {
        return if more.len() > begun.len() { more } else { begun }.to_owned();
    }
    [begun, &more[overlap(begun, more)..]].concat()
}

/// How many bytes both start with.
fn common(one: &str, other: &str) -> usize {
    one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count()
}

/// How many bytes at the start of `more` say again what `begun` ends in.
fn overlap(begun: &str, more: &str) -> usize {
    let longest = begun.len().min(more.len()).min(LONGEST);
    (2..=longest)
        .rev()
        .filter(|&length| more.is_char_boundary(length))
        .find(|&length| begun.ends_with(&more[..length]) && is_no_chance(begun, length))
        .unwrap_or(0)
}

/// Long, or a word from its start: `gla` and `gladly` are one word, `boo` and `ok` are a book.
fn is_no_chance(begun: &str, length: usize) -> bool {
    let before = begun[..begun.len() - length].chars().next_back();
    let first = begun[begun.len() - length..].chars().next();
    let at_a_word =
        before.is_none_or(|c| !c.is_alphanumeric()) && first.is_some_and(char::is_alphanumeric);
    length >= LIKELY || at_a_word
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::join;

    #[test]
    fn a_plain_continuation_is_appended() {
        assert_eq!(join("I would ", "love to."), "I would love to.");
        assert_eq!(join("the boo", "k is"), "the book is");
        assert_eq!(join("the bo", "ok is"), "the book is");
        assert_eq!(join("", "Yes"), "Yes");
        assert_eq!(join("Yes", ""), "Yes");
    }

    #[test]
    fn overlap_at_the_seam_is_merged() {
        assert_eq!(join("I would gla", "gladly come."), "I would gladly come.");
        assert_eq!(
            join("See you at the station", "at the station at 8."),
            "See you at the station at 8."
        );
        assert_eq!(join("ね、そうですね", "そうですね、行きます"), "ね、そうですね、行きます");
    }

    #[test]
    fn restarted_answer_is_not_doubled() {
        let begun = "Dear Mara, thank you for the invitation, I";
        let whole = "Dear Mara, thank you for the invitation, I will come.";
        assert_eq!(join(begun, &whole[..30]), begun, "nothing is lost while it repeats");
        assert_eq!(join(begun, whole), whole);
    }

    proptest! {
        #[test]
        fn the_beginning_is_never_lost(begun in "\\PC{0,60}", more in "\\PC{0,60}") {
            let joined = join(&begun, &more);
            prop_assert!(joined.starts_with(&begun) || joined == more);
            prop_assert!(joined.len() <= begun.len() + more.len());
        }

        #[test]
        fn cut_text_joins_whole_again(
            text in "[a-z]{3,9}( [a-z]{3,9}){4,9}", at in 0.1..0.9_f64, back in 8_usize..20,
        ) {
            let cut = (text.len() as f64 * at) as usize;
            let again = cut.saturating_sub(back);
            // A word that stands twice may be taken for a repetition: only texts without one are sure.
            prop_assume!(text.matches(&text[again..cut]).count() == 1);
            prop_assert_eq!(join(&text[..cut], &text[again..]), text);
        }
    }
}
