//! One sort for everything, by a heap: each kind of the library's sort would cost the wasm 4 KB.

use std::collections::BinaryHeap;

/// The items by their key, lowest first; items of equal keys stay in the order they came in.
pub(crate) fn by_key<T>(items: Vec<T>, key: impl Fn(&T) -> u64) -> Vec<T> {
    let order: BinaryHeap<(u64, usize)> =
        items.iter().enumerate().map(|(index, item)| (key(item), index)).collect();
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    order.into_sorted_vec().into_iter().filter_map(|(_, index)| items[index].take()).collect()
}

/// A key that puts spans in the order of the text, and of those with the same start the longest first.
pub(crate) fn of_span(start: usize, end: usize) -> u64 {
    (start as u64) << 32 | u64::from(u32::MAX - u32::try_from(end).unwrap_or(u32::MAX))
}

/// A key that puts the highest of non-negative numbers first.
pub(crate) fn highest_first(number: f64) -> u64 {
    !number.to_bits()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_come_in_the_order_of_the_text_and_numbers_from_the_highest() {
        let spans = by_key(vec![(4, 5), (0, 1), (0, 9)], |&(start, end)| of_span(start, end));
        assert_eq!(spans, [(0, 9), (0, 1), (4, 5)]);
        assert_eq!(
            by_key(vec![0.1, 0.9, 0.0, 0.5], |&share| highest_first(share)),
            [0.9, 0.5, 0.1, 0.0]
        );
    }
}
