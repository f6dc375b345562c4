//! Talking to the issuer: enrol, sync, upload. No lock is held while a request is under way.

use std::collections::HashSet;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use suima_client::http::{self, Auth, CallError};
use suima_client::signature::{SoftwareKey, keyid_before_enrolment};
use suima_client::wire::{
    Bytes, DocumentsRequest, DocumentsResponse, HeadRequest, HeadResponse, ListsRequest,
    ListsResponse, ProblemId, RegistrationsRequest, RegistrationsResponse, StationEnrolRequest,
    StationEnrolResponse, WireKey, normal_activation_code, path,
};
use suima_code::{Applied, Head, LineKind, Nonce, RevocationList, Sequences, UnixTime};
use suima_device::{Level, TimeAnchor, records};
use zeroize::Zeroizing;

use crate::knowledge::{Confirmation, write_anchor, write_head, write_list};
use crate::state::{DEVICE, Device, Seed};
use crate::view::{Synced, Uploaded};
use crate::{Error, Station, journal};

/// The most entries in one request.
const BATCH: usize = 500;

/// The record of an enrolment that has not been answered yet.
const WISH: &str = "enrolment";

/// An enrolment as it is sent, written down before: the activation code counts once, and for this key only.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Wish {
    activation_code: String,
    seed: Seed,
    pub idempotency_key: String,
}

impl Station {
    /// Enrols the station with an activation code. If no answer comes, the same call again finishes what was begun.
    /// A station that is enrolled is enrolled anew; its journal and its knowledge stay.
    pub async fn enrol(&self, activation_code: &str) -> Result<(), Error> {
        let wish = self.wish(activation_code.trim())?;
        let key = wish.seed.key();
        let public = key.public();
        let request = StationEnrolRequest {
            activation_code: wish.activation_code.clone(),
            device_key: WireKey::from(&public),
        };
        let keyid = keyid_before_enrolment(&public);
        let answer: StationEnrolResponse =
            self.call(path::STATION_ENROL, &request, &keyid, &key, &wish.idempotency_key).await?;
        let heard = self.hear(answer.documents.time);
        let device =
            Device { keyid: answer.device, name: answer.name, seed: wish.seed, ended: false };
        self.enrolled(&device, heard)?;
        self.take_documents(&answer.documents)?;
        self.log(Level::Info, "station.enrolled", String::new());
        Ok(())
    }

    /// The wish to enrol with this code: the one written down before, however its code was typed, or a new one.
    pub(crate) fn wish(&self, activation_code: &str) -> Result<Wish, Error> {
        let fresh = Wish {
            activation_code: activation_code.to_owned(),
            seed: Seed(Zeroizing::new(self.random()?)),
            idempotency_key: self.random_id()?,
        };
        self.store.write("station.wish", |transaction, sealer| {
            let kept: Option<Wish> = records::get(transaction, sealer, WISH)?;
            let same = |kept: &Wish| {
                normal_activation_code(&kept.activation_code)
                    == normal_activation_code(activation_code)
            };
            if let Some(kept) = kept.filter(same) {
                return Ok(kept);
            }
            records::put(transaction, sealer, WISH, &fresh)?;
            Ok(fresh)
        })
    }

    pub(crate) fn enrolled(&self, device: &Device, heard: Option<TimeAnchor>) -> Result<(), Error> {
        let mut state = self.state()?;
        // Until the first head the time of this answer is the best there is.
        let first = heard.filter(|_| state.knowledge.anchor.is_none());
        self.change(
            &mut state,
            "station.enrolled",
            |transaction, sealer| {
                records::delete(transaction, WISH)?;
                records::put(transaction, sealer, DEVICE, device)?;
                first.as_ref().map_or(Ok(()), |heard| write_anchor(transaction, sealer, heard))
            },
            |state| {
                state.device = Some(device.clone());
                if let Some(heard) = &first {
                    state.knowledge.anchor = Some(heard.clone());
                }
            },
        )
    }

    /// Brings the station's knowledge up to date: trust and policy, revocation lists, and a head, signed over a fresh
    /// nonce, that says what is newest and what time it is. If the head names more than came, all is fetched
    /// once more.
    pub async fn sync(&self) -> Result<Synced, Error> {
        let mut synced = Synced { current: false, as_of: None, lists: 0, refused: 0 };
        let now = self.fetch_documents().await?;
        self.fetch_lists(now, &mut synced).await?;
        let (head, anchor) = self.fetch_head(now).await?;
        let mut confirmation = self.take_head(&head, anchor.as_ref())?;
        if confirmation == Confirmation::Behind {
            let now = self.fetch_documents().await?;
            self.fetch_lists(now, &mut synced).await?;
            confirmation = self.take_head(&head, anchor.as_ref())?;
        }
        synced.current = confirmation == Confirmation::Current;
        synced.as_of = self.state()?.knowledge.revocations.as_of();
        self.log(
            if synced.current { Level::Info } else { Level::Warn },
            "station.synced",
            format!(
                "{confirmation:?}: {} lists taken in, {} refused",
                synced.lists, synced.refused
            ),
        );
        Ok(synced)
    }

