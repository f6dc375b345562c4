//! A stolen hot root does not shut the cold one out (`docs/decisions/0010-bundles-by-the-cold-root.md`).

use suima_client::wire::Bytes;
use suima_code::{Reason, Root, Trust};

use super::support::{City, MORNING};
use crate::Error;
use crate::knowledge::Knowledge;

#[test]
fn a_bundle_by_the_cold_root_replaces_the_highest_of_the_hot_one_for_good() {
    let city = City::default();
    let (highest, first) = (*Root::Hot.versions().end(), *Root::Cold.versions().start());
    let mut known = Knowledge::default();
    for (version, newer) in [(highest, true), (first, true), (highest, false), (first + 1, true)] {
        let documents = city.documents(version, 1);
        let new = known.examine_documents(&documents, &city.roots(), MORNING).unwrap();
        let before = known.trust_version;
        known.adopt_documents(&new);
        assert_eq!(known.trust_version, if newer { version } else { before });
    }
}

#[test]
fn the_hot_root_signs_no_version_of_the_cold_one() {
    let city = City::default();
    let roots = city.roots();
    let sound = Trust::parse(&city.trust(1).0, &roots).unwrap();
    let beyond = Trust { version: u32::MAX, ..sound };
    let mut documents = city.documents(1, 1);
    documents.trust = Some(Bytes(city.hot.trust(&beyond)));
    let refused = Knowledge::default().examine_documents(&documents, &roots, MORNING);
    let altered = |error: &Error| matches!(error, Error::Untrusted { reason: Reason::Altered, .. });
    assert!(refused.is_err_and(|error| altered(&error)));
}
