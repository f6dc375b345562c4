//! What a screen shows: pure functions of a snapshot and a time.

use suima_client::wire::{Made, Relation};
use suima_code::qr::{Drawing, Medium};
use suima_code::{Colour, HoldingNumber, LiveDraft, Policy, Roots, Slot, UnixTime};
use suima_device::{ClockStatus, CorrectedTime};
use suima_sentences::{Sentence, last_day};

use crate::error::Error;
use crate::keys::Key;
use crate::sentence;
use crate::snapshot::{Code, Holding, Person, Snapshot};
use crate::wish::Wish;

/// Pixels to a module in a saved picture: some 600 on a side, sharp on any screen and on a print of 5 cm.
const PICTURE_SCALE: u32 = 12;

/// Why what is shown may not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// It was to be regenerated, and the outcome is not known: it may be void. The next refresh resolves this.
    RegenerationPending {
        /// When that was asked for.
        since: UnixTime,
    },
}

/// A regeneration whose outcome is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PendingRegeneration {
    /// Whose code.
    pub slot: Slot,
    /// When it was asked for.
    pub since: UnixTime,
    /// After this time the issuer does not execute it any more.
    pub not_after: UnixTime,
}

/// The state of the wallet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// Whether this phone is enrolled.
    pub enrolled: bool,
    /// When this phone learned that the issuer ended its enrolment, if it did: its codes are gone, and it may be
    /// enrolled again.
    pub ended: Option<UnixTime>,
    /// The issuer's time at the last refresh.
    pub as_of: Option<UnixTime>,
    /// What is known of the phone's clock.
    pub clock: ClockStatus,
    /// The version of the policy that is held; 0 for none.
    pub policy_version: u32,
    /// The version of the trust bundle that is held; 0 for none.
    pub trust_version: u32,
    /// Regenerations whose outcome is not known.
    pub pending: Vec<PendingRegeneration>,
    /// What to say beside it.
    pub notices: Vec<Sentence>,
}

/// A person whose codes the user holds or may hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonView {
    /// The number that stands for them.
    pub slot: Slot,
    /// What they are to the user.
    pub relation: Relation,
    /// The full name, for the user's own eyes.
    pub name: String,
    /// As codes show it.
    pub masked_name: String,
    /// Four digits.
    pub birth_year: u16,
    /// Whether the user holds their codes. If not, they may.
    pub held: bool,
    /// The holding on this phone, by which the user can give it up.
    pub holding: Option<HoldingNumber>,
    /// Whether the live code can be shown now.
    pub live: Option<LiveSummary>,
    /// Whether there is a nucleic-acid code to show now.
    pub nucleic_acid: NucleicAcidSummary,
    /// Why the nucleic-acid code may not count.
    pub doubt: Option<Doubt>,
}

/// A live code in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LiveSummary {
    /// The colour.
    pub colour: Colour,
    /// When the colour was found.
    pub colour_as_of: UnixTime,
    /// Until when the live code can be shown offline.
    pub counts_until: UnixTime,
}

/// A nucleic-acid code in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NucleicAcidSummary {
    /// There is none here.
    None,
    /// It counts.
    Valid {
        /// Its `exp`.
        until: UnixTime,
    },
    /// It counts no more, and there is no other here.
    Expired {
        /// Its `exp`.
        at: UnixTime,
    },
}

/// A live code, drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveView {
    /// Whose.
    pub slot: Slot,
    /// What they are to the user: a relative code unless it is oneself.
    pub relation: Relation,
    /// The full name, for the user's own eyes.
    pub name: String,
    /// As the code shows it.
    pub masked_name: String,
    /// The text in the QR code.
    pub text: String,
    /// The QR code as an SVG picture.
    pub svg: String,
    /// The colour in it (R7).
    pub colour: Colour,
    /// When the colour was found.
    pub colour_as_of: UnixTime,
    /// Until when gates and manual checks take the colour.
    pub colour_counts_until: UnixTime,
    /// When it was drawn, by the corrected time.
    pub drawn_at: UnixTime,
    /// When it is to be drawn again, by the corrected time.
    pub redraw_at: UnixTime,
    /// Until when live codes can be drawn offline.
    pub counts_until: UnixTime,
    /// How old the wallet's knowledge is: the issuer's time at the last refresh.
    pub as_of: UnixTime,
    /// What is known of the phone's clock.
    pub clock: ClockStatus,
    /// What to say beside it.
    pub notices: Vec<Sentence>,
}

