//! A rule of concepts: what a clause has to say to give a cause away, whatever its words and its language.

use crate::text::concept::Concepts;

/// The most groups that a rule has.
const GROUPS: usize = 4;

/// Concepts that together, in one clause and in any order, speak for a cause.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ConceptRule {
    /// One concept of each group has to be there; a group of 0 is none.
    groups: [Concepts; GROUPS],
    /// None of these may be there.
    unless: Concepts,
    strength: Strength,
    place: Where,
}

/// How much a rule says.
#[derive(Clone, Copy, Debug)]
#[repr(u8)]
enum Strength {
    Sure,
    Strong,
    Usual,
    Fair,
    Hint,
    Weak,
}

impl Strength {
    const ALL: [Self; 6] =
        [Self::Sure, Self::Strong, Self::Usual, Self::Fair, Self::Hint, Self::Weak];
}

/// Where a rule holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
enum Where {
    Anywhere,
    /// In web apps, which know people by a session.
    Web,
    /// At services that know callers by a key.
    AwayFromWeb,
}

impl Where {
    const ALL: [Self; 3] = [Self::Anywhere, Self::Web, Self::AwayFromWeb];
}

/// A clause that has one concept of each group. The group with the fewest concepts comes first: it rules out the most clauses.
pub(crate) const fn all(groups: &[Concepts]) -> ConceptRule {
    let mut rule = ConceptRule {
        groups: [0; GROUPS],
        unless: 0,
        strength: Strength::Strong,
        place: Where::Anywhere,
    };
    let mut group = 0;
    while group < groups.len() {
        rule.groups[group] = groups[group];
        if groups[group].count_ones() < rule.groups[0].count_ones() {
            rule.groups[group] = rule.groups[0];
            rule.groups[0] = groups[group];
        }
        group += 1;
    }
    rule
}

impl ConceptRule {
    /// Says more than any rule that speaks of things which several causes share.
    pub(crate) const fn sure(mut self) -> Self {
        self.strength = Strength::Sure;
        self
    }

    /// Gives way to a rule that says more.
    pub(crate) const fn usual(mut self) -> Self {
        self.strength = Strength::Usual;
        self
    }

    /// Usually right.
    pub(crate) const fn fair(mut self) -> Self {
        self.strength = Strength::Fair;
        self
    }

    /// A guess that is better than none.
    pub(crate) const fn hint(mut self) -> Self {
        self.strength = Strength::Hint;
        self
    }

    /// Tips the scale.
    pub(crate) const fn weak(mut self) -> Self {
        self.strength = Strength::Weak;
        self
    }

    /// Not where one of these is said too.
    pub(crate) const fn unless(mut self, concepts: Concepts) -> Self {
        self.unless = concepts;
        self
    }

    /// Only in a web app.
    pub(crate) const fn on_web(mut self) -> Self {
        self.place = Where::Web;
        self
    }

    /// Anywhere but in a web app.
    pub(crate) const fn away_from_web(mut self) -> Self {
        self.place = Where::AwayFromWeb;
        self
    }

    /// Those concepts of a clause that the rule rests on, when it holds there.
    pub(crate) fn holds(&self, says: Concepts, web: bool) -> Option<Concepts> {
        let elsewhere = match self.place {
            Where::Anywhere => false,
            Where::Web => !web,
            Where::AwayFromWeb => web,
        };
        if elsewhere || says & self.groups[0] == 0 || says & self.unless != 0 {
            return None;
        }
        let mut rests_on = 0;
        for group in self.groups {
            if group != 0 && says & group == 0 {
                return None;
            }
            rests_on |= says & group;
        }
        Some(rests_on)
    }

    /// The concepts of which one has to be there: where none is said, the rule does not hold.
    pub(crate) const fn first_group(&self) -> Concepts {
        self.groups[0]
    }

    /// How much it says, in nats.
    pub(crate) const fn weight(&self) -> f32 {
        match self.strength {
            Strength::Sure => 6.5,
            Strength::Strong => 5.0,
            Strength::Usual => 4.0,
            Strength::Fair => 3.0,
            Strength::Hint => 2.0,
            Strength::Weak => 1.2,
        }
    }

    /// How many bytes it has when packed.
    pub(crate) const fn packed_size(&self) -> usize {
        let mut size = 2 + self.unless.count_ones() as usize;
        let mut group = 0;
        while group < GROUPS {
            if self.groups[group] != 0 {
                size += 1 + self.groups[group].count_ones() as usize;
            }
            group += 1;
        }
        size
    }

    /// Strength and place, how many concepts are ruled out, and these; then of each group how many there are, and these.
    pub(crate) const fn pack(&self, packed: &mut [u8]) {
        packed[0] = self.strength as u8 | (self.place as u8) << 4;
        let mut at = pack_set(self.unless, packed, 1);
        let mut group = 0;
        while group < GROUPS {
            if self.groups[group] != 0 {
                at = pack_set(self.groups[group], packed, at);
            }
            group += 1;
        }
    }

    /// The rule that was packed.
    pub(crate) fn unpacked(packed: &[u8]) -> Option<Self> {
        let (&traits, mut rest) = packed.split_first()?;
        let mut set = || {
            let (&count, after) = rest.split_first()?;
            let (concepts, after) = after.split_at_checked(usize::from(count))?;
            rest = after;
            Some(concepts.iter().fold(0, |set, concept| set | 1 << (concept % 128)))
        };
        let unless = set()?;
        let groups = std::array::from_fn(|_| set().unwrap_or(0));
        let strength = *Strength::ALL.get(usize::from(traits & 15))?;
        let place = *Where::ALL.get(usize::from(traits >> 4))?;
        Some(Self { groups, unless, strength, place })
    }
}

const fn pack_set(set: Concepts, packed: &mut [u8], at: usize) -> usize {
    let (mut rest, mut next) = (set, at + 1);
    packed[at] = set.count_ones() as u8;
    while rest != 0 {
        packed[next] = rest.trailing_zeros() as u8;
        rest &= rest - 1;
        next += 1;
    }
    next
}

#[cfg(test)]
impl std::fmt::Display for ConceptRule {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names = |set: Concepts| {
            let bits = (0..Concepts::BITS).filter(move |bit| set >> bit & 1 == 1);
            bits.map(|bit| crate::text::concept::NAMES[bit as usize])
                .collect::<Vec<_>>()
                .join(" | ")
        };
        let groups = self.groups.iter().filter(|group| **group != 0);
        let said = groups.map(|&group| names(group)).collect::<Vec<_>>().join(", ");
        write!(
            out,
            "all(&[{said}]) unless {} {:?} {:?}",
            names(self.unless),
            self.strength,
            self.place
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::concept::{EXPIRED, INVALID, KEY, MAYBE, WORD};

    #[test]
    fn every_group_has_to_be_said() {
        let rule = all(&[KEY, INVALID | EXPIRED]).unless(MAYBE);
        assert_eq!(rule.holds(KEY | EXPIRED | WORD, false), Some(KEY | EXPIRED));
        assert_eq!(rule.holds(KEY, false), None);
        assert_eq!(rule.holds(KEY | EXPIRED | MAYBE, false), None);
        assert_eq!(rule.on_web().holds(KEY | EXPIRED, false), None);
    }

    #[test]
    fn rules_survive_packing() {
        let rule = all(&[KEY, INVALID | EXPIRED, WORD]).unless(MAYBE | KEY).hint().away_from_web();
        let mut packed = vec![0; rule.packed_size()];
        rule.pack(&mut packed);
        assert_eq!(format!("{:?}", ConceptRule::unpacked(&packed)), format!("{:?}", Some(rule)));
    }
}
