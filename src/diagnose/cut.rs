//! A text, cut short.

/// The beginning of a text: at most so many bytes, and no half of a letter.
pub fn head(text: &str, most: usize) -> &str {
    let end = (0..=most.min(text.len())).rev().find(|&end| text.is_char_boundary(end));
    &text[..end.unwrap_or(0)]
}

/// The first 80 characters.
pub(crate) fn clip(text: &str) -> String {
    const MOST: usize = 80;
    let end = if text.len() <= MOST { None } else { text.char_indices().nth(MOST) };
    end.map_or(text, |(end, _)| &text[..end]).to_owned()
}

#[cfg(test)]
mod tests {
    use super::head;

    #[test]
    fn no_letter_is_cut_in_half() {
        let heads = [(0, ""), (1, "a"), (2, "a"), (3, "aé"), (9, "aé")];
        assert!(heads.iter().all(|&(most, wanted)| head("aé", most) == wanted));
    }
}
