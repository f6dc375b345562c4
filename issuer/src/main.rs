//! `suima-issuer`: the operator's commands, and the service itself.

mod cli;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    match cli::run(&cli::Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("出错 / error: {error}");
            ExitCode::FAILURE
        }
    }
}
