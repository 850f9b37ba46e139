//! The lexicons as one run of bytes: names of concepts as numbers, stems folded.

use super::{
    concept::NAMES,
    fold::fold_stem,
    source::{LANGUAGE_END, LEXICONS, STEM_END},
};

/// Packs the lexicons: of each language each concept's number, plus one, and its stems, folded.
pub(crate) fn pack() -> Vec<u8> {
    let mut packed = Vec::new();
    for (_, lexicon) in LEXICONS {
        for line in lexicon.lines() {
            let Some((name, stems)) = line.split_once('\t') else { continue };
            let Some(concept) = NAMES.iter().position(|known| *known == name) else { continue };
            packed.push(concept as u8 + 1);
            for stem in stems.split(',').map(str::trim) {
                let mark = stem.bytes().next().filter(|byte| matches!(byte, b'=' | b'~'));
                let folded = fold_stem(&stem[usize::from(mark.is_some())..]);
                if folded.len() < 2 || folded.len() > 120 {
                    continue;
                }
                packed.extend(mark);
                packed.extend(folded.bytes());
                packed.push(STEM_END);
            }
            packed.push(STEM_END);
        }
        packed.push(LANGUAGE_END);
    }
    packed
}
