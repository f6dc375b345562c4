//! Consent of adults (design, section 8): asking for it, giving it, and making use of it by a one-time code.

use std::fmt;

use suima_client::wire::{self, Ask, HoldResponse, WireKey, path};
use suima_code::{IdNumber, IdNumberError, Slot, UnixTime, half_width, is_blank};
use suima_sentences::wallet as say;
use suima_sentences::{Sentence, minute};

use crate::errand::Task;
use crate::error::{BadAnswer, Error, Typed};
use crate::keys::Key;
use crate::secret::SecretText;
use crate::snapshot::{Agreed, Person};
use crate::views::Lens;
use crate::wallet::Wallet;
use crate::wish::Sending;

/// How many digits a one-time code has.
const DIGITS: usize = 8;

/// Somebody who asks whether they may hold the user's codes, or who was told yes and waits for the code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskView {
    /// Its name, by which it is answered.
    pub id: String,
    /// The full name of who asks.
    pub by: String,
    /// When they asked.
    pub at: UnixTime,
    /// Until when it can be answered; or, once the user has agreed, until when the code counts.
    pub expires: UnixTime,
    /// The one-time code to tell them, where the user has agreed.
    pub code: Option<OneTimeCode>,
    /// What to ask the user; or, once they have agreed, what to do with the code.
    pub sentence: Sentence,
}

impl AskView {
    /// What to say once the user has declined.
    pub fn declined(&self) -> Sentence {
        say::consent_declined(&self.by)
    }
}

/// What to say once somebody was asked, whoever they are: [`Wallet::ask`] gave `expires`.
pub fn asked(expires: UnixTime) -> Sentence {
    say::asked(&minute(expires))
}

/// A one-time code: eight digits for the asker, and for nobody else. Wiped from memory when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct OneTimeCode {
    code: SecretText,
    /// Until when it counts.
    pub expires: UnixTime,
}

impl OneTimeCode {
    /// The digits, to be shown on this screen alone.
    pub fn digits(&self) -> &str {
        self.code.as_str()
    }
}

impl fmt::Debug for OneTimeCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OneTimeCode").field("expires", &self.expires).finish_non_exhaustive()
    }
}

impl From<&Agreed> for OneTimeCode {
    fn from(agreed: &Agreed) -> Self {
        Self { code: agreed.code.clone(), expires: agreed.expires }
    }
}

impl Lens<'_> {
    pub fn asks(&self) -> Result<Vec<AskView>, Error> {
        self.snapshot.device()?;
        let (inbox, now) = (&self.snapshot.inbox, self.time.time);
        let waiting = inbox.asks.iter().filter(|ask| now < ask.expires).map(|ask| AskView {
            sentence: say::consent_asked(&ask.by, &minute(ask.expires)),
            code: None,
            ..view(ask)
        });
        let agreed =
            inbox.agreed.iter().filter(|agreed| now < agreed.expires).map(|agreed| AskView {
                sentence: say::consent_given(&agreed.ask.by, &minute(agreed.expires)),
                code: Some(agreed.into()),
                expires: agreed.expires,
                ..view(&agreed.ask)
            });
        let mut asks: Vec<AskView> = waiting.chain(agreed).collect();
        asks.sort_by(|one, two| (one.at, &one.id).cmp(&(two.at, &two.id)));
        Ok(asks)
    }
}

fn view(ask: &Ask) -> AskView {
    AskView {
        id: ask.id.clone(),
        by: ask.by.clone(),
        at: ask.at,
        expires: ask.expires,
        code: None,
        sentence: say::ask_waits(&ask.by, &minute(ask.expires)),
    }
}

impl Wallet {
    /// Asks an adult, by document and full name, whether the user may hold their codes. Says until when they can answer,
    /// and never whether there is such a person.
    ///
    /// An ID number whose check digit does not fit is not sent ([`Error::Mistyped`]): so many are asked a day, and no more.
    pub async fn ask(&self, document: &str, name: &str) -> Result<UnixTime, Error> {
        let document: String = document.chars().filter(|c| !is_blank(*c)).collect();
        let name = name.trim().to_owned();
        let read = IdNumber::parse(&document);
        let mistyped = matches!(read, Err(IdNumberError::CheckDigit | IdNumberError::BirthDate));
        let (length, digits) = document.chars().fold((0, 0), |(length, digits), character| {
            (length + 1, digits + usize::from(half_width(character).is_ascii_digit()))
        });
        // No other document has so many digits: one of an ID number was left out, or typed twice.
        let miscounted = read.is_err() && (15..=19).contains(&length) && length - digits <= 1;
        if mistyped || miscounted || document.is_empty() || name.is_empty() {
            return Err(Error::Mistyped { what: Typed::Document });
        }
        let request = wire::AskRequest { document: document.clone(), name: name.clone() };
        let (errand, sending) =
            self.begin(&Task::Ask { document: SecretText::new(document), name })?;
        let (heard, _) =
            self.send_errand::<_, wire::AskResponse>(path::ASK, &request, &errand, sending).await?;
        self.change("asked", |snapshot| {
            snapshot.anchor = heard.anchor(heard.body.time).or(snapshot.anchor.take());
            snapshot.drop_errand(&errand);
            Ok(())
        })?;
        Ok(heard.body.expires)
    }

    /// Who asks for the user's consent, and who has it and waits for the code, the oldest first.
    pub fn asks(&self) -> Result<Vec<AskView>, Error> {
        self.look(|lens| lens.asks())
    }

