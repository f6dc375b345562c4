//! The policy: what is accepted where (R6), and every number a city may change.

use serde::{Deserialize, Serialize};

use crate::cbor::{Malformed, Reader, Writer};
use crate::cose::{Purpose, Sign1, Unsigned};
use crate::trust::PRIVATE;
use crate::{Algorithm, Colour, KeyId, Reason, Trust, UnixTime};

/// Where something is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// Sampling: a person is bound to a tube.
    Sampling,
    /// A gate: a machine at a door.
    Gate,
    /// A manual check: a staff member at a door.
    ManualCheck,
}

/// What is shown: the rows of R6.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Presented {
    /// A nucleic-acid code.
    NucleicAcid,
    /// A paper code.
    Paper,
    /// One's own live code.
    Live,
    /// A relative code.
    Relative,
    /// An ID card.
    IdCard,
}

/// How something is accepted at a place: a cell of R6.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Acceptance {
    /// No.
    Refused,
    /// Yes.
    Accepted,
    /// Only with the ID card, compared, and the health status looked up.
    WithIdCard,
    /// Only after asking the issuer.
    AskIssuer,
}

impl Acceptance {
    const ALL: [Self; 4] = [Self::Refused, Self::Accepted, Self::WithIdCard, Self::AskIssuer];
}

/// The numbers of a policy. Ages and days are calendar days of Asia/Shanghai.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// Days a nucleic-acid code counts (R1).
    pub nucleic_acid_days: u32,
    /// Days a paper code counts (R3).
    pub paper_days: u32,
    /// Seconds after which a shown live code is drawn anew.
    pub redraw_seconds: u32,
    /// Seconds by which a live code's time may differ from the verifier's, either way.
    pub live_window_seconds: u32,
    /// Seconds a credential lasts offline.
    pub credential_seconds: u32,
    /// Seconds a credential's colour counts at gates and manual checks.
    pub colour_seconds: u32,
    /// Age of revocation knowledge, in seconds, from which it is said.
    pub knowledge_said_seconds: u32,
    /// Age of revocation knowledge, in seconds, from which gates and manual checks refuse.
    pub knowledge_refused_seconds: u32,
    /// Relatives that one user may hold codes of.
    pub relatives_per_user: u32,
    /// Holders that one relative may have besides themselves.
    pub holders_per_relative: u32,
    /// Regenerations of one person's code in one day.
    pub regenerations_per_day: u32,
    /// Days before a nucleic-acid code's end from which its successor may be made.
    pub claim_ahead_days: u32,
    /// The age, in years, from which a relative's own consent is needed.
    pub adult_age: u32,
    /// The age, in years, from which a paper code is given for age (R3).
    pub senior_age: u32,
    /// Colours that a gate or a manual check admits, as bits: 1 green, 2 yellow, 4 red.
    pub admitted_colours: u32,
    /// Days after the birthday of `adult_age` on which guardians' holdings end; 0 ends them as that day begins.
    pub coming_of_age_days: u32,
    /// The age, in years, below which a paper code is given for age (R3).
    pub paper_under_age: u32,
    /// Groups that are given a paper code (R3), as bits: 1 holders of the disability certificate, the
    /// others as the city names them.
    pub paper_groups: u32,
    /// Days before the end of a code or a credential from which people are reminded.
    pub reminder_days: u32,
    /// How often a user may ask others for consent in one day.
    pub asks_per_day: u32,
}

impl Limits {
    const COUNT: u8 = 20;

    /// The numbers that every policy has had from the first version of the format on.
    const ALWAYS: u8 = 15;

    /// The numbers of R1 to R6 as the design states them.
    pub const STANDARD: Self = Self {
        nucleic_acid_days: 30,
        paper_days: 180,
        redraw_seconds: 10,
        live_window_seconds: 60,
        credential_seconds: 14 * 86_400,
        colour_seconds: 86_400,
        knowledge_said_seconds: 2 * 3600,
        knowledge_refused_seconds: 24 * 3600,
        relatives_per_user: 8,
        holders_per_relative: 3,
        regenerations_per_day: 10,
        claim_ahead_days: 7,
        adult_age: 18,
        senior_age: 60,
        admitted_colours: 1,
        coming_of_age_days: 0,
        paper_under_age: 18,
        paper_groups: 1,
        reminder_days: 7,
        asks_per_day: 5,
    };

    /// In the order of their numbers, which begin at 1.
    const fn in_order(self) -> [u32; Self::COUNT as usize] {
        [
            self.nucleic_acid_days,
            self.paper_days,
            self.redraw_seconds,
            self.live_window_seconds,
            self.credential_seconds,
            self.colour_seconds,
            self.knowledge_said_seconds,
            self.knowledge_refused_seconds,
            self.relatives_per_user,
            self.holders_per_relative,
            self.regenerations_per_day,
            self.claim_ahead_days,
            self.adult_age,
            self.senior_age,
            self.admitted_colours,
            self.coming_of_age_days,
            self.paper_under_age,
            self.paper_groups,
            self.reminder_days,
            self.asks_per_day,
        ]
    }

