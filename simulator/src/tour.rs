//! The tour: the story of a family of four (two parents, a child, and a grandmother with a paper code and no phone) and of
//! two posts, from first light to the day the codes are renewed, each step compared with what the rules say.

mod grandmother;
mod record;
mod stage;
mod story;

use std::path::Path;

use suima_code::UnixTime;

use crate::Error;
use stage::Stage;

/// When the story begins: 2026-11-23 at nine in the morning, in Shanghai.
const MORNING: UnixTime = UnixTime::new(1_795_395_600);

/// Why the tour stopped.
#[derive(Debug, thiserror::Error)]
pub enum TourError {
    /// A step came out otherwise than the rules say.
    #[error("{step}: expected {expected}, got {actual}")]
    Unexpected {
        /// The step.
        step: String,
        /// What the rules say.
        expected: String,
        /// What came.
        actual: String,
    },
    /// Something did not work at all.
    #[error(transparent)]
    City(#[from] Error),
    /// The folder could not be used.
    #[error(transparent)]
    Folder(#[from] std::io::Error),
}

macro_rules! from_city {
    ($($error:ty),+) => {
        $(impl From<$error> for TourError {
            fn from(error: $error) -> Self {
                Self::City(error.into())
            }
        })+
    };
}

impl From<suima_issuer::Failure> for TourError {
    fn from(failure: suima_issuer::Failure) -> Self {
        suima_issuer::Error::from(failure).into()
    }
}

from_city!(suima_wallet::Error, suima_station::Error, suima_issuer::Error);

/// Plays the whole story on a city of its own and leaves in `out` what checks from outside need. Prints a line per step.
///
/// Fails at the first step that does not come out as the rules say.
pub async fn play(out: &Path) -> Result<(), TourError> {
    let home = tempfile::tempdir()?;
    let mut stage = Stage::set(home.path(), out, MORNING).await?;
    story::enrol(&mut stage).await?;
    story::show_and_scan(&mut stage)?;
    story::hold_the_child(&mut stage).await?;
    story::without_network(&mut stage).await?;
    story::regenerate(&mut stage).await?;
    let paper = grandmother::at_the_terminal(&mut stage).await?;
    grandmother::about_town(&mut stage, &paper).await?;
    grandmother::lost(&mut stage, &paper).await?;
    story::refuse(&mut stage)?;
    story::thirty_days(&mut stage).await?;
    story::seal_and_upload(&mut stage).await?;
    stage.leave_documents()?;
    println!("{} steps, each as the rules say", stage.steps());
    Ok(())
}
