//! The assistant: the person's own prompts, what is read of a chat, and whether drafts are kept.

use serde::{Deserialize, Serialize};

use super::{Fields, OptionsEffect, Page};
use unstuck_engine::{Assistant, Settings, assistant::OwnPrompt};

/// What can be pressed there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PromptPress {
    /// Begin a prompt.
    AddPrompt,
    /// Change this prompt.
    EditPrompt {
        /// Its id.
        prompt: String,
    },
    /// Close the open one.
    ClosePrompt,
    /// Keep it as it is typed.
    SavePrompt,
    /// Remove this prompt.
    RemovePrompt {
        /// Its id.
        prompt: String,
    },
    /// Read so many messages of a chat.
    ReadCount {
        /// How many.
        count: u32,
    },
    /// Let messages be read at a press, or ask again before.
    MayRead {
        /// Whether they may.
        on: bool,
    },
    /// Take names out of messages, or not.
    HideNames {
        /// Whether they go.
        on: bool,
    },
    /// Keep drafts on this device, or none.
    KeepDrafts {
        /// Whether they are kept.
        on: bool,
    },
    /// Show the drafts that are kept.
    ShowDrafts,
}

impl Page {
    pub(super) fn press_prompt(
        &mut self,
        settings: &mut Settings,
        press: PromptPress,
        fields: &Fields,
        new_id: &str,
    ) -> Vec<OptionsEffect> {
        let assistant = &mut settings.assistant;
        match press {
            PromptPress::AddPrompt => {
                let id = ["prompt-", new_id].concat();
                self.prompt = Some(OwnPrompt { id, ..OwnPrompt::default() });
            }
            PromptPress::EditPrompt { prompt } => {
                self.prompt = assistant.prompts.iter().find(|known| known.id == prompt).cloned();
            }
            PromptPress::ClosePrompt => self.prompt = None,
            PromptPress::SavePrompt => self.save_prompt(assistant, fields),
            PromptPress::RemovePrompt { prompt } => {
                assistant.prompts.retain(|known| known.id != prompt);
                self.prompt = None;
            }
            PromptPress::ReadCount { count } => {
                assistant.messages = count.clamp(1, Assistant::MOST_MESSAGES);
            }
            PromptPress::MayRead { on } => assistant.may_read = on,
            PromptPress::HideNames { on } => assistant.hide_names = on,
            PromptPress::KeepDrafts { on } => {
                assistant.keep_drafts = on;
                if !on {
                    return vec![OptionsEffect::EraseDrafts];
                }
            }
            PromptPress::ShowDrafts => {
                return vec![OptionsEffect::OpenPage { url: "drafts.html" }];
            }
        }
        Vec::new()
    }

