//! How often a call is tried again and how long it is waited for.

use serde::{Deserialize, Serialize};

use super::{Fields, Page};
use unstuck_engine::{Rule, Settings};

/// What can be pressed there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RetryPress {
    /// Take what was typed for a rule. Nothing typed lets a source follow the rule for all.
    SetRule {
        /// Id of the rule.
        rule: String,
        /// The source, unless it is the rule for all.
        source: Option<String>,
    },
}

/// The name of the field in which a rule is typed.
#[must_use]
pub fn field_of(rule: Rule, source: Option<&str>) -> String {
    source.map_or_else(|| rule.id().to_owned(), |source| [rule.id(), "-", source].concat())
}

impl Page {
    pub(super) fn press_retry(
        &mut self,
        settings: &mut Settings,
        press: RetryPress,
        fields: &Fields,
    ) {
        let RetryPress::SetRule { rule, source } = press;
        let Some(rule) = Rule::from_id(&rule) else { return };
        let source = source.as_deref();
        let field = field_of(rule, source);
        let typed = fields.get(&field).trim();
        let value = rule.read(typed);
        if let Some(most) = self.managed.cap(rule).filter(|most| value > Some(*most)) {
            return self.note(&field, "options_rule_capped", &most.to_string());
        }
        if value.is_some() || source.is_some() && typed.is_empty() {
            settings.set_rule(rule, source, value);
        } else {
            self.note(&field, &["options_", rule.id(), "_wrong"].concat(), typed);
        }
    }
}
