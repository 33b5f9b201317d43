use std::io::{IsTerminal, Read};

use anyhow::Context;
use clap::{Args, Subcommand};
use domain::account::Password;
use domain::checkout::Email;

use crate::account::{NewOperator, add_operator, generated_password, list_operators, remove_operator};
use crate::config::DataSettings;
use crate::context::open_sql;
use crate::sql::Sql;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Lets somebody run the store. The password is read from the standard input where it is a pipe or a
    /// file; else one is made and printed once
    Add(OperatorArguments),
    /// Makes an operator a customer again, signed out everywhere
    Remove(OperatorArguments),
    /// Lists who runs the store
    List(ListArguments),
}

#[derive(Debug, Args)]
struct OperatorArguments {
    /// The operator's e-mail address
    email: Email,
    #[command(flatten)]
    data: DataSettings,
}

#[derive(Debug, Args)]
struct ListArguments {
    #[command(flatten)]
    data: DataSettings,
}

/// The store may be open meanwhile.
pub(super) async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let data = match &arguments.what {
        What::Add(OperatorArguments { data, .. })
        | What::Remove(OperatorArguments { data, .. })
        | What::List(ListArguments { data }) => data,
    };
    let sql = open_sql(data).await?;
    let done = act(&sql, &arguments.what).await;
    sql.close().await;
    done
}

async fn act(sql: &Sql, what: &What) -> anyhow::Result<()> {
    match what {
        What::Add(OperatorArguments { email, .. }) => add(sql, email).await,
        What::Remove(OperatorArguments { email, .. }) => {
            remove_operator(sql, email).await?;
            println!("{email} is a customer now.");
            Ok(())
        }
        What::List(_) => {
            for email in list_operators(sql).await? {
                println!("{email}");
            }
            Ok(())
        }
    }
}

async fn add(sql: &Sql, email: &Email) -> anyhow::Result<()> {
    let given = read_password(email)?;
    let is_given = given.is_some();
    let password = match given {
        Some(password) => password,
        None => generated_password(email)?,
    };
    match add_operator(sql, email, &password).await? {
        NewOperator::Opened => println!("{email} has an account and runs the store now."),
        NewOperator::Promoted => println!("{email} runs the store now, with a new password, signed out everywhere."),
    }
    if !is_given {
        println!("Password: {}", password.reveal());
    }
    Ok(())
}

/// The password on the standard input; `None` where there is none.
fn read_password(email: &Email) -> anyhow::Result<Option<Password>> {
    let input = std::io::stdin();
    if input.is_terminal() {
        return Ok(None);
    }
    let mut typed = String::new();
    // More than the longest password is not read.
    let most_bytes = u64::from(Password::MAX_CHARS) * 4 + 2;
    input.lock().take(most_bytes).read_to_string(&mut typed).context("reading the password")?;
    let line = typed.lines().next().unwrap_or_default();
    if line.is_empty() {
        return Ok(None);
    }
    Password::choose(line, email).map(Some).context("the password on the standard input")
}