    fn save_prompt(&mut self, assistant: &mut Assistant, fields: &Fields) {
        let Some(open) = &mut self.prompt else { return };
        fields.get("prompt_name").trim().clone_into(&mut open.name);
        fields.get("prompt_text").trim().clone_into(&mut open.text);
        let prompt = open.clone();
        let same = |known: &&OwnPrompt| known.id != prompt.id && known.name == prompt.name;
        if prompt.name.is_empty() {
            self.note("prompt_name", "options_prompt_no_name", "");
        } else if assistant.prompts.iter().any(|known| same(&known)) {
            self.note("prompt_name", "options_prompt_same_name", &prompt.name);
        }
        if prompt.text.is_empty() {
            self.note("prompt_text", "options_prompt_no_text", "");
        }
        if !self.problems.is_empty() {
            return;
        }
        self.prompt = None;
        match assistant.prompts.iter_mut().find(|known| known.id == prompt.id) {
            Some(known) => *known = prompt,
            None => assistant.prompts.push(prompt),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Desk {
        page: Page,
        settings: Settings,
    }

    impl Desk {
        fn press(&mut self, press: PromptPress, typed: [&str; 2]) -> Vec<OptionsEffect> {
            let names = ["prompt_name", "prompt_text"].into_iter().zip(typed);
            let typed = names.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
            let fields = Fields { typed, granted: false };
            let effects = self.page.press(&self.settings, press, &fields, "9");
            for effect in &effects {
                if let OptionsEffect::KeepSettings { settings } = effect {
                    self.settings.clone_from(settings);
                }
            }
            effects
        }

        fn problems(&self) -> Vec<&str> {
            self.page.problems.iter().map(|problem| &*problem.key).collect()
        }
    }

    fn desk() -> Desk {
        Desk { page: Page::default(), settings: Settings::default() }
    }

    #[test]
    fn prompts_are_added_changed_and_removed() {
        let mut desk = desk();
        desk.press(PromptPress::AddPrompt, ["", ""]);
        desk.press(PromptPress::SavePrompt, [" Support ", "Sign as Ola."]);
        let kept = OwnPrompt {
            id: "prompt-9".into(),
            name: "Support".into(),
            text: "Sign as Ola.".into(),
        };
        assert_eq!(
            (desk.settings.assistant.prompts.as_slice(), &desk.page.prompt),
            (&[kept][..], &None)
        );
        let prompt = || "prompt-9".to_owned();
        desk.press(PromptPress::EditPrompt { prompt: prompt() }, ["", ""]);
        desk.press(PromptPress::SavePrompt, ["Support", "Sign as Ada."]);
        assert_eq!(desk.settings.assistant.prompts[0].text, "Sign as Ada.");
        desk.press(PromptPress::RemovePrompt { prompt: prompt() }, ["", ""]);
        assert!(desk.settings.assistant.prompts.is_empty());
    }

    /// What is missing is named, and what was typed stays.
    #[test]
    fn missing_prompt_field_keeps_the_input() {
        let mut desk = desk();
        desk.press(PromptPress::AddPrompt, ["", ""]);
        desk.press(PromptPress::SavePrompt, ["", " "]);
        assert_eq!(desk.problems(), ["options_prompt_no_name", "options_prompt_no_text"]);
        desk.press(PromptPress::SavePrompt, ["Support", ""]);
        assert_eq!(desk.problems(), ["options_prompt_no_text"]);
        assert_eq!(desk.page.prompt.as_ref().map(|open| &*open.name), Some("Support"));
        let taken = OwnPrompt { id: "x".into(), name: "Support".into(), text: "y".into() };
        desk.settings.assistant.prompts.push(taken);
        desk.press(PromptPress::SavePrompt, ["Support", "z"]);
        assert_eq!(desk.problems(), ["options_prompt_same_name"]);
    }

    #[test]
    fn turning_drafts_off_erases_them() {
        let mut desk = desk();
        let effects = desk.press(PromptPress::KeepDrafts { on: false }, ["", ""]);
        assert!(effects.contains(&OptionsEffect::EraseDrafts));
        assert!(!desk.settings.assistant.keep_drafts);
        let effects = desk.press(PromptPress::KeepDrafts { on: true }, ["", ""]);
        assert!(!effects.contains(&OptionsEffect::EraseDrafts));
    }

    #[test]
    fn message_count_stays_in_bounds() {
        let mut desk = desk();
        for (count, kept) in [(0, 1), (20, 20), (99, 30)] {
            desk.press(PromptPress::ReadCount { count }, ["", ""]);
            assert_eq!(desk.settings.assistant.messages, kept);
        }
    }

    /// A settings file brings everything except the permission to read messages.
    #[test]
    fn import_never_grants_permission_to_read() {
        let file = r#"{"format":"unstuck-settings","version":1,"settings":{"assistant":{"prompts":[{"id":"x","name":"Support","text":"Sign."},{"name":1}],"messages":99,"hide_names":false,"may_read":true,"keep_drafts":false}}}"#;
        let import = super::super::import::read(file, &Settings::default(), "9").unwrap();
        let Assistant { prompts, messages, hide_names, may_read, keep_drafts } =
            import.settings.assistant;
        assert_eq!((prompts.len(), prompts[0].name.as_str()), (1, "Support"));
        assert_eq!((messages, hide_names, may_read, keep_drafts), (6, false, false, false));
        let wrong: Vec<_> = import.wrong.iter().map(|wrong| wrong.path.as_str()).collect();
        assert_eq!(wrong, ["assistant.prompts[1]", "assistant.messages"]);
    }
}
