//! Asking the issuer for somebody's status (R6). Each question is kept in its audit log, with the staff member's name.

use serde::Serialize;
use suima_client::wire::{IdCardRequest, PersonStatus, ProblemId, StatusResponse, path};
use suima_code::{Acceptance, IdNumber, Place, Presented, Reason, UnixTime};
use suima_device::Level;

use crate::verdict::{Compared, Finding};
use crate::{Error, Station};

/// The longest name of who asks that the issuer's log takes, in characters.
const ASKER: usize = 64;

/// Who asks, as the issuer's log takes it.
pub(crate) fn asker(name: &str) -> String {
    name.chars().take(ASKER).collect()
}

impl Station {
    /// What an ID card is worth at a place that asks for colours. Holds no lock while the issuer is asked.
    pub(crate) async fn find_card(
        &self,
        id_number: IdNumber,
        place: Place,
        staff: String,
    ) -> Result<Finding, Error> {
        let acceptance = self.state()?.policy()?.acceptance(Presented::IdCard, place);
        match acceptance {
            Acceptance::Refused => {
                let (reason, presented) = (Reason::WrongPlace { place }, Some(Presented::IdCard));
                Ok(Finding::Refused { reason, presented })
            }
            Acceptance::Accepted => Ok(Finding::Accepted),
            Acceptance::WithIdCard | Acceptance::AskIssuer => {
                let request = IdCardRequest { id_number, place, staff };
                self.look_up(path::ID_CARD, &request, None).await
            }
        }
    }

    /// Asks the issuer. Without an answer of now nothing is known, and that is all that is said.
    pub(crate) async fn look_up<Q: Serialize>(
        &self,
        path: &str,
        request: &Q,
        compared: Option<Compared>,
    ) -> Result<Finding, Error> {
        let answer: StatusResponse = match self.ask(path, request).await {
            Ok(answer) => answer,
            Err(Error::Offline { .. } | Error::NoAnswer { .. }) => {
                return Ok(Finding::StatusUnknown { compared });
            }
            Err(Error::Problem(problem)) if problem.id == ProblemId::Internal => {
                return Ok(Finding::StatusUnknown { compared });
            }
            Err(other) => return Err(other),
        };
        let state = self.state()?;
        let policy = state.policy()?;
        if !is_of_now(answer.time, self.now(&state).time, policy.limits.live_window_seconds) {
            let detail = "its time is not now".to_owned();
            self.log(Level::Warn, "station.status.refused", detail);
            return Ok(Finding::StatusUnknown { compared });
        }
        let differs = compared.is_some_and(|compared| !compared.agrees());
        Ok(match answer.status {
            // What the issuer holds to be one person, and the card does not look it: nobody is told anything of them.
            PersonStatus::Match { .. } if differs => Finding::NoMatch,
            PersonStatus::Match { colour } => {
                let admitted = policy.admits(colour);
                Finding::Match { colour, as_of: answer.time, admitted }
            }
            PersonStatus::NoMatch => Finding::NoMatch,
        })
    }
}

/// An answer that was kept back, or that comes from a clock astray, says nothing of now. What a live code may be off by,
/// an answer may.
fn is_of_now(said: UnixTime, now: UnixTime, window: u32) -> bool {
    now.since(said).abs() <= i64::from(window)
}
