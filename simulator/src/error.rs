//! What can go wrong in a city.

impl From<suima_issuer::Failure> for Error {
    fn from(failure: suima_issuer::Failure) -> Self {
        Self::Issuer(failure.into())
    }
}

/// Why something in the city did not work. Errors of the core are passed on as they are.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The machine: a file or a port.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// The issuer.
    #[error("issuer: {0}")]
    Issuer(#[from] suima_issuer::Error),
    /// A phone's wallet.
    #[error("wallet: {0}")]
    Wallet(#[from] suima_wallet::Error),
    /// A station.
    #[error("station: {0}")]
    Station(#[from] suima_station::Error),
    /// The network of a device is not this program's to cut.
    #[error("the network of this device is kept elsewhere")]
    NoLine,
    /// The sample city is not as this program means it to be: a mistake in it.
    #[error("the sample city: {0}")]
    Register(String),
}
