//! The operator's commands.

mod audit;
mod family;
mod policy;
mod restore;
mod serve;
mod station;
mod terminal;

use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::net::SocketAddr;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, Parser, Subcommand, ValueEnum};
use suima_code::{Colour, KeyId, Purposes};
use suima_issuer::{Issuer, SystemClock, SystemRandom};

type Error = Box<dyn std::error::Error>;

/// 随申码签发服务 / the issuer of Suima
#[derive(Parser)]
#[command(version)]
pub(crate) struct Arguments {
    /// Where the city's database is, or will be
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// Where the journal is that brings a restored database up to date: best on another disk. The same for every
    /// command
    #[arg(long, value_name = "DIR")]
    journal: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Makes the database and the keys, unless they are there
    Init,
    /// Serves phones and stations
    Serve {
        /// Where to listen; port 0 takes a free one
        #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
        listen: SocketAddr,
    },
    /// Takes people, parents and guardians into the register
    Import(Import),
    /// Makes an activation code for a person's phone
    Activation {
        /// The number of their ID card, travel permit or passport
        document: String,
    },
    /// Makes an activation code for a station
    Station {
        /// What people will call it
        name: String,
    },
    /// Sets a person's health colour
    Colour {
        /// The number of their ID card, travel permit or passport
        document: String,
        /// The new one
        colour: ColourWord,
    },
    /// Lists, rotates or recalls signing keys
    #[command(subcommand)]
    Keys(Keys),
    /// Publishes the revocation lists, and writes them to DIR/lists
    Publish,
    /// Shows the policy in force, or changes it
    #[command(subcommand)]
    Policy(policy::PolicyCommand),
    /// Lists registrations that are at odds with each other
    Conflicts,
    #[command(flatten)]
    Family(family::FamilyCommand),
    /// Writes a copy of the database, beside the running service
    Backup(restore::Backup),
    /// Says what a database that was put back from a backup lacked; where the journal is lost, voids every code
    Restored(restore::Restored),
    /// Ends a station: it is refused from now on
    StationEnd(station::End),
    /// Makes an activation code for a self-service terminal
    Terminal(terminal::Name),
    /// Ends a self-service terminal: its browser is one no more
    TerminalEnd(terminal::Name),
    /// Shows the audit log, or checks that nothing in it was changed
    #[command(subcommand)]
    Audit(audit::AuditCommand),
}