    /// Agrees or declines, by [`AskView::id`]. Where the user agreed, the one-time code is theirs to tell the asker; it
    /// stays in [`asks`](Wallet::asks) until it is used or counts no more. Declining takes back a code that was not used yet.
    pub async fn answer(&self, ask: &str, agree: bool) -> Result<Option<OneTimeCode>, Error> {
        let snapshot = self.snapshot()?;
        snapshot.device()?;
        let agreed = snapshot.inbox.agreed.into_iter().find(|agreed| agreed.ask.id == ask);
        if let Some(agreed) = agreed.as_ref().filter(|_| agree) {
            return Ok(Some(agreed.into()));
        }
        let waiting = snapshot.inbox.asks.into_iter().find(|asked| asked.id == ask);
        let asked = waiting.or(agreed.map(|agreed| agreed.ask)).ok_or(Error::NoSuchAsk)?;
        let (errand, sending) = self.begin(&Task::Answer { ask: asked.clone(), agree })?;
        let request = wire::AnswerRequest { ask: ask.to_owned(), agree };
        let (heard, _) = self
            .send_errand::<_, wire::AnswerResponse>(path::ANSWER, &request, &errand, sending)
            .await?;
        let (time, expires) = (heard.body.time, heard.body.expires);
        let anchor = heard.anchor(time);
        let code = heard.body.code.map(SecretText::new).filter(|_| agree);
        if agree && code.is_none() {
            return Err(BadAnswer::Incomplete.into());
        }
        let agreed = code.map(|code| Agreed { ask: asked, code, expires });
        self.change("answered", |snapshot| {
            snapshot.anchor = anchor.or(snapshot.anchor.take());
            snapshot.knowledge.generation += 1;
            snapshot.inbox.asks.retain(|kept| kept.id != ask);
            snapshot.inbox.agreed.retain(|kept| kept.ask.id != ask);
            snapshot.inbox.agreed.extend(agreed.clone());
            let answers =
                |task: &Task| matches!(task, Task::Answer { ask: kept, .. } if kept.id == ask);
            snapshot.errands.retain(|kept| !answers(&kept.task));
            Ok(())
        })?;
        Ok(agreed.as_ref().map(OneTimeCode::from))
    }

    /// Holds the codes of the adult who agreed and told the user this one-time code. Says who it is.
    ///
    /// If no answer comes, the same code can be entered again: it is sent with the same key. What cannot be a one-time code
    /// is not sent ([`Error::Mistyped`]), for attempts are limited.
    pub async fn redeem(&self, code: &str) -> Result<Slot, Error> {
        let code =
            SecretText::new(normal(code).ok_or(Error::Mistyped { what: Typed::OneTimeCode })?);
        let snapshot = self.snapshot()?;
        snapshot.device()?;
        let begun = |task: &Task| matches!(task, Task::Redeem { code: kept, .. } if *kept == code);
        let kept = snapshot.errands.into_iter().find(|errand| begun(&errand.task));
        let was_there = kept.is_some();
        let task = match kept {
            Some(errand) => errand.task,
            None => Task::Redeem { code, key: self.new_key()? },
        };
        let (errand, sending) = self.begin_or_go_on(&task, was_there)?;
        let Task::Redeem { code, key } = &errand.task else {
            unreachable!("what was begun is what was asked for")
        };
        let request = wire::RedeemRequest {
            code: code.as_str().to_owned(),
            holding_key: WireKey::from(&key.public()),
        };
        let sent = self.send_errand::<_, HoldResponse>(path::REDEEM, &request, &errand, sending);
        let (heard, device) = match sent.await {
            Ok(answer) => answer,
            Err(error @ Error::Problem(_)) if sending == Sending::Again => {
                return self.redeemed_before(key).await.ok_or(error);
            }
            Err(error) => return Err(error),
        };
        let slot = self
            .take("redeemed", &device, |snapshot| {
                let (mut next, slot) = snapshot.with_relative(key, &heard, self.roots())?;
                next.drop_errand(&errand);
                Ok((next, slot))
            })
            .await?;
        self.claim_if_possible().await;
        Ok(slot)
    }
}

impl Wallet {
    /// Whom an earlier sending of a code brought, as the issuer tells it now: the one whose holding has this key.
    async fn redeemed_before(&self, key: &Key) -> Option<Slot> {
        self.fetch(&[]).await.ok()?;
        let people = self.snapshot().ok()?.people;
        let has_key =
            |person: &Person| person.holding.as_ref().is_some_and(|held| held.key == *key);
        people.iter().find(|person| has_key(person)).map(|person| person.slot)
    }
}

/// The digits of a one-time code as people type it, or `None` where it cannot be one.
fn normal(typed: &str) -> Option<String> {
    let meant = typed.chars().filter(|c| !is_blank(*c) && !matches!(c, '-' | '\u{ff0d}'));
    let narrow = |c: char| match c {
        '\u{ff10}'..='\u{ff19}' => char::from_digit(u32::from(c) - 0xff10, 10),
        _ => Some(c).filter(char::is_ascii_digit),
    };
    let code: Option<String> = meant.map(narrow).collect();
    code.filter(|code| code.len() == DIGITS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_time_codes_are_taken_as_people_write_them_and_what_is_none_is_not() {
        for typed in ["12345678", "1234 5678", " 1234-5678\t", "１２３４ ５６７８"] {
            assert_eq!(normal(typed).as_deref(), Some("12345678"), "{typed}");
        }
        for typed in ["", "1234567", "123456789", "1234567a", "一二三四五六七八"] {
            assert_eq!(normal(typed), None, "{typed}");
        }
    }
}