impl LiveView {
    /// Whether gates take the colour no more, for all that the code is good for sampling (R7): then it must not look as if they
    /// did.
    pub fn colour_is_old(&self) -> bool {
        self.drawn_at > self.colour_counts_until
    }
}

/// The nucleic-acid code that counts now, drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NucleicAcidView {
    /// Whose.
    pub slot: Slot,
    /// What they are to the user.
    pub relation: Relation,
    /// The full name, for the user's own eyes.
    pub name: String,
    /// The text in the QR code.
    pub text: String,
    /// The QR code as an SVG picture.
    pub svg: String,
    /// The end of its last day: from this second on it does not count.
    pub valid_until: UnixTime,
    /// The last day on which it counts: `2026-12-21`.
    pub last_day: String,
    /// When it was made and by whom.
    pub made: Made,
    /// How old the wallet's knowledge of it is, by the issuer's time.
    pub as_of: UnixTime,
    /// Why it may not count.
    pub doubt: Option<Doubt>,
    /// What is known of the phone's clock.
    pub clock: ClockStatus,
    /// What to say beside it.
    pub notices: Vec<Sentence>,
}

/// What to ask before regenerating (R9).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegenerationWarning {
    /// The making of the code that it voids; `None` if this phone knows of none.
    pub voids: Option<Made>,
    /// What it voids, in Chinese.
    pub sentence_zh: String,
    /// What it voids, in English.
    pub sentence_en: String,
    /// To be given to `regenerate` if the person agrees.
    pub confirm: Confirmation,
}

/// What the person saw and agreed to void.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Confirmation {
    /// Whose code.
    pub slot: Slot,
    /// The `iat` of the code that was on the screen; `None` if there was none.
    pub void: Option<UnixTime>,
}

/// A snapshot looked at now.
pub(crate) struct Lens<'a> {
    pub snapshot: &'a Snapshot,
    pub roots: &'a Roots,
    pub time: CorrectedTime,
}

