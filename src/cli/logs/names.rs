//! A list of names that cannot grow without end.

/// Names by number. What does not fit shares the last one.
#[derive(Debug)]
pub(super) struct Names {
    names: Vec<String>,
    most: usize,
}

impl Names {
    /// So many names; the last of them stands for all others.
    pub(super) const fn new(most: usize) -> Self {
        Self { names: Vec::new(), most }
    }

    pub(super) fn number(&mut self, name: &str) -> usize {
        if let Some(at) = self.names.iter().position(|known| known == name) {
            return at;
        }
        if self.names.len() < self.most {
            let is_last = self.names.len() + 1 == self.most;
            self.names.push(if is_last { "others" } else { name }.to_owned());
        }
        self.names.len() - 1
    }

    /// A name; empty where nothing named it.
    pub(super) fn name(&self, number: usize) -> &str {
        self.names.get(number).map_or("", String::as_str)
    }
}
