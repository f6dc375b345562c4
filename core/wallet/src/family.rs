//! The family: whose codes are held here, who else holds them, and ending that (design, section 8).

use suima_client::wire::{self, EndResponse, Holder, Made, ProblemId, Relation, WireKey, path};
use suima_code::{HoldingNumber, Slot, StaticKind, UnixTime};
use suima_sentences::wallet as say;
use suima_sentences::{Sentence, day, minute};

use crate::channel::Signing;
use crate::errand::Task;
use crate::error::Error;
use crate::secret::idempotency_key;
use crate::snapshot::{Offer, Person};
use crate::views::{Confirmation, Lens};
use crate::wallet::Wallet;

/// Somebody who holds a person's live code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HolderView {
    /// Whose code.
    pub slot: Slot,
    /// The holding, by which it is ended.
    pub holding: HoldingNumber,
    /// The full name of the user whose phone it is on.
    pub name: String,
    /// Since when.
    pub since: UnixTime,
    /// Whether that is this phone.
    pub this_device: bool,
    /// The same in words.
    pub sentence: Sentence,
}

/// A holding was ended: that phone is refused, and no other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndedHolding {
    /// Whose code.
    pub slot: Slot,
    /// What to say of it.
    pub sentence: Sentence,
    /// The static codes that the other may have kept as a picture or a print, and which still count (R9).
    pub offers: Vec<KeptCode>,
}

/// A static code that somebody may have kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptCode {
    /// Which kind.
    pub kind: StaticKind,
    /// When it was made.
    pub iat: UnixTime,
    /// To be given to `regenerate` if the person agrees; `None` for a paper code, which no phone makes (R3).
    pub confirm: Option<Confirmation>,
    /// What to ask, or what can be done.
    pub sentence: Sentence,
}

/// Who is ended, as this phone knows them.
struct Ending {
    /// `None` for this phone itself.
    holder: Option<Holder>,
    name: String,
}

impl Lens<'_> {
    pub fn holders(&self, slot: Slot) -> Result<Vec<HolderView>, Error> {
        let person = self.snapshot.person(slot)?;
        let view = |holder: &Holder| HolderView {
            slot,
            holding: holder.holding,
            name: holder.name.clone(),
            since: holder.since,
            this_device: holder.this_device,
            sentence: say::holds_since(&holder.name, &minute(holder.since)),
        };
        Ok(person.holders.iter().map(view).collect())
    }

    fn ending(&self, slot: Slot, number: HoldingNumber) -> Result<Ending, Error> {
        let person = self.snapshot.person(slot)?;
        let name = person.name.clone();
        let own = person.holding.as_ref().is_some_and(|holding| holding.number == number);
        if own && person.relation != Relation::Oneself {
            return Ok(Ending { holder: None, name });
        }
        let holder = person.holders.iter().find(|holder| holder.holding == number);
        let holder = holder.filter(|holder| !holder.this_device).ok_or(Error::NoSuchHolding)?;
        Ok(Ending { holder: Some(holder.clone()), name })
    }

    pub fn end_warning(&self, slot: Slot, number: HoldingNumber) -> Result<Sentence, Error> {
        let Ending { holder, name } = self.ending(slot, number)?;
        Ok(match holder {
            Some(holder) => say::ending_holding(&holder.name, &name),
            None => say::giving_up(&name),
        })
    }

    /// What a former holder may have kept of a person's codes.
    fn kept(&self, person: &Person, holder: &str) -> Vec<KeptCode> {
        let (slot, name, now) = (person.slot, &person.name, self.time.time);
        let nucleic_acid = person.holding.as_ref().and_then(|held| held.codes.shown(now));
        let nucleic_acid = nucleic_acid.map(|code| code.made.iat).map(|iat| KeptCode {
            kind: StaticKind::NucleicAcid,
            iat,
            confirm: Some(Confirmation { slot, void: Some(iat) }),
            sentence: say::kept_nucleic_acid(holder, name, &day(iat)),
        });
        let paper = person.paper.as_ref().and_then(|paper| paper.current.as_ref());
        let paper = paper.filter(|code| now < code.exp).map(|code| KeptCode {
            kind: StaticKind::Paper,
            iat: code.iat,
            confirm: None,
            sentence: say::kept_paper(holder, name, &day(code.iat)),
        });
        nucleic_acid.into_iter().chain(paper).collect()
    }
}