#[derive(Args)]
#[group(required = true, multiple = true)]
struct Import {
    /// CSV: `id_number,name,birth_date` and, if wished, `colour`, `groups`, `document`, `number`, `country`, `replaces`,
    /// `guardian`, `relation`.
    ///
    /// document: travel-permit or passport; country: three letters, of a passport; replaces: the number that it renewed.
    /// groups: disability, group-1 to group-31, several with ; between them, or none.
    /// guardian, relation: the document of a parent or guardian, and which of them; tells a child without a number
    register: Option<PathBuf>,
    /// CSV: `guardian_id_number,child_id_number,relation` (parent or guardian); any document's number will do
    #[arg(long, value_name = "CSV")]
    kinship: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Keys {
    /// Lists the keys that are accepted anywhere
    List,
    /// Publishes a new key, which takes over in two days
    Rotate {
        /// For what
        purpose: PurposeWord,
    },
    /// Recalls a key: nothing that it signed counts any more
    Recall {
        /// Its id, two hexadecimal digits
        #[arg(value_parser = key_id)]
        kid: KeyId,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum ColourWord {
    Green,
    Yellow,
    Red,
}

#[derive(Clone, Copy, ValueEnum)]
enum PurposeWord {
    Static,
    Credential,
    Lists,
    Policy,
}

fn key_id(text: &str) -> Result<KeyId, std::num::ParseIntError> {
    u8::from_str_radix(text, 16).map(KeyId)
}

fn purposes(word: PurposeWord) -> Purposes {
    match word {
        PurposeWord::Static => Purposes::STATIC,
        PurposeWord::Credential => Purposes::CREDENTIAL,
        PurposeWord::Lists => Purposes::LISTS,
        PurposeWord::Policy => Purposes::POLICY,
    }
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), Error> {
    let folder = &arguments.data;
    let path = database(folder);
    let journal = arguments.journal.clone().unwrap_or_else(|| path.with_extension("journal"));
    if let Command::Init = arguments.command {
        return init(folder, &journal);
    }
    if !path.exists() {
        return Err(format!("no city in {}: run init", folder.display()).into());
    }
    if let Command::Restored(restored) = &arguments.command {
        return restore::run(&path, &journal, restored);
    }
    let issuer = open(&path, &journal)?;
    match &arguments.command {
        Command::Init | Command::Restored(_) => unreachable!("done above"),
        Command::Backup(backup) => restore::back_up(&issuer, backup),
        Command::Serve { listen } => serve::run(&issuer, *listen),
        Command::Import(files) => import(&issuer, files),
        Command::Activation { document } => {
            println!("{}", issuer.activation_code(family::person(&issuer, document)?)?);
            Ok(())
        }
        Command::Station { name } => {
            println!("{}", issuer.station_activation(name)?);
            Ok(())
        }
        Command::Colour { document, colour } => {
            let colour = match colour {
                ColourWord::Green => Colour::Green,
                ColourWord::Yellow => Colour::Yellow,
                ColourWord::Red => Colour::Red,
            };
            Ok(issuer.set_colour(family::person(&issuer, document)?, colour)?)
        }
        Command::Keys(command) => keys(&issuer, command),
        Command::Publish => publish(&issuer, folder),
        Command::Policy(command) => policy::run(&issuer, command),
        Command::Conflicts => station::conflicts(&issuer),
        Command::Family(command) => family::run(&issuer, command),
        Command::StationEnd(end) => station::end(&issuer, end),
        Command::Terminal(name) => terminal::activate(&issuer, name),
        Command::TerminalEnd(name) => terminal::end(&issuer, name),
        Command::Audit(command) => audit::run(&issuer, command),
    }
}

fn database(folder: &Path) -> PathBuf {
    folder.join("issuer.sqlite")
}

fn open(database: &Path, journal: &Path) -> Result<Issuer, Error> {
    let (clock, random) = (Arc::new(SystemClock), Arc::new(SystemRandom));
    let issuer = Issuer::open_with_journal(database, journal, clock, random)?;
    if let Some(replayed) = issuer.replayed() {
        // Whichever command comes first after a restoration says so.
        eprintln!("注意 / attention: {replayed}");
    }
    Ok(issuer)
}

/// A file that nobody else on this machine may read.
fn private_file(path: &Path) -> std::io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

fn init(folder: &Path, journal: &Path) -> Result<(), Error> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let path = database(folder);
    if !path.exists() {
        // SQLite gives its other files the permissions of this one.
        private_file(&path)?;
    }
    let made = open(&path, journal)?.initialise()?;
    println!("hot  root: {}", hex(&made.roots.hot.to_bytes()));
    println!("cold root: {}", hex(&made.roots.cold.to_bytes()));
    if let Some(seed) = made.cold_seed {
        let path = folder.join("cold-root.seed");
        let mut file = private_file(&path)?;
        writeln!(file, "{}", hex(&seed[..]))?;
        file.sync_all()?;
        println!(
            "请立即将 {path} 转存到离线介质并从本机删除 / \
             move {path} to offline storage now, and delete it here",
            path = path.display()
        );
    }
    Ok(())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

fn import(issuer: &Issuer, files: &Import) -> Result<(), Error> {
    let mut refused = 0;
    if let Some(path) = &files.register {
        let report = issuer.import_register(File::open(path)?)?;
        print!("{report}");
        refused += report.refused.len();
    }
    if let Some(path) = &files.kinship {
        let report = issuer.import_kinship(File::open(path)?)?;
        print!("{report}");
        refused += report.refused.len();
    }
    if refused == 0 {
        Ok(())
    } else {
        Err(format!(
            "{refused} 行未导入，其余已导入 / {refused} lines not taken in, the others are"
        )
        .into())
    }
}

fn keys(issuer: &Issuer, command: &Keys) -> Result<(), Error> {
    match command {
        Keys::List => {
            println!("kid  purposes  signs from  signs until  accepted until  recalled");
            for status in issuer.keys()? {
                let key = status.trusted;
                let day = |time| suima_code::Day::of(time).to_string();
                println!(
                    "{}   {:<8}  {}  {}   {}      {}",
                    key.kid,
                    purpose_words(key.purposes),
                    day(status.sign_from),
                    day(key.sign_until),
                    day(key.accept_until),
                    key.recalled.map_or_else(|| "-".to_owned(), day),
                );
            }
        }
        Keys::Rotate { purpose } => println!("{}", issuer.rotate_key(purposes(*purpose))?),
        Keys::Recall { kid } => issuer.recall_key(*kid)?,
    }
    Ok(())
}

fn purpose_words(set: Purposes) -> String {
    let words: Vec<String> = PurposeWord::value_variants()
        .iter()
        .filter(|word| set.bits() & purposes(**word).bits() != 0)
        .filter_map(|word| Some(word.to_possible_value()?.get_name().to_owned()))
        .collect();
    words.join("+")
}

fn publish(issuer: &Issuer, folder: &Path) -> Result<(), Error> {
    let lists = folder.join("lists");
    fs::create_dir_all(&lists)?;
    for published in issuer.publish_lists()? {
        let kind = serde_json::to_value(published.kind)?;
        let kind = kind.as_str().ok_or("a kind of list without a name")?;
        fs::write(lists.join(format!("{kind}.cwt")), &published.full)?;
        if let Some(delta) = &published.delta {
            fs::write(lists.join(format!("{kind}-delta.cwt")), delta)?;
        }
        println!("{kind}: {} ({} bytes)", published.sequence, published.full.len());
    }
    Ok(())
}
