//! What the station says: which sentence of the table stands for what.

use suima_client::wire::Problem;
use suima_code::Day;
use suima_sentences::{Sentence, describe, duration, minute, station as table};

use crate::{Caution, Error, Field, Finding, Refusal, Registration};

/// `09:00`, in Shanghai.
fn clock_time(time: suima_code::UnixTime) -> String {
    let seconds = time.since(Day::of(time).start());
    format!("{:02}:{:02}", seconds / 3600, seconds / 60 % 60)
}

impl Caution {
    /// What to tell the staff.
    pub fn said(&self) -> Sentence {
        match self {
            Self::KnowledgeOld { as_of, age_seconds } => {
                table::knowledge_old(&minute(*as_of), &duration(u64::from(*age_seconds)))
            }
            Self::ValidityNotChecked => table::validity_not_checked(),
            Self::CompareIdCard => table::compare_id_card(),
            Self::AlsoInTube { barcode, at } => table::also_in_tube(barcode, &clock_time(*at)),
            Self::MaybeTheSame { seat } => table::maybe_the_same(seat),
        }
    }
}

impl Registration {
    /// What to tell the staff.
    pub fn said(&self) -> Sentence {
        match self {
            Self::Registered(done) => table::registered(&done.person.name, &done.seat, &done.taken),
            Self::Refused { reason, shown } => {
                describe(reason, shown.as_ref().map(|shown| shown.presented))
            }
            Self::MaybeTwice { seat } => table::maybe_twice(seat),
            Self::AlreadyInTube { seat } => Refusal::AlreadyInTube { seat: *seat }.said(),
            Self::NoTube => Refusal::NoTube.said(),
            Self::TubeFull { capacity } => Refusal::TubeFull { capacity: *capacity }.said(),
            Self::TubeSealed { barcode } => Refusal::TubeSealed { barcode: barcode.clone() }.said(),
        }
    }
}

impl Finding {
    /// What to tell the staff, or whoever stands before a gate.
    pub(crate) fn said(&self, at_a_gate: bool, by_code: bool) -> Sentence {
        match self {
            Self::Accepted => table::may_pass(),
            Self::Refused { reason, presented } => describe(reason, *presented),
            Self::NeedsIdCard => table::compare_id_card(),
            Self::Match { colour, as_of, admitted } => {
                let (colour, as_of) = (table::colour(*colour), minute(*as_of));
                if *admitted {
                    table::status_admitted(&colour, &as_of)
                } else {
                    table::status_not_admitted(&colour, &as_of)
                }
            }
            Self::NoMatch if by_code => table::card_and_code_differ(),
            Self::NoMatch => table::card_not_found(),
            Self::StatusUnknown { compared: Some(compared) } => {
                let name =
                    if compared.name_agrees { table::name_agrees() } else { table::name_differs() };
                let year =
                    if compared.year_agrees { table::year_agrees() } else { table::year_differs() };
                table::status_unknown_compared(&name, &year)
            }
            Self::StatusUnknown { compared: None } if at_a_gate => table::gate_cannot_ask(),
            Self::StatusUnknown { compared: None } => table::status_unknown(),
        }
    }
}

impl Refusal {
    /// What to tell the staff.
    pub fn said(&self) -> Sentence {
        match self {
            Self::NoSession => table::no_session(),
            Self::NoTube => table::no_tube(),
            Self::TubeOpen { barcode } => table::tube_open(barcode),
            Self::TubeFull { capacity } => table::tube_full(capacity),
            Self::TubeSealed { barcode } => table::tube_sealed(barcode),
            Self::AlreadyInTube { seat } => table::already_in_tube(seat),
            Self::BarcodeMalformed => table::barcode_malformed(),
            Self::BarcodeUsed { barcode, opened_at, people, sealed_at } => {
                let end =
                    sealed_at.map_or_else(table::not_sealed, |at| table::sealed_at(&minute(at)));
                table::barcode_used(barcode, &minute(*opened_at), people, &end)
            }
            Self::Capacity { given } => table::capacity(given),
            Self::NoSuchTube => table::no_such_tube(),
            Self::IdNumber(error) => table::id_number(*error),
            Self::NoSuchRegistration => table::no_such_registration(),
            Self::AlreadyUndone => table::already_undone(),
            Self::CountMismatch { registered, swabs } => table::count_mismatch(registered, swabs),
            Self::Text { field } => table::text(&field.said()),
        }
    }
}

impl Field {
    fn said(self) -> Sentence {
        match self {
            Self::Site => table::site(),
            Self::Staff => table::staff(),
            Self::Reason => table::reason(),
            Self::Explanation => table::explanation(),
            Self::Name => table::name(),
            Self::Document => table::document(),
            Self::Contact => table::contact(),
        }
    }
}

impl Error {
    /// What to tell the staff.
    pub fn said(&self) -> Sentence {
        match self {
            Self::Refused(refusal) => refusal.said(),
            Self::NotEnrolled => table::not_enrolled(),
            Self::NoDocuments => table::no_documents(),
            Self::Offline { .. } => table::offline(),
            Self::NoAnswer { .. } => table::no_answer(),
            Self::Problem(Problem { title, title_chinese, .. }) => {
                Sentence { zh: title_chinese.clone(), en: title.clone() }
            }
            Self::Untrusted { .. } => table::untrusted(),
            Self::KeystoreUnavailable { .. } => table::keystore_unavailable(),
            Self::JournalLost => table::journal_lost(),
            Self::Paused | Self::Closed => table::not_open(),
            Self::Endpoint(_) | Self::Store(_) | Self::Random(_) | Self::Unsigned(_) => {
                table::failed()
            }
        }
    }
}