    fn read(reader: &mut Reader) -> Result<Self, Malformed> {
        let pairs = reader.any_map()?;
        let mut number = |key| {
            reader.key(key)?;
            reader.u32()
        };
        let mut limits = Self {
            nucleic_acid_days: number(1)?,
            paper_days: number(2)?,
            redraw_seconds: number(3)?,
            live_window_seconds: number(4)?,
            credential_seconds: number(5)?,
            colour_seconds: number(6)?,
            knowledge_said_seconds: number(7)?,
            knowledge_refused_seconds: number(8)?,
            relatives_per_user: number(9)?,
            holders_per_relative: number(10)?,
            regenerations_per_day: number(11)?,
            claim_ahead_days: number(12)?,
            adult_age: number(13)?,
            senior_age: number(14)?,
            admitted_colours: number(15)?,
            ..Self::STANDARD
        };
        // Numbers that an earlier policy does not have yet are the standard's, and those that a later one adds are
        // passed over: a station in the field must not fall silent because its app was updated, or because the city
        // learned a new word.
        let mut last = 15;
        for _ in u64::from(Self::ALWAYS)..pairs {
            let key = reader.u32()?;
            if key <= last {
                return Err(Malformed);
            }
            last = key;
            let value = reader.u32()?;
            match key {
                16 => limits.coming_of_age_days = value,
                17 => limits.paper_under_age = value,
                18 => limits.paper_groups = value,
                19 => limits.reminder_days = value,
                20 => limits.asks_per_day = value,
                _ => {}
            }
        }
        if pairs < u64::from(Self::ALWAYS) { Err(Malformed) } else { Ok(limits) }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::STANDARD
    }
}

/// A policy whose signature has been checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// Counts up with every policy; a lower one is never taken for a higher one.
    pub version: u32,
    /// When it was made.
    pub iat: UnixTime,
    /// The numbers.
    pub limits: Limits,
    table: [[Acceptance; 3]; 5],
}

impl Policy {
    /// The policy of R1 to R6 as the design states it, with this version and time.
    pub const fn standard(version: u32, iat: UnixTime) -> Self {
        use Acceptance::{Accepted, AskIssuer, Refused, WithIdCard};
        let table = [
            [Accepted, Refused, Refused],
            [Accepted, Refused, WithIdCard],
            [Accepted, Accepted, Accepted],
            [Accepted, Accepted, Accepted],
            [Accepted, AskIssuer, AskIssuer],
        ];
        Self { version, iat, limits: Limits::STANDARD, table }
    }

    /// How `presented` is accepted at `place` (R6).
    pub fn acceptance(&self, presented: Presented, place: Place) -> Acceptance {
        self.table[presented as usize][place as usize]
    }

    /// The same policy with one cell of R6 changed.
    #[must_use]
    pub fn with(mut self, presented: Presented, place: Place, acceptance: Acceptance) -> Self {
        self.table[presented as usize][place as usize] = acceptance;
        self
    }

    /// Whether gates and manual checks admit this colour.
    pub fn admits(&self, colour: Colour) -> bool {
        self.limits.admitted_colours & (1 << colour.number()) != 0
    }

    /// Reads a policy and checks that a key of `trust` signed it.
    pub fn parse(bytes: &[u8], trust: &Trust, now: UnixTime) -> Result<Self, Reason> {
        let sign1 = Sign1::parse(bytes)?;
        let policy = Self::read(sign1.payload)?;
        trust.check(&sign1, Purpose::Policy, policy.iat, now)?;
        Ok(policy)
    }

    fn read(payload: &[u8]) -> Result<Self, Malformed> {
        let mut reader = Reader::new(payload);
        reader.map(2)?;
        reader.key(6)?;
        let iat = UnixTime::new(reader.u32()?);
        reader.key(PRIVATE)?;
        reader.array(3)?;
        let version = reader.u32()?;
        let mut table = [[Acceptance::Refused; 3]; 5];
        reader.array(5)?;
        for row in &mut table {
            reader.array(3)?;
            for cell in row {
                let number = usize::from(reader.u8()?);
                *cell = *Acceptance::ALL.get(number).ok_or(Malformed)?;
            }
        }
        let limits = Limits::read(&mut reader)?;
        reader.end()?;
        Ok(Self { version, iat, limits, table })
    }

    /// The policy, for the key `kid` to sign.
    pub fn unsigned(&self, algorithm: Algorithm, kid: KeyId) -> Unsigned {
        let mut writer = Writer::new();
        writer.map(2).int(6).uint(self.iat.get()).int(PRIVATE).array(3).uint(self.version);
        writer.array(5);
        for row in self.table {
            writer.array(3);
            for cell in row {
                writer.uint(cell as u8);
            }
        }
        writer.map(Limits::COUNT.into());
        for (key, value) in (1_u8..).zip(self.limits.in_order()) {
            writer.uint(key).uint(value);
        }
        Unsigned::by_issuer(Purpose::Policy, algorithm, kid, writer.finish())
    }
}
