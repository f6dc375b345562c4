//! Asking the issuer: signing, sending, and setting the time right once.

use std::sync::{Arc, OnceLock};

use serde::Serialize;
use serde::de::DeserializeOwned;
use suima_client::http::{self, Auth, CallError, Client, Endpoint, EndpointError};
use suima_client::wire::{Problem, ProblemId};
use suima_device::{Event, Level, Log};

use crate::answers::Heard;
use crate::error::Error;
use crate::keys::{Key, SigningHand};
use crate::wallet::Wallet;

/// The way to the issuer. The client is made with the first request: opening a wallet to show a code must not wait
/// for TLS to be set up.
pub(crate) struct Channel {
    endpoint: Endpoint,
    log: Arc<dyn Log>,
    client: OnceLock<Client>,
}

impl Channel {
    pub fn new(endpoint: Endpoint, log: Arc<dyn Log>) -> Self {
        Self { endpoint, log, client: OnceLock::new() }
    }

    fn client(&self) -> Result<&Client, EndpointError> {
        if let Some(client) = self.client.get() {
            return Ok(client);
        }
        let log = Arc::clone(&self.log);
        let observer = Arc::new(move |name| {
            log.record(&Event { level: Level::Debug, name, detail: "wallet".to_owned() });
        });
        let client = Client::new(&self.endpoint, observer)?;
        Ok(self.client.get_or_init(|| client))
    }
}

/// What names a request: who signs it, and which wish it is.
pub(crate) struct Signing<'a> {
    pub keyid: &'a str,
    pub key: &'a Key,
    pub idempotency_key: &'a str,
}

/// A request that brought no answer of its kind.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The issuer refused, at the moment of the reading.
    Refused(Heard<Problem>),
    /// It was not sent.
    NotSent(Error),
    /// It was sent, and nothing readable came back.
    NoAnswer(Error),
}

impl Wallet {
    /// Sends a request, and once more if the issuer found its time stale, by the issuer's time then.
    pub(crate) async fn request<Q: Serialize, A: DeserializeOwned>(
        &self,
        path: &str,
        body: &Q,
        signing: &Signing<'_>,
    ) -> Result<Heard<A>, Failure> {
        let body = http::written(body);
        let heard = match self.exchange(path, body.clone(), signing).await {
            Err(Failure::Refused(heard)) if heard.body.id == ProblemId::SignatureStale => {
                self.set_time(&heard).map_err(Failure::NotSent)?;
                self.exchange(path, body, signing).await?
            }
            outcome => outcome?,
        };
        read(heard)
    }

    /// Sends a request once.
    pub(crate) async fn send<Q: Serialize, A: DeserializeOwned>(
        &self,
        path: &str,
        body: &Q,
        signing: &Signing<'_>,
    ) -> Result<Heard<A>, Failure> {
        read(self.exchange(path, http::written(body), signing).await?)
    }

    /// Sends bytes once. Apart from what is generic, for the sake of the library's size.
    async fn exchange(
        &self,
        path: &str,
        body: Vec<u8>,
        signing: &Signing<'_>,
    ) -> Result<Heard<Vec<u8>>, Failure> {
        let not_sent = |error: Error| Failure::NotSent(error);
        let mut nonce = [0; 16];
        self.random().fill(&mut nonce).map_err(|error| not_sent(error.into()))?;
        let created = self.now().map_err(not_sent)?.time;
        let client = self.channel().client().map_err(|error| not_sent(error.into()))?;
        let hand = SigningHand::new(self, signing.key);
        let auth = Auth {
            keyid: signing.keyid,
            signer: &hand,
            created,
            nonce,
            idempotency_key: signing.idempotency_key,
        };
        let outcome = client.exchange(path, body, &auth).await;
        let reading = self.clock().read();
        match outcome {
            Ok(body) => Ok(Heard { body, reading }),
            Err(CallError::Problem(body)) => Err(Failure::Refused(Heard { body, reading })),
            Err(error @ CallError::NoAnswer { .. }) => Err(Failure::NoAnswer(error.into())),
            Err(error @ CallError::Unsigned(_)) => {
                Err(Failure::NotSent(hand.trouble().unwrap_or_else(|| error.into())))
            }
            Err(error @ CallError::Offline { .. }) => Err(Failure::NotSent(error.into())),
        }
    }

    fn set_time(&self, heard: &Heard<Problem>) -> Result<(), Error> {
        self.change("clock", |snapshot| {
            snapshot.anchor = heard.anchor(heard.body.time).or(snapshot.anchor.take());
            Ok(())
        })
    }
}

/// Reads an answer. One that cannot be read is none.
fn read<A: DeserializeOwned>(heard: Heard<Vec<u8>>) -> Result<Heard<A>, Failure> {
    let Heard { body, reading } = heard;
    let body = http::read(&body).map_err(|error| Failure::NoAnswer(error.into()))?;
    Ok(Heard { body, reading })
}
