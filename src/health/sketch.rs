//! Durations as a base-2 exponential histogram of fixed scale 5: each bucket is 2^(1/32) = 1.0219 times as wide as the one below,
//! so a percentile is at most 1.09 % off. Two of them merge without loss.
//!
//! The indices are those of OpenTelemetry: bucket `i` holds what is over 2^(i/32) and at most 2^((i+1)/32) seconds.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

use crate::varint::{read, write};

/// Buckets in each doubling: 2 to the scale.
const PER_DOUBLING: i32 = 32;
/// 2^-20 s, about a microsecond: what is shorter counts as zero.
const SHORTEST: f64 = 1.0 / 1_048_576.0;
/// One day in seconds. A longer call was not one: the clock jumped or the machine slept.
const LONGEST: f64 = 86_400.0;
/// 2^(1/2), 2^(1/4), … 2^(1/32).
const ROOTS: [f64; 5] = [
    core::f64::consts::SQRT_2,
    1.189_207_115_002_721,
    1.090_507_732_665_257_7,
    1.044_273_782_427_413_8,
    1.021_897_148_654_116_7,
];

/// How long calls took. It holds counts and never a single call.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sketch {
    /// Counts by index, ascending; no count is 0.
    buckets: Vec<(i16, u32)>,
    zeros: u32,
    least: f64,
    most: f64,
    sum: f64,
}

impl Sketch {
    /// Counts a duration in seconds. `false` when it is none and was not counted: not a number, negative, or over a day.
    pub fn record(&mut self, seconds: f64) -> bool {
        // No range contains NaN.
        if !(0.0..=LONGEST).contains(&seconds) {
            return false;
        }
        self.widen(seconds, seconds);
        self.sum += seconds;
        if seconds < SHORTEST {
            self.zeros = self.zeros.saturating_add(1);
        } else {
            self.add(index(seconds), 1);
        }
        true
    }

    /// Adds what another sketch has counted.
    pub fn merge(&mut self, other: &Self) {
        if other.is_empty() {
            return;
        }
        self.widen(other.least, other.most);
        self.sum += other.sum;
        self.zeros = self.zeros.saturating_add(other.zeros);
        for &(index, count) in &other.buckets {
            self.add(index, count);
        }
    }

    /// The duration in seconds that a share of the calls (0 to 1) did not exceed; none while there is no call.
    #[must_use]
    pub fn quantile(&self, share: f64) -> Option<f64> {
        let count = self.count();
        if count == 0 {
            return None;
        }
        let wanted = (share * count as f64).ceil();
        let mut seen = u64::from(self.zeros);
        if seen as f64 >= wanted {
            return Some(self.least);
        }
        for &(index, count) in &self.buckets {
            seen += u64::from(count);
            if seen as f64 >= wanted {
                let (low, high) = (bound(index), bound(index + 1));
                let middle = 2.0 * low * high / (low + high);
                return Some(if middle < self.least {
                    self.least
                } else if middle > self.most {
                    self.most
                } else {
                    middle
                });
            }
        }
        Some(self.most)
    }

    /// How many durations were counted.
    #[must_use]
    pub fn count(&self) -> u64 {
        u64::from(self.zeros) + self.buckets.iter().map(|&(_, count)| u64::from(count)).sum::<u64>()
    }

    /// Whether none was counted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.zeros == 0 && self.buckets.is_empty()
    }

    /// All durations together, in seconds.
    #[must_use]
    pub fn sum(&self) -> f64 {
        self.sum
    }

    /// The shortest and the longest, in seconds.
    #[must_use]
    pub fn range(&self) -> Option<(f64, f64)> {
        (!self.is_empty()).then_some((self.least, self.most))
    }

    /// How many were shorter than about a microsecond.
    #[must_use]
    pub fn zeros(&self) -> u32 {
        self.zeros
    }

    /// The buckets that hold something: OpenTelemetry's index at scale 5, and the count; ascending.
    #[must_use]
    pub fn buckets(&self) -> &[(i16, u32)] {
        &self.buckets
    }

    fn widen(&mut self, least: f64, most: f64) {
        let is_first = self.is_empty();
        if is_first || least < self.least {
            self.least = least;
        }
        if is_first || most > self.most {
            self.most = most;
        }
    }

    fn add(&mut self, index: i16, count: u32) {
        match self.buckets.binary_search_by_key(&index, |&(index, _)| index) {
            Ok(at) => self.buckets[at].1 = self.buckets[at].1.saturating_add(count),
            Err(at) => self.buckets.insert(at, (index, count)),
        }
    }
}

