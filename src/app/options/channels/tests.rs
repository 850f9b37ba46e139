//! Channels are added, tried and taken away.

use super::*;
use crate::{managed::Managed, options::PagePress};
use unstuck_engine::Source;

const HOOK: &str = "https://hooks.slack.com/services/T0/B0/canary-9876";

struct Desk {
    page: Page,
    settings: Settings,
    granted: bool,
}

impl Desk {
    fn new() -> Self {
        Self { page: Page::default(), settings: Settings::default(), granted: true }
    }

    fn press(
        &mut self,
        press: impl Into<super::super::OptionsPress>,
        typed: &[(&str, &str)],
    ) -> Vec<OptionsEffect> {
        let typed = typed.iter().map(|(name, text)| ((*name).into(), (*text).into())).collect();
        let fields = Fields { typed, granted: self.granted };
        let effects = self.page.press(&self.settings, press, &fields, "9");
        for effect in &effects {
            if let OptionsEffect::KeepSettings { settings } = effect {
                self.settings.clone_from(settings);
            }
        }
        effects
    }

    fn adds(&mut self, kind: &str, url: &str, key: &str) -> Vec<OptionsEffect> {
        self.press(ChannelPress::ChooseChannel { kind: kind.into() }, &[]);
        self.press(ChannelPress::SaveChannel, &[("channel_url", url), ("channel_key", key)])
    }

    fn problems(&self) -> Vec<&str> {
        self.page.problems.iter().map(|problem| &*problem.key).collect()
    }
}

/// The secret goes to the vault alone; the settings have the host and four characters.
#[test]
fn secrets_go_to_the_vault() {
    let mut desk = Desk::new();
    let effects = desk.adds("slack", HOOK, "");
    let key = [HOOK, "\n"].concat();
    assert!(effects.contains(&OptionsEffect::KeepKey { source: "channel-9".into(), key }));
    let [channel] = &desk.settings.channels[..] else { panic!("one is kept") };
    assert_eq!((&*channel.origin, &*channel.ending), ("https://hooks.slack.com", "••••9876"));
    let kept = serde_json::to_string(&desk.settings).unwrap();
    assert!(!kept.contains("canary") && !kept.contains("/services"), "{kept}");
    let remembered = String::from_utf8_lossy(&desk.page.to_bytes()).into_owned();
    assert!(!remembered.contains("canary"), "the page holds no secret");
    assert_eq!(opened("https://a.test/x\nk"), ("https://a.test/x", "k"));
}

#[test]
fn wrong_addresses_are_told_in_words() {
    let pager = "https://events.pagerduty.com/v2/enqueue";
    for (kind, url, key, problem) in [
        ("slack", "", "", "channel_url_missing"),
        ("slack", "https://example.org/hook", "", "channel_url_elsewhere"),
        ("pagerduty", pager, "", "channel_key_missing"),
        ("pagerduty", pager, "short", "channel_key_length"),
        ("webhook", "http://10.0.0.1/hook", "", "channel_url_http"),
        ("alertmanager", "https://a.test/api", "a b", "channel_key_space"),
        ("mail", "ops", "", "options_mail_bad"),
        ("mail", "ops@a.test?cc=x@b.test", "", "options_mail_bad"),
    ] {
        let mut desk = Desk::new();
        desk.adds(kind, url, key);
        assert_eq!(desk.problems(), [problem], "{kind} {url}");
        assert!(desk.settings.channels.is_empty() && desk.page.channel != ChannelOpen::List);
    }
}

#[test]
fn channels_need_the_browsers_leave() {
    let mut desk = Desk { granted: false, ..Desk::new() };
    desk.adds("slack", HOOK, "");
    assert_eq!(desk.problems(), ["options_channel_no_access"]);
    desk.adds("mail", "ops@example.org", "");
    assert_eq!(desk.problems(), ["options_mail_no_notifications"]);
    assert!(desk.settings.channels.is_empty());
}

/// The permission goes with the last who needs it, and an Undo brings all back.
#[test]
fn removal_gives_the_host_back() {
    let gives = |effects: &[OptionsEffect]| {
        let given = effects.iter().filter_map(|effect| match effect {
            OptionsEffect::GiveBack { origins } => Some(origins.clone()),
            _ => None,
        });
        given.flatten().collect::<Vec<_>>()
    };
    let mut desk = Desk::new();
    desk.adds("slack", HOOK, "");
    let remove = ChannelPress::RemoveChannel { channel: "channel-9".into() };
    let effects = desk.press(remove.clone(), &[]);
    assert!(effects.contains(&OptionsEffect::ForgetKey { source: "channel-9".into() }));
    assert_eq!(gives(&effects), ["https://hooks.slack.com/*"]);
    assert!(desk.settings.channels.is_empty());
    desk.press(PagePress::Undo, &[]);
    assert_eq!(desk.settings.channels.len(), 1);
    let base_url = "https://hooks.slack.com/v1".into();
    desk.settings.sources.push(Source { base_url, ..Source::default() });
    assert!(gives(&desk.press(remove, &[])).is_empty(), "a source needs it");
    let mut desk = Desk::new();
    desk.adds("slack", HOOK, "");
    assert_eq!(gives(&desk.press(PagePress::Undo, &[])), ["https://hooks.slack.com/*"]);
}

#[test]
fn managed_browsers_tell_nobody() {
    let mut desk = Desk::new();
    desk.adds("slack", HOOK, "");
    let managed = Managed::read(r#"{"max_tries":1}"#);
    assert!(managed.over(&desk.settings).channels.is_empty());
    desk.page.managed = managed;
    desk.press(ChannelPress::AddChannel, &[]);
    assert_eq!(desk.page.channel, ChannelOpen::List);
    assert!(desk.adds("webhook", "https://a.test/hook", "").is_empty());
}

#[test]
fn a_test_is_of_one_channel() {
    let mut desk = Desk::new();
    desk.adds("slack", HOOK, "");
    let try_it = ChannelPress::TestChannel { channel: "channel-9".into() };
    desk.press(try_it.clone(), &[]);
    assert_eq!(desk.page.channel_test, ChannelTest::Running("channel-9".into()));
    desk.page.channel_tested("other", "sink_accepted", 200, true);
    assert_eq!(desk.page.channel_test, ChannelTest::Running("channel-9".into()));
    desk.page.channel_tested("channel-9", "sink_accepted", 200, true);
    assert!(matches!(desk.page.channel_test, ChannelTest::Over { arrived: true, .. }));
    desk.granted = false;
    desk.press(try_it, &[]);
    assert!(matches!(desk.page.channel_test, ChannelTest::Over { arrived: false, .. }));
}