impl Wallet {
    /// Holds a relative's code. To hold one that is held already changes nothing.
    pub async fn hold(&self, slot: Slot) -> Result<(), Error> {
        let snapshot = self.snapshot()?;
        let person = snapshot.person(slot)?;
        if person.holding.is_some() {
            return Ok(());
        }
        let reused = person.offer.is_some();
        let fresh = if let Some(offer) = &person.offer {
            offer.clone()
        } else {
            let idempotency_key = idempotency_key(self.random())?;
            Offer { key: self.new_key()?, idempotency_key }
        };
        let begun = self.change_with(&[&fresh.key], "offer", |snapshot| {
            snapshot.person(slot)?;
            let person = snapshot.people.iter_mut().find(|person| person.slot == slot);
            let person = person.filter(|person| person.holding.is_none());
            // Ended by another call since it was read: its key may not exist any more.
            if reused && person.as_ref().is_some_and(|person| person.offer.is_none()) {
                return Err(Error::Busy);
            }
            let offer = person.map(|person| person.offer.get_or_insert(fresh.clone()).clone());
            Ok(offer.map(|offer| (offer, snapshot.device.clone())))
        })?;
        let Some((offer, Some(device))) = begun else {
            return Ok(());
        };
        self.sync()?;
        let request = wire::HoldRequest { slot, holding_key: WireKey::from(&offer.key.public()) };
        let signing = Signing {
            keyid: &device.keyid,
            key: &device.key,
            idempotency_key: &offer.idempotency_key,
        };
        match self.request(path::HOLD, &request, &signing).await {
            Ok(heard) => {
                self.take("held", &device, |snapshot| {
                    Ok((snapshot.with_holding(slot, &heard, self.roots())?, ()))
                })
                .await?;
            }
            Err(failure) => {
                return Err(self.failed(
                    "offer.failed",
                    &device.keyid,
                    failure,
                    |snapshot, problem| {
                        let is_final = matches!(
                            problem,
                            ProblemId::NotAllowed
                                | ProblemId::RelativesFull
                                | ProblemId::HoldersFull
                                | ProblemId::BadRequest
                                | ProblemId::IdempotencyKeyReused
                        );
                        let person = snapshot.people.iter_mut().find(|person| person.slot == slot);
                        if let Some(person) = person.filter(|_| is_final) {
                            person.offer.take_if(|kept| *kept == offer);
                        }
                    },
                ));
            }
        }
        self.claim_if_possible().await;
        Ok(())
    }

    /// Who holds a person's live code besides them, as far as that is told: to the person, and to a minor's guardians.
    pub fn holders(&self, slot: Slot) -> Result<Vec<HolderView>, Error> {
        self.look(|lens| lens.holders(slot))
    }

    /// Who made which nucleic-acid code when, the newest first.
    pub fn history(&self, slot: Slot) -> Result<Vec<Made>, Error> {
        Ok(self.snapshot()?.held(slot)?.1.codes.history.clone())
    }

    /// What to ask before [`end_holding`](Wallet::end_holding): which phone will be refused (R9).
    pub fn end_warning(&self, slot: Slot, holding: HoldingNumber) -> Result<Sentence, Error> {
        self.look(|lens| lens.end_warning(slot, holding))
    }

    /// Ends a holding: one of the user's own code, one of a minor whose guardian the user is, or the one on this phone.
    ///
    /// If no answer comes, the next refresh sends it again under the same key.
    pub async fn end_holding(
        &self,
        slot: Slot,
        holding: HoldingNumber,
    ) -> Result<EndedHolding, Error> {
        let Ending { holder, name } = self.look(|lens| lens.ending(slot, holding))?;
        self.end(slot, holding).await?;
        let Some(holder) = holder else {
            return Ok(EndedHolding { slot, sentence: say::given_up(&name), offers: Vec::new() });
        };
        self.look(|lens| {
            let person = lens.snapshot.people.iter().find(|person| person.slot == slot);
            Ok(EndedHolding {
                slot,
                sentence: say::holding_ended(&holder.name, &name),
                offers: person.map_or(Vec::new(), |person| lens.kept(person, &holder.name)),
            })
        })
    }

    /// Asks the issuer to end a holding, and takes the person as they are then.
    pub(crate) async fn end(&self, slot: Slot, holding: HoldingNumber) -> Result<(), Error> {
        let (errand, sending) = self.begin(&Task::End { slot, holding })?;
        let request = wire::EndRequest { slot, holding };
        let (heard, device) =
            self.send_errand::<_, EndResponse>(path::END, &request, &errand, sending).await?;
        self.take("ended", &device, |snapshot| {
            let mut next = snapshot.with_end(slot, &heard, self.roots())?;
            next.drop_errand(&errand);
            Ok((next, ()))
        })
        .await
    }
}