/// The bucket of a duration of at least [`SHORTEST`]: its exponent stands in its bits, and squaring what is left yields one
/// binary digit of the logarithm after the other.
fn index(seconds: f64) -> i16 {
    let bits = seconds.to_bits();
    let exponent = (bits >> 52) as i32 - 1023;
    let mut rest = f64::from_bits(bits & !(0x7ff << 52) | 1023 << 52);
    if rest == 1.0 {
        // A power of two is the upper bound of its bucket.
        return (exponent * PER_DOUBLING - 1) as i16;
    }
    let mut digits = 0;
    for _ in ROOTS {
        rest *= rest;
        digits <<= 1;
        if rest >= 2.0 {
            digits |= 1;
            rest *= 0.5;
        }
    }
    (exponent * PER_DOUBLING + digits) as i16
}

/// What a bucket's durations are longer than, in seconds.
fn bound(index: i16) -> f64 {
    let (whole, part) =
        (i32::from(index).div_euclid(PER_DOUBLING), i32::from(index).rem_euclid(PER_DOUBLING));
    let power = f64::from_bits(((whole + 1023) as u64) << 52);
    let roots = ROOTS.iter().enumerate().filter(|(at, _)| part & (16 >> at) != 0);
    roots.fold(power, |product, (_, root)| product * root)
}

/// As bytes: the zeros, the first index, then for each bucket its count and, unless it is the next one, the gap before it.
impl Serialize for Sketch {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut bytes = Vec::with_capacity(28 + self.buckets.len() * 2);
        if !self.is_empty() {
            for number in [self.least, self.most, self.sum] {
                bytes.extend(number.to_le_bytes());
            }
            write(&mut bytes, u64::from(self.zeros));
            let mut next = i16::MIN;
            for &(index, count) in &self.buckets {
                let gap = index.wrapping_sub(next) as u16;
                write(&mut bytes, u64::from(count) << 1 | u64::from(gap != 0));
                if gap != 0 {
                    write(&mut bytes, u64::from(gap));
                }
                next = index.wrapping_add(1);
            }
        }
        bytes.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Sketch {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = Vec::<u8>::deserialize(deserializer)?;
        unpacked(&bytes).ok_or_else(|| D::Error::custom("no sketch"))
    }
}

/// A sketch from its bytes; none when they are not those of a sketch.
fn unpacked(mut bytes: &[u8]) -> Option<Sketch> {
    let mut sketch = Sketch::default();
    if bytes.is_empty() {
        return Some(sketch);
    }
    for number in [&mut sketch.least, &mut sketch.most, &mut sketch.sum] {
        let (head, rest) = bytes.split_first_chunk()?;
        *number = f64::from_le_bytes(*head);
        bytes = rest;
    }
    sketch.zeros = u32::try_from(read(&mut bytes)?).ok()?;
    let mut next = i16::MIN;
    while !bytes.is_empty() {
        let told = read(&mut bytes)?;
        let gap = if told & 1 == 1 { u16::try_from(read(&mut bytes)?).ok()? } else { 0 };
        let index = i16::try_from(i32::from(next) + i32::from(gap)).ok()?;
        sketch.buckets.push((index, u32::try_from(told >> 1).ok()?));
        next = index.checked_add(1)?;
    }
    Some(sketch)
}

#[cfg(test)]
mod tests;
