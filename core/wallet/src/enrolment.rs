//! Enrolling this phone, and what that ends (R9).

use suima_client::signature::keyid_before_enrolment;
use suima_client::wire::{self, ProblemId, WireKey, normal_activation_code, path};
use suima_sentences::Sentence;
use suima_sentences::wallet as say;

use crate::channel::Signing;
use crate::error::Error;
use crate::secret::idempotency_key;
use crate::snapshot::Enrolment;
use crate::wallet::Wallet;

impl Wallet {
    /// What to ask before [`enrol`](Wallet::enrol): what it ends (R9).
    pub fn enrol_warning(&self) -> Result<Sentence, Error> {
        let enrolled = self.snapshot()?.device.is_some();
        Ok(if enrolled { say::enrolling_anew_ends() } else { say::enrolling_ends() })
    }

    /// Enrols this phone with an activation code; an earlier phone of the same user is ended by that, which the next refresh
    /// tells as news. Then makes the
    /// user's first nucleic-acid code, if there is none and the network holds.
    ///
    /// May be called on an enrolled wallet: its codes are then replaced. If no answer comes, the same code can be entered
    /// again: it is sent with the same keys.
    pub async fn enrol(&self, activation_code: &str) -> Result<(), Error> {
        let enrolment = self.begin_enrolment(activation_code)?;
        self.sync()?;
        let key = &enrolment.device_key;
        let request = wire::EnrolRequest {
            activation_code: enrolment.code.clone(),
            device_key: WireKey::from(&key.public()),
            holding_key: WireKey::from(&enrolment.holding_key.public()),
        };
        let signing = Signing {
            keyid: &keyid_before_enrolment(&key.public()),
            key,
            idempotency_key: &enrolment.idempotency_key,
        };
        match self.request(path::ENROL, &request, &signing).await {
            Ok(heard) => {
                let mut spread = [0; 4];
                self.random().fill(&mut spread)?;
                let spread = u32::from_be_bytes(spread);
                self.change("enrolled", |snapshot| {
                    *snapshot = snapshot.enrolled(&enrolment, &heard, self.roots(), spread)?;
                    Ok(())
                })?;
            }
            Err(failure) => {
                return Err(self.failed(
                    "enrolment.failed",
                    signing.keyid,
                    failure,
                    |snapshot, problem| {
                        let is_final = matches!(
                            problem,
                            ProblemId::ActivationRefused
                                | ProblemId::BadRequest
                                | ProblemId::IdempotencyKeyReused
                        );
                        if is_final && snapshot.enrolment.as_ref() == Some(&enrolment) {
                            snapshot.enrolment = None;
                        }
                    },
                ));
            }
        }
        self.claim_if_possible().await;
        Ok(())
    }

    fn begin_enrolment(&self, activation_code: &str) -> Result<Enrolment, Error> {
        let same = |begun: &Enrolment| {
            normal_activation_code(&begun.code) == normal_activation_code(activation_code)
        };
        let fresh = match self.snapshot()?.enrolment.filter(same) {
            Some(begun) => begun,
            None => self.new_enrolment(activation_code)?,
        };
        let keys = [&fresh.device_key, &fresh.holding_key];
        self.change_with(&keys, "enrolment", |snapshot| {
            let begun = snapshot.enrolment.take().filter(same);
            Ok(snapshot.enrolment.insert(begun.unwrap_or_else(|| fresh.clone())).clone())
        })
    }

    fn new_enrolment(&self, activation_code: &str) -> Result<Enrolment, Error> {
        let idempotency_key = idempotency_key(self.random())?;
        let device_key = self.new_key()?;
        let holding_key = match self.new_key() {
            Ok(key) => key,
            Err(error) => {
                self.remove_unused(&[&device_key]);
                return Err(error);
            }
        };
        let code = activation_code.to_owned();
        Ok(Enrolment { code, device_key, holding_key, idempotency_key })
    }
}
