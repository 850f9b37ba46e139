//! What was wrong with a call, in the reader's language.

use clap::{
    Error,
    error::{ContextKind, ErrorKind},
};
use unstuck_diagnose::Messages;

/// Why the call was not understood, and where its help is; nothing where clap only shows a help or the version.
pub(crate) fn complaint(error: &Error, words: &dyn Messages) -> Option<String> {
    let of = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let (argument, value) = (of(ContextKind::InvalidArg), of(ContextKind::InvalidValue));
    let wrong = match error.kind() {
        ErrorKind::UnknownArgument => words.get("command_wrong_argument", &[&argument]),
        ErrorKind::InvalidSubcommand => {
            words.get("command_wrong_task", &[&of(ContextKind::InvalidSubcommand)])
        }
        ErrorKind::MissingRequiredArgument => words.get("command_wrong_missing", &[&argument]),
        ErrorKind::ArgumentConflict => {
            words.get("command_wrong_pair", &[&argument, &of(ContextKind::PriorArg)])
        }
        ErrorKind::InvalidValue if value.is_empty() => {
            words.get("command_wrong_empty", &[&argument])
        }
        ErrorKind::InvalidValue => {
            let known = of(ContextKind::ValidValue);
            let wrong = words.get("command_wrong_value", &[&argument, &value]);
            [&wrong, ": ", &known].concat()
        }
        ErrorKind::ValueValidation => {
            let wrong = words.get("command_wrong_value", &[&argument, &value]);
            match reason(error, words) {
                Some(reason) => [&wrong, ": ", &reason].concat(),
                None => wrong,
            }
        }
        ErrorKind::WrongNumberOfValues | ErrorKind::TooFewValues | ErrorKind::TooManyValues => {
            let wanted = of(ContextKind::ExpectedNumValues);
            words.get("command_wrong_number", &[&argument, &wanted])
        }
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayVersion
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => return None,
        _ => words.get("command_wrong", &[]),
    };
    Some([&wrong, "\n", &words.get("command_wrong_see", &["--help"])].concat())
}

/// What a reader of values found: a message of ours, or the range that a number has to be in.
fn reason(error: &Error, words: &dyn Messages) -> Option<String> {
    let found = std::error::Error::source(error)?.to_string();
    let names: Vec<_> = super::language::names().map(str::to_owned).collect();
    let range = || found.split_once(" is not in ").map(|(_, range)| range.to_owned());
    words.find(&found, &[&names.join(", ")]).or_else(range)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;
    use crate::{Arguments, help, language};

    fn told(tag: &str, call: &str) -> String {
        let words = language::named(tag).unwrap().words();
        let command = help::spoken(Arguments::command(), &words);
        let error = command.try_get_matches_from(call.split(' ')).unwrap_err();
        complaint(&error, &words).unwrap()
    }

    #[test]
    fn wrong_calls_are_told_in_words() {
        for (call, wrong) in [
            ("unstuck diagnose --nonsense", "there is no argument --nonsense\n"),
            ("unstuck explain", "there is no task explain\n"),
            ("unstuck logs", "<FILE>... is missing\n"),
            ("unstuck diagnose --status 42", "--status <CODE> cannot be 42: 100..=599\n"),
            ("unstuck diagnose --status", "--status <CODE> needs a value\n"),
            (
                "unstuck diagnose --header x",
                "--header <NAME: VALUE> cannot be x: it has to be NAME: VALUE\n",
            ),
            ("unstuck export csv", "<KIND> cannot be csv: prometheus-rules, "),
            ("unstuck probe --once --watch", "--once cannot be used with --watch\n"),
            ("unstuck probe --compare one", "--compare <OLD> <NEW> needs 2 values\n"),
            ("unstuck logs --tz Nowhere x", "--tz <ZONE> cannot be Nowhere: it has to be a "),
        ] {
            let told = told("en", call);
            assert!(told.starts_with(wrong), "{told}");
            assert!(told.ends_with("--help says what is possible."), "{told}");
        }
    }

    #[test]
    fn complaints_speak_every_language() {
        for tag in language::names().filter(|tag| *tag != "en") {
            for call in ["unstuck explain", "unstuck logs", "unstuck logs --tz Nowhere x"] {
                let told = told(tag, call);
                assert!(!told.contains("there is") && !told.contains("command_"), "{tag}: {told}");
            }
        }
    }
}
