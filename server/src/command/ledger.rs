use std::process::ExitCode;

use clap::{Args, Subcommand};
use domain::operator::Findings;
use domain::payment::ports::Gateway;

use crate::audit::audit;
use crate::config::{DataSettings, PaymentSettings};
use crate::context::open_sql;
use crate::payment::HttpGateway;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Proves that stock, orders, payments and the ledger agree, with each other and with the payment gateway; the store
    /// may be open meanwhile
    Check(CheckArguments),
}

#[derive(Debug, Args)]
struct CheckArguments {
    #[command(flatten)]
    data: DataSettings,
    #[command(flatten)]
    payment: PaymentSettings,
}

/// The exit code is 0 when everything that could be asked agrees and 1 when something does not.
pub(super) async fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let What::Check(CheckArguments { data, payment }) = arguments.what;
    // It is only asked: nobody is led back from it.
    let gateway = payment.elsewhere()?.map(|(url, key)| HttpGateway::at(url, key, "")).transpose()?;
    let sql = open_sql(&data).await?;
    let findings = audit(&sql, gateway.as_ref().map(|gateway| gateway as &dyn Gateway)).await;
    sql.close().await;
    let findings = findings?;
    tell(&findings);
    Ok(if findings.broken.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn tell(findings: &Findings) {
    for broken in &findings.broken {
        println!("Does not hold: {} ({} times)", broken.rule, broken.count);
        for breach in &broken.shown {
            println!("  {breach}");
        }
    }
    if findings.set_aside > 0 {
        println!("{} purchases are set aside and wait for an operator.", findings.set_aside);
    }
    if findings.is_gateway_silent {
        println!("The payment gateway did not answer: what it holds was not compared.");
    }
    let Findings { rules, orders, broken, .. } = findings;
    if broken.is_empty() {
        println!("The books agree: {rules} rules hold over {orders} orders.");
    } else {
        println!("{} of {rules} rules are broken over {orders} orders.", broken.len());
    }
}
