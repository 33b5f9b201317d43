use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Command;

const DEFAULT_FILE: &str = "cartograph.toml";
const FILE_VARIABLE: &str = "CARTOGRAPH_CONFIG";

/// A command line whose defaults are what the settings file says. The file is `--config FILE`,
/// `CARTOGRAPH_CONFIG`, or `cartograph.toml` in the working folder where there is one.
///
/// # Errors
/// When the file can't be read, or has a key that is no setting.
pub(crate) fn with_file_defaults(command: Command, arguments: &[OsString]) -> anyhow::Result<Command> {
    let Some(path) = settings_file(arguments) else { return Ok(command) };
    let text = fs::read_to_string(&path).with_context(|| format!("reading the settings file {}", path.display()))?;
    apply(command, &text, &path)
}

fn settings_file(arguments: &[OsString]) -> Option<PathBuf> {
    let after_flag = arguments.iter().position(|argument| argument == "--config").and_then(|at| arguments.get(at + 1));
    let joined = arguments.iter().find_map(|argument| argument.to_str()?.strip_prefix("--config=").map(OsString::from));
    after_flag
        .cloned()
        .or(joined)
        .or_else(|| std::env::var_os(FILE_VARIABLE))
        .map(PathBuf::from)
        .or_else(|| Some(PathBuf::from(DEFAULT_FILE)).filter(|path| path.exists()))
}

fn apply(mut command: Command, text: &str, path: &Path) -> anyhow::Result<Command> {
    let table: toml::Table = text.parse().map_err(|error| unreadable(path, text, &error))?;
    let known = settings(&command);
    for (key, value) in table {
        if !known.contains(&key) {
            let names: Vec<&str> = known.iter().map(String::as_str).collect();
            bail!("{}: `{key}` is no setting; the settings are {}", path.display(), names.join(", "));
        }
        let value = match value {
            toml::Value::String(text) => text,
            toml::Value::Integer(number) => number.to_string(),
            toml::Value::Boolean(flag) => flag.to_string(),
            _ => bail!("{}: `{key}` must be a text, like {key} = \"…\"", path.display()),
        };
        command = with_default(command, &key, &value);
    }
    Ok(command)
}

/// What is wrong and where, without the line itself: it may hold a secret.
fn unreadable(path: &Path, text: &str, error: &toml::de::Error) -> anyhow::Error {
    let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    anyhow::anyhow!("the settings file {}, line {line}: {}", path.display(), error.message())
}

/// The long names of every setting of every subcommand that the environment can set too.
fn settings(command: &Command) -> BTreeSet<String> {
    let own = command.get_arguments().filter(|argument| argument.get_env().is_some());
    own.filter_map(|argument| argument.get_long().map(str::to_owned))
        .chain(command.get_subcommands().flat_map(settings))
        .collect()
}

fn with_default(command: Command, key: &str, value: &str) -> Command {
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let command = names
        .into_iter()
        .fold(command, |command, name| command.mut_subcommand(name, |sub| with_default(sub, key, value)));
    let id = command.get_arguments().find(|argument| argument.get_long() == Some(key)).map(|a| a.get_id().clone());
    match id {
        Some(id) => command.mut_arg(id, |argument| argument.default_value(value.to_owned())),
        None => command,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::{Parser, Subcommand};

    #[derive(Parser)]
    struct Cli {
        #[command(subcommand)]
        action: Action,
    }

    #[derive(Subcommand)]
    enum Action {
        Serve {
            #[arg(long, env = "CARTOGRAPH_TEST_LISTEN", default_value = "built-in")]
            listen: String,
        },
    }

    fn listen(file: &str, arguments: &[&str]) -> anyhow::Result<String> {
        use clap::{CommandFactory, FromArgMatches};
        let command = apply(Cli::command(), file, Path::new("cartograph.toml"))?;
        let Action::Serve { listen } = Cli::from_arg_matches(&command.try_get_matches_from(arguments)?)?.action;
        Ok(listen)
    }

    #[test]
    fn a_flag_beats_the_file_and_the_file_beats_the_default() {
        assert_eq!(listen("", &["cartograph", "serve"]).unwrap(), "built-in");
        assert_eq!(listen("listen = \"file\"", &["cartograph", "serve"]).unwrap(), "file");
        assert_eq!(listen("listen = \"file\"", &["cartograph", "serve", "--listen", "flag"]).unwrap(), "flag");
    }

    #[test]
    fn a_key_that_is_no_setting_is_named_with_those_that_are() {
        let refused = listen("lisen = \"x\"", &["cartograph", "serve"]).unwrap_err().to_string();
        assert!(refused.contains("`lisen`") && refused.contains("listen"), "{refused}");
    }
}
