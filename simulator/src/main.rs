//! Starts the city in a browser, or plays the tour.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use suima_simulator::{server, tour};

/// The whole city of Suima on one machine: without a command, in a browser.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Keep the city in this folder, and open the one that is there. Without it the city is gone at the end.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// The port of the page; 0 for any that is free. Without it 7080, or a free one if that is taken.
    #[arg(long, value_name = "N")]
    port: Option<u16>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Play the story, and compare each step with the rules.
    #[command(args_conflicts_with_subcommands = true)]
    Tour {
        /// Leave the codes shown, the signed documents and the story here.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let failure = match arguments.command {
        Some(Command::Tour { out }) => tour::play(&out).await.err().map(|error| error.to_string()),
        None => server::run(arguments.data.as_deref(), arguments.port)
            .await
            .err()
            .map(|error| error.to_string()),
    };
    match failure {
        None => ExitCode::SUCCESS,
        Some(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}