impl Lens<'_> {
    pub fn status(&self) -> Status {
        let Snapshot { device, documents, knowledge, people, .. } = self.snapshot;
        let documents = documents.as_ref();
        let clock = self.clock();
        let keys_gone = knowledge.keys_gone.then(sentence::keys_gone);
        let wishes = people.iter().filter_map(|person| {
            let Wish { since, not_after, .. } = *person.holding.as_ref()?.wish.as_ref()?;
            Some(PendingRegeneration { slot: person.slot, since, not_after })
        });
        Status {
            enrolled: device.is_some(),
            ended: knowledge.ended,
            as_of: knowledge.as_of,
            clock,
            policy_version: documents.map_or(0, |documents| documents.policy_version),
            trust_version: documents.map_or(0, |documents| documents.trust_version),
            pending: wishes.collect(),
            notices: keys_gone.into_iter().chain(sentence::clock(clock)).collect(),
        }
    }

    pub fn family(&self) -> Result<Vec<PersonView>, Error> {
        self.snapshot.device()?;
        Ok(self.snapshot.people.iter().map(|person| self.person(person)).collect())
    }

    fn person(&self, person: &Person) -> PersonView {
        let holding = person.holding.as_ref();
        let live = holding.filter(|holding| self.time.time < holding.exp);
        PersonView {
            slot: person.slot,
            relation: person.relation,
            name: person.name.clone(),
            masked_name: person.masked_name.to_string(),
            birth_year: person.birth_year,
            held: holding.is_some(),
            holding: holding.map(|holding| holding.number),
            live: live.map(|holding| LiveSummary {
                colour: holding.colour,
                colour_as_of: holding.iat,
                counts_until: holding.exp,
            }),
            nucleic_acid: holding.map_or(NucleicAcidSummary::None, |holding| {
                let shown = holding.codes.shown(self.time.time);
                match (shown, holding.codes.end()) {
                    (Some(code), _) => NucleicAcidSummary::Valid { until: code.exp },
                    (None, Some(at)) if at <= self.time.time => NucleicAcidSummary::Expired { at },
                    (None, _) => NucleicAcidSummary::None,
                }
            }),
            doubt: holding.and_then(doubt),
        }
    }

    /// Draws the live code with the holding's key and the corrected time.
    pub fn live(
        &self,
        slot: Slot,
        sign: impl FnOnce(&Key, &[u8]) -> Result<[u8; 64], Error>,
    ) -> Result<LiveView, Error> {
        let (person, holding) = self.snapshot.held(slot)?;
        let now = self.time.time;
        if now >= holding.exp {
            return Err(Error::LiveExpired { at: holding.exp });
        }
        let limits = self.policy()?.limits;
        let draft = LiveDraft::new(&holding.credential.0, holding.key.algorithm(), now);
        let text = draft.with_signature(&sign(&holding.key, &draft.to_be_signed())?);
        let as_of = self.snapshot.knowledge.as_of.unwrap_or(holding.iat);
        let colour_counts_until = holding.iat.plus(i64::from(limits.colour_seconds));
        let notices = self.notices(as_of, limits.knowledge_said_seconds);
        let mut view = LiveView {
            slot,
            relation: person.relation,
            name: person.name.clone(),
            masked_name: person.masked_name.to_string(),
            svg: draw(&text).svg(),
            text,
            colour: holding.colour,
            colour_as_of: holding.iat,
            colour_counts_until,
            drawn_at: now,
            redraw_at: now.plus(i64::from(limits.redraw_seconds)),
            counts_until: holding.exp,
            as_of,
            clock: self.clock(),
            notices,
        };
        if view.colour_is_old() {
            view.notices.push(sentence::colour_too_old(holding.iat));
        }
        Ok(view)
    }

    pub fn nucleic_acid(&self, slot: Slot) -> Result<NucleicAcidView, Error> {
        let (person, holding) = self.snapshot.held(slot)?;
        let code = self.shown_code(slot, holding)?;
        let limits = self.policy()?.limits;
        let as_of = self.snapshot.codes_as_of(holding);
        let doubt = doubt(holding);
        let mut notices = Vec::new();
        if let Some(Doubt::RegenerationPending { since }) = doubt {
            notices.push(sentence::regeneration_pending(since));
        }
        notices.extend(self.notices(as_of, limits.knowledge_said_seconds));
        Ok(NucleicAcidView {
            slot,
            relation: person.relation,
            name: person.name.clone(),
            text: code.text.clone(),
            svg: draw(&code.text).svg(),
            valid_until: code.exp,
            last_day: last_day(code.exp),
            made: code.made.clone(),
            as_of,
            doubt,
            clock: self.clock(),
            notices,
        })
    }

    pub fn picture(&self, slot: Slot) -> Result<Vec<u8>, Error> {
        let (_, holding) = self.snapshot.held(slot)?;
        if let Some(Doubt::RegenerationPending { since }) = doubt(holding) {
            return Err(Error::InDoubt { since });
        }
        Ok(draw(&self.shown_code(slot, holding)?.text).png(PICTURE_SCALE))
    }

    pub fn warning(&self, slot: Slot) -> Result<RegenerationWarning, Error> {
        let (person, holding) = self.snapshot.held(slot)?;
        let voids = holding.codes.shown(self.time.time).map(|code| code.made.clone());
        let said = sentence::warning(&person.name, voids.as_ref());
        let confirm = Confirmation { slot, void: voids.as_ref().map(|made| made.iat) };
        Ok(RegenerationWarning { voids, sentence_zh: said.zh, sentence_en: said.en, confirm })
    }

    pub fn policy(&self) -> Result<Policy, Error> {
        Ok(self.snapshot.documents()?.policy(self.roots, self.time.time))
    }

    pub fn clock(&self) -> ClockStatus {
        self.time.status()
    }

    fn shown_code<'a>(&self, slot: Slot, holding: &'a Holding) -> Result<&'a Code, Error> {
        holding.codes.shown(self.time.time).ok_or(match holding.codes.end() {
            Some(at) if at <= self.time.time => Error::Expired { at },
            _ => Error::NoCode { slot },
        })
    }

    pub fn notices(&self, as_of: UnixTime, said_from_seconds: u32) -> Vec<Sentence> {
        let age = u64::try_from(self.time.time.since(as_of)).unwrap_or(0);
        let age = Some(age).filter(|&age| age > u64::from(said_from_seconds));
        let age = age.map(|age| sentence::age(as_of, age));
        sentence::clock(self.clock()).into_iter().chain(age).collect()
    }
}

pub(crate) fn doubt(holding: &Holding) -> Option<Doubt> {
    holding.wish.as_ref().map(|wish| Doubt::RegenerationPending { since: wish.since })
}

fn draw(text: &str) -> Drawing {
    Drawing::new(text, Medium::Screen).expect("what is kept was parsed as a code when it came")
}
