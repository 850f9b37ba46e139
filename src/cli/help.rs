//! The help of the command and of its tasks, in the reader's language. Its words are messages by the names of task and
//! argument: `command_help_probe_runs`, or `command_help_config` where tasks share one.

use clap::{Arg, ArgAction, Command};
use unstuck_diagnose::Messages;

/// The command with all that it says of itself in these words.
pub(crate) fn spoken(command: Command, words: &dyn Messages) -> Command {
    let tasks: Vec<_> = command.get_subcommands().map(|task| task.get_name().to_owned()).collect();
    let teller = Teller::new(words);
    let version = switch('V', "version", ArgAction::Version);
    let mut command = teller
        .told(command, "")
        .disable_help_subcommand(true)
        .disable_version_flag(true)
        .arg(teller.argument(version, ""))
        .subcommand_help_heading(teller.tasks);
    for name in tasks {
        command = command.mut_subcommand(&name, |task| teller.told(task, &name));
    }
    command
}

fn switch(short: char, name: &'static str, action: ArgAction) -> Arg {
    Arg::new(name).short(short).long(name).action(action)
}

/// The words, and the headings, which clap wants for as long as the process lives.
struct Teller<'a> {
    words: &'a dyn Messages,
    tasks: &'static str,
    arguments: &'static str,
    options: &'static str,
}

impl<'a> Teller<'a> {
    fn new(words: &'a dyn Messages) -> Self {
        let heading = |key: &str| -> &'static str { words.get(key, &[]).leak() };
        Self {
            words,
            tasks: heading("command_tasks"),
            arguments: heading("command_arguments"),
            options: heading("command_options"),
        }
    }

    fn get(&self, key: &str) -> String {
        self.words.get(key, &[])
    }

    fn find(&self, name: &str) -> Option<String> {
        self.words.find(&format!("command_help_{name}"), &[])
    }

    fn told(&self, command: Command, task: &str) -> Command {
        let about = self.find(task).unwrap_or_else(|| self.get("command_help"));
        let more = self.find(&format!("{task}_more"));
        let usage = self.get("command_usage");
        let template =
            format!("{{about-with-newline}}\n{usage}: {{usage}}\n\n{{all-args}}{{after-help}}");
        let after = self.after(&command, task);
        let command = match more {
            Some(more) => command.long_about([&about, "\n\n", &more].concat()),
            None => command,
        };
        command
            .about(about)
            .help_template(template)
            .after_help(after)
            .disable_help_flag(true)
            .arg(switch('h', "help", ArgAction::Help))
            .mut_args(|argument| self.argument(argument, task))
    }

    fn argument(&self, argument: Arg, task: &str) -> Arg {
        let id = argument.get_id().as_str().to_owned();
        let mut help =
            self.find(&format!("{task}_{id}")).or_else(|| self.find(&id)).unwrap_or_default();
        let takes = argument.get_action().takes_values();
        for default in argument.get_default_values().iter().filter(|_| takes) {
            let default = self.words.get("command_default", &[&default.to_string_lossy()]);
            help = format!("{help} [{default}]");
        }
        let values = if takes { argument.get_possible_values() } else { Vec::new() };
        let widest = values.iter().map(|value| value.get_name().len()).max().unwrap_or(0);
        let row = |name: &str| {
            let meaning = self.find(&format!("{task}_{id}_{}", name.replace('-', "_")));
            format!("\n  {name:widest$}  {}", meaning.unwrap_or_default())
        };
        let rows: String = values.iter().map(|value| row(value.get_name())).collect();
        let heading = if argument.is_positional() { self.arguments } else { self.options };
        argument
            .help([help, rows].concat())
            .help_heading(heading)
            .hide_default_value(takes)
            .hide_possible_values(takes)
    }

    /// How a task is called, and with which status it ends.
    fn after(&self, command: &Command, task: &str) -> String {
        let examples = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        let status = |n: u8| {
            let meaning = self.words.find(&format!("command_exit_{task}_{n}"), &[])?;
            Some(format!("\n  {n}  {meaning}"))
        };
        let statuses: String = (0..=5).filter_map(status).collect();
        if statuses.is_empty() {
            return String::new();
        }
        let heading = self.words.find(&format!("command_exit_{task}"), &[]);
        let heading = heading.unwrap_or_else(|| self.get("command_exit"));
        format!("{}:\n{examples}\n\n{heading}:{statuses}", self.get("command_examples"))
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;
    use crate::{Arguments, language};

    /// Of the command and of each task, as `--help` shows it.
    fn helps(tag: &str) -> Vec<String> {
        let words = language::named(tag).unwrap().words();
        let mut command = spoken(Arguments::command(), &words);
        command.build();
        let whole = command.render_long_help().to_string();
        let tasks = command.get_subcommands_mut().map(|task| task.render_long_help().to_string());
        [whole].into_iter().chain(tasks).collect()
    }

    #[test]
    fn every_argument_has_its_words() {
        let words = language::named("en").unwrap().words();
        let command = spoken(Arguments::command(), &words);
        for task in command.get_subcommands().chain([&command]) {
            for argument in task.get_arguments() {
                let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
                // Below it, a name and what it means for each value.
                let is_told = help.starts_with(char::is_uppercase)
                    && help.lines().skip(1).all(|row| row.trim().contains("  "));
                assert!(is_told, "{} {}: {help}", task.get_name(), argument.get_id());
            }
        }
    }

    /// What is typed is the same in every language.
    fn is_call(line: &str) -> bool {
        let line = line.trim_start();
        line.starts_with(['-', '<']) || line.starts_with("unstuck ") || line.contains("| unstuck ")
    }

    /// Names of options, files and services stay; a sentence of three words does not.
    #[test]
    fn no_help_keeps_english() {
        let english = helps("en");
        for tag in language::names().filter(|tag| *tag != "en") {
            for (own, english) in helps(tag).iter().zip(&english) {
                for line in english.lines().filter(|line| !is_call(line)) {
                    let said = line.trim().rsplit("  ").next().unwrap_or_default();
                    let is_sentence = said.split(' ').filter(|word| word.len() > 3).count() > 2;
                    assert!(!is_sentence || !own.contains(said), "{tag}: {said}");
                }
                assert!(!own.contains("command_"), "{tag}: {own}");
            }
        }
    }
}
