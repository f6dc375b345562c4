//! A station as a process of its own, to be killed in the tests.

use suima_tests::city::open_station;
use suima_tests::errand::{Errand, PostTask};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let errand = Errand::<PostTask>::from_arguments();
    let (url, roots) = (&errand.url, errand.roots());
    let station = open_station(&errand.database, url, &roots, &errand.clock(), errand.log());
    match &errand.task {
        PostTask::Work(shift) => {
            shift.work(&station, |what, which| println!("{what} {which}")).expect("it goes on");
            let uploaded = station.upload().await.expect("the issuer answers");
            assert_eq!(uploaded.waiting, 0);
        }
        PostTask::Sync => {
            let synced = station.sync().await.expect("the issuer answers");
            assert!(synced.current, "{synced:?}");
        }
    }
    println!("done");
}