    /// Fetches newer documents; answers the issuer's time, good enough to judge keys by.
    async fn fetch_documents(&self) -> Result<UnixTime, Error> {
        let request = {
            let known = &self.state()?.knowledge;
            DocumentsRequest {
                trust_version: known.trust.as_ref().map_or(0, |trust| trust.version),
                policy_version: known.policy.map_or(0, |policy| policy.version),
            }
        };
        let answer: DocumentsResponse = self.ask(path::DOCUMENTS, &request).await?;
        self.hear(answer.time);
        self.take_documents(&answer)?;
        Ok(answer.time)
    }

    /// Takes in what is newer in `answer`.
    pub(crate) fn take_documents(&self, answer: &DocumentsResponse) -> Result<(), Error> {
        let mut state = self.state()?;
        let new = state.knowledge.examine_documents(answer, &self.roots, answer.time)?;
        if new.is_empty() {
            return Ok(());
        }
        self.change(
            &mut state,
            "station.documents",
            |transaction, sealer| new.write(transaction, sealer),
            |state| state.knowledge.adopt_documents(&new),
        )
    }

    async fn fetch_lists(&self, now: UnixTime, synced: &mut Synced) -> Result<(), Error> {
        let sequences = self.state()?.knowledge.revocations.sequences();
        let gaps = self.fetch_lists_from(sequences, now, synced).await?;
        if gaps.is_empty() {
            return Ok(());
        }
        // From nothing, only full lists lead to the newest.
        let mut sequences = self.state()?.knowledge.revocations.sequences();
        for kind in gaps {
            sequences.0[kind as usize] = 0;
        }
        self.fetch_lists_from(sequences, now, synced).await?;
        Ok(())
    }

    /// Fetches and takes in what leads on from `sequences`; answers the kinds of which something is missing.
    async fn fetch_lists_from(
        &self,
        sequences: Sequences,
        now: UnixTime,
        synced: &mut Synced,
    ) -> Result<Vec<LineKind>, Error> {
        let answer: ListsResponse = self.ask(path::LISTS, &ListsRequest { sequences }).await?;
        let mut gaps = Vec::new();
        for Bytes(signed) in &answer.lists {
            match self.take_list(signed, now)? {
                Some((_, Applied::Current)) => synced.lists += 1,
                Some((kind, Applied::Gap)) => {
                    synced.lists += 1;
                    gaps.push(kind);
                }
                None => synced.refused += 1,
            }
        }
        Ok(gaps)
    }

    /// Takes in a list, in one transaction with its sequence; `None` if it is refused and changed nothing.
    pub(crate) fn take_list(
        &self,
        signed: &[u8],
        now: UnixTime,
    ) -> Result<Option<(LineKind, Applied)>, Error> {
        let mut state = self.state()?;
        let trust = state.knowledge.trust.as_ref().ok_or(Error::NoDocuments)?;
        let list = match RevocationList::parse(signed, trust, now) {
            Ok(list) => list,
            Err(reason) => {
                self.log(Level::Warn, "station.list.refused", reason.id().to_owned());
                return Ok(None);
            }
        };
        let (applied, sequences) = state.knowledge.examine_list(&list);
        self.change(
            &mut state,
            "station.list",
            |transaction, sealer| write_list(transaction, sealer, &list, sequences),
            |state| state.knowledge.revocations.apply(&list),
        )?;
        Ok(Some((list.kind, applied)))
    }

    async fn fetch_head(&self, now: UnixTime) -> Result<(Head, Option<TimeAnchor>), Error> {
        let nonce: Nonce = self.random()?;
        let request = HeadRequest { nonce: Bytes(nonce.to_vec()) };
        let answer: HeadResponse = self.ask(path::HEAD, &request).await?;
        let reading = self.ports.clock.read();
        let state = self.state()?;
        let trust = state.knowledge.trust.as_ref().ok_or(Error::NoDocuments)?;
        let head = Head::parse(&answer.head.0, &nonce, trust, now)
            .map_err(|reason| Error::Untrusted { what: "head", reason })?;
        Ok((head, TimeAnchor::new(head.iat, reading)))
    }

