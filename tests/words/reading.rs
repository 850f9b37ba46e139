//! How a text reads: its sentences, its words, and the school year they ask for.

pub(crate) fn sentences(text: &str) -> Vec<String> {
    let mut sentences = vec![String::new()];
    for word in text.split_inclusive(' ') {
        if let Some(sentence) = sentences.last_mut() {
            sentence.push_str(word);
        }
        if word.ends_with(' ') && word.trim_end().ends_with(['.', '!', '?']) {
            sentences.push(String::new());
        }
    }
    sentences
}

pub(crate) fn spaced(text: &str) -> String {
    let words = text.to_lowercase().replace(|c: char| !c.is_alphanumeric(), " ");
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The grade of Flesch and Kincaid; the fourth is a school year of children of nine and ten.
pub(crate) fn school_grade(text: &str) -> f64 {
    // Names that are copied letter by letter, not read.
    let is_name = |word: &str| word.contains(['_', '/']) || word.contains("openai.com");
    let words: Vec<_> = text.split_whitespace().filter(|word| !is_name(word)).collect();
    let sentences = words.iter().filter(|word| word.ends_with(['.', '!', '?', ':'])).count();
    let syllables: usize = words.iter().map(|word| syllables(word)).sum();
    let count = words.len() as f64;
    0.39 * count / sentences as f64 + 11.8 * syllables as f64 / count - 15.59
}

fn syllables(word: &str) -> usize {
    let word: String = word.to_lowercase().chars().filter(char::is_ascii_alphabetic).collect();
    let groups = word.split(|c| !"aeiouy".contains(c)).filter(|group| !group.is_empty()).count();
    let silent = (word.ends_with('e') && !word.ends_with("le"))
        || (word.ends_with("ed") && !word.ends_with("ted") && !word.ends_with("ded"));
    groups.saturating_sub(usize::from(silent)).max(1)
}
