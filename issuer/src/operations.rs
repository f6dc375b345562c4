//! What phones and stations can ask: one table, from which both the router and its description (`openapi`) come.

use axum::routing::MethodRouter;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use suima_client::wire::ProblemId as P;
use suima_client::wire::{
    Bytes, DocumentsRequest, EnrolRequest, HeadRequest, HeadResponse, ListsRequest, ListsResponse,
    RefreshRequest, StationEnrolRequest, path,
};

use crate::act::Act;
use crate::devices::Device;
use crate::error::Failure;
use crate::http::{enrolment, station, wallet};
use crate::stations::Station;
use crate::{
    Issuer, challenge, codes, consent, devices, documents, lines, lookups, people, registrations,
    stations,
};

/// Whose key signs a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signer {
    /// A key that the request itself enrols.
    NewDevice,
    /// An enrolled phone.
    Phone,
    /// An enrolled station.
    Station,
}

/// One thing that can be asked.
pub(crate) struct Operation {
    pub path: &'static str,
    pub signer: Signer,
    /// What it can be refused with, but for what every request can be ([`Signer::problems`]).
    pub problems: &'static [P],
    pub request: fn(&mut SchemaGenerator) -> Schema,
    pub response: fn(&mut SchemaGenerator) -> Schema,
    pub handler: MethodRouter<Issuer>,
}

impl Operation {
    /// Asks a `Q`, is answered an `A`.
    pub fn new<Q: JsonSchema, A: JsonSchema>(
        path: &'static str,
        signer: Signer,
        problems: &'static [P],
        handler: MethodRouter<Issuer>,
    ) -> Self {
        let (request, response) =
            (SchemaGenerator::subschema_for::<Q>, SchemaGenerator::subschema_for::<A>);
        Self { path, signer, problems, request, response, handler }
    }
}

impl Signer {
    /// What every request signed so can be refused with.
    pub fn problems(self) -> &'static [P] {
        match self {
            Self::NewDevice => {
                &[P::BadRequest, P::SignatureInvalid, P::SignatureStale, P::Replayed, P::Internal]
            }
            Self::Phone | Self::Station => &[
                P::BadRequest,
                P::SignatureInvalid,
                P::SignatureStale,
                P::Replayed,
                P::UnknownDevice,
                P::DeviceEnded,
                P::NotAllowed,
                P::Internal,
            ],
        }
    }
}

/// All of them. A request that is refused otherwise than its row says is a fault, which debug builds do not let pass.
pub(crate) fn all() -> Vec<Operation> {
    vec![
        enrolment(
            path::ENROL,
            &[P::ActivationRefused],
            |q: &EnrolRequest| &q.device_key,
            devices::proof,
            devices::enrol,
        ),
        wallet(path::REFRESH, &[], refresh),
        wallet(path::HOLD, &[P::RelativesFull, P::HoldersFull], |act, device, _, q| {
            people::hold(act, device, q)
        }),
        wallet(path::CLAIM, &[], |act, device, _, q| codes::claim(act, device, q)),
        wallet(path::REGENERATE, &[P::IdempotencyKeyReused], codes::regenerate),
        wallet(path::CHALLENGE, &[], |act, device, _, q| challenge::take_up(act, device, q)),
        wallet(
            path::CONFIRM,
            &[P::IdempotencyKeyReused, P::RelativesFull, P::HoldersFull],
            challenge::confirm,
        ),
        wallet(path::ASK, &[P::TooOften], consent::ask),
        wallet(path::ANSWER, &[], |act, device, _, q| consent::answer(act, device, q)),
        wallet(
            path::REDEEM,
            &[P::OneTimeCodeRefused, P::RelativesFull, P::HoldersFull],
            |act, device, _, q| consent::redeem(act, device, q),
        ),
        wallet(path::END, &[], |act, device, _, q| people::end(act, device, q)),
        enrolment(
            path::STATION_ENROL,
            &[P::ActivationRefused],
            |q: &StationEnrolRequest| &q.device_key,
            |_, _, _| Ok(()),
            |act, key, q, ()| stations::enrol(act, key, q),
        ),
        station(path::DOCUMENTS, &[], |act, _, q: &DocumentsRequest| {
            documents::newer(act, q).map_err(Failure::from)
        }),
        station(path::LISTS, &[], lists),
        station(path::HEAD, &[], head),
        station(path::ID_CARD, &[P::TooOften], lookups::id_card),
        station(path::PAPER_CHECK, &[P::TooOften], lookups::paper_check),
        station(path::REGISTRATIONS, &[], registrations::upload),
    ]
}

fn refresh(
    act: &Act<'_>,
    device: &Device,
    _: &str,
    request: &RefreshRequest,
) -> Result<suima_client::wire::RefreshResponse, Failure> {
    people::refresh(act, device, request).map_err(Failure::from)
}

fn lists(act: &Act<'_>, _: &Station, request: &ListsRequest) -> Result<ListsResponse, Failure> {
    people::come_of_age(act, &documents::policy(act)?)?;
    let lists = lines::since(act, request.sequences)?;
    Ok(ListsResponse { lists: lists.into_iter().map(Bytes).collect() })
}

fn head(act: &Act<'_>, _: &Station, request: &HeadRequest) -> Result<HeadResponse, Failure> {
    let nonce = request.nonce.0.as_slice().try_into().map_err(|_| P::BadRequest)?;
    Ok(HeadResponse { head: Bytes(lines::head(act, nonce)?) })
}
