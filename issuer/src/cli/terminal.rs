//! Commands about self-service terminals.

use clap::Args;
use suima_issuer::Issuer;

use super::Error;

#[derive(Args)]
pub(super) struct Name {
    /// What people will call it, such as the hall it stands in
    name: String,
}

pub(super) fn activate(issuer: &Issuer, terminal: &Name) -> Result<(), Error> {
    println!("{}", issuer.terminal_activation(&terminal.name)?);
    Ok(())
}

pub(super) fn end(issuer: &Issuer, terminal: &Name) -> Result<(), Error> {
    let name = &terminal.name;
    if issuer.end_terminal(name)? {
        return Ok(());
    }
    Err(format!("没有叫“{name}”的自助终端 / there is no terminal called {name}").into())
}
