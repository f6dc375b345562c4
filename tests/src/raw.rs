//! A phone with no app: requests that no wallet would send.

use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;
use suima_client::http::{Auth, CallError, Client};
use suima_client::signature::{SoftwareKey, keyid_before_enrolment};
use suima_client::wire::{EnrolRequest, EnrolResponse, Problem, WireKey, path};
use suima_device::{Random as _, SystemRandom};

use crate::city::City;
use crate::people::Resident;
use crate::platform::HandClock;

/// A phone with no app.
#[derive(Debug)]
pub struct RawPhone {
    client: Client,
    key: SoftwareKey,
    keyid: String,
    clock: HandClock,
}

impl RawPhone {
    /// Somebody's phone, enrolled.
    pub async fn enrol(city: &City, owner: &Resident) -> Self {
        let client = Client::new(&city.endpoint(), Arc::new(|_| {})).expect("a sound address");
        let code = city.issuer.activation_code(city.slot(owner)).expect("a code is made");
        let key = fresh_key();
        let request = EnrolRequest {
            activation_code: code,
            device_key: WireKey::from(&key.public()),
            holding_key: fresh_wire_key(),
        };
        let keyid = keyid_before_enrolment(&key.public());
        let mut phone = Self { client, key, keyid, clock: city.clock.clone() };
        let answer: EnrolResponse =
            phone.ask(path::ENROL, &request).await.expect("the phone is enrolled");
        phone.keyid = answer.device;
        phone
    }

    /// Sends a request of its own making.
    pub async fn ask<Q: Serialize, A: DeserializeOwned>(
        &self,
        path: &str,
        request: &Q,
    ) -> Result<A, Problem> {
        let idempotency_key = format!("{:032x}", u128::from_be_bytes(drawn()));
        let auth = Auth {
            keyid: &self.keyid,
            signer: &self.key,
            created: self.clock.now(),
            nonce: drawn(),
            idempotency_key: &idempotency_key,
        };
        match self.client.call(path, request, &auth).await {
            Ok(answer) => Ok(answer),
            Err(CallError::Problem(problem)) => Err(problem),
            Err(other) => panic!("{other}"),
        }
    }
}

/// The public key of a key that nobody keeps.
pub fn fresh_wire_key() -> WireKey {
    WireKey::from(&fresh_key().public())
}

fn fresh_key() -> SoftwareKey {
    SoftwareKey::from_seed(&drawn())
}

fn drawn<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    SystemRandom.fill(&mut bytes).expect("the system has randomness");
    bytes
}
