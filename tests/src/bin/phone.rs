//! A phone as a process of its own, to be killed in the tests.

use suima_tests::city::open_wallet;
use suima_tests::errand::{Errand, PhoneTask};
use suima_wallet::Regenerated;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let errand = Errand::<PhoneTask>::from_arguments();
    let (url, roots) = (&errand.url, errand.roots());
    let wallet = open_wallet(&errand.database, url, &roots, &errand.clock(), errand.log());
    match errand.task {
        PhoneTask::Regenerate(slot) => {
            let agreed = wallet.warning(slot).expect("there is a code").confirm;
            let regenerated = wallet.regenerate(agreed).await.expect("the issuer answers");
            assert!(matches!(regenerated, Regenerated::Made { .. }), "{regenerated:?}");
        }
        PhoneTask::Refresh => {
            wallet.refresh().await.expect("the issuer answers");
        }
        PhoneTask::Agree(ask) => {
            let code = wallet.answer(&ask, true).await.expect("the issuer answers");
            assert!(code.is_some(), "agreeing gives a code");
        }
        PhoneTask::Redeem(code) => {
            wallet.redeem(&code).await.expect("the issuer answers");
        }
        PhoneTask::End(slot, holding) => {
            wallet.end_holding(slot, holding).await.expect("the issuer answers");
        }
    }
    println!("done");
}