    /// Takes in what a head changes.
    pub(crate) fn take_head(
        &self,
        head: &Head,
        anchor: Option<&TimeAnchor>,
    ) -> Result<Confirmation, Error> {
        let mut state = self.state()?;
        let examined = state.knowledge.examine_head(head);
        self.change(
            &mut state,
            "station.head",
            |transaction, sealer| write_head(transaction, sealer, head, anchor, examined),
            |state| state.knowledge.adopt_head(head, anchor, examined),
        )?;
        Ok(examined)
    }

    /// Uploads what the issuer has not acknowledged, oldest first, in batches. May be repeated and broken off
    /// at will: an entry counts once at the issuer, and waits here until its receipt is on the disk. Nothing is
    /// ever removed.
    pub async fn upload(&self) -> Result<Uploaded, Error> {
        let mut acknowledged = 0;
        let mut for_people = Vec::new();
        loop {
            let entries = self
                .store
                .read(|connection, sealer| journal::waiting(connection, sealer, BATCH))?;
            if entries.is_empty() {
                break;
            }
            let sent: HashSet<String> = entries.iter().map(|entry| entry.id.clone()).collect();
            let answer: RegistrationsResponse =
                self.ask(path::REGISTRATIONS, &RegistrationsRequest { entries }).await?;
            let mut receipts = answer.receipts;
            receipts.retain(|receipt| sent.contains(&receipt.id));
            if receipts.is_empty() {
                let reason = "it holds no receipt for what was sent".to_owned();
                return Err(Error::NoAnswer { reason });
            }
            acknowledged += self.store.write("station.receipts", |transaction, sealer| {
                let mut kept = 0;
                for receipt in &receipts {
                    kept += u32::from(journal::acknowledge(transaction, sealer, receipt)?);
                }
                Ok::<_, Error>(kept)
            })?;
            for_people.extend(receipts.into_iter().filter_map(|receipt| {
                journal::is_for_people(&receipt.outcome).then_some(receipt.id)
            }));
        }
        let (waiting, found) = self.store.read(|connection, sealer| {
            let waiting = journal::count_waiting(connection)?;
            Ok::<_, Error>((waiting, journal::findings(connection, sealer)?))
        })?;
        let journal::Findings { mut conflicts, mut not_in_register } = found;
        conflicts.retain(|conflict| for_people.contains(&conflict.entry));
        not_in_register.retain(|unknown| for_people.contains(&unknown.entry));
        self.log(
            Level::Info,
            "station.uploaded",
            format!("{acknowledged} entries, {} for people to look into", for_people.len()),
        );
        Ok(Uploaded { acknowledged, conflicts, not_in_register, waiting })
    }

    /// A request of an enrolled station.
    pub(crate) async fn ask<Q: Serialize, A: DeserializeOwned>(
        &self,
        path: &str,
        body: &Q,
    ) -> Result<A, Error> {
        let device = self.state()?.device.clone().ok_or(Error::NotEnrolled)?;
        let wish = self.random_id()?;
        let answer = self.call(path, body, &device.keyid, &device.seed.key(), &wish).await;
        if let Err(Error::Problem(problem)) = &answer
            && problem.id == ProblemId::DeviceEnded
        {
            self.ended(&device.keyid)?;
        }
        answer
    }

    /// A signed request. If the issuer finds it stale, it is signed once more by the time that the issuer said.
    async fn call<Q: Serialize, A: DeserializeOwned>(
        &self,
        path: &str,
        body: &Q,
        keyid: &str,
        key: &SoftwareKey,
        idempotency_key: &str,
    ) -> Result<A, Error> {
        Ok(http::read(
            &self.exchange(path, http::written(body), keyid, key, idempotency_key).await?,
        )?)
    }

    async fn exchange(
        &self,
        path: &str,
        body: Vec<u8>,
        keyid: &str,
        key: &SoftwareKey,
        idempotency_key: &str,
    ) -> Result<Vec<u8>, Error> {
        let mut corrected = false;
        loop {
            let created = self.request_time()?;
            let auth = Auth { keyid, signer: key, created, nonce: self.random()?, idempotency_key };
            match self.client.exchange(path, body.clone(), &auth).await {
                Ok(answer) => return Ok(answer),
                Err(CallError::Problem(problem))
                    if problem.id == ProblemId::SignatureStale && !corrected =>
                {
                    corrected = true;
                    self.hear(problem.time);
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Takes note that the issuer has ended this enrolment.
    fn ended(&self, keyid: &str) -> Result<(), Error> {
        let mut state = self.state()?;
        let Some(device) = state.device.as_ref().filter(|device| device.keyid == keyid) else {
            return Ok(());
        };
        let device = Device { ended: true, ..device.clone() };
        self.change(
            &mut state,
            "station.ended",
            |transaction, sealer| Ok(records::put(transaction, sealer, DEVICE, &device)?),
            |state| state.device = Some(device.clone()),
        )
    }
}
