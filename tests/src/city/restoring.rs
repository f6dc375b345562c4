//! A city whose database is lost, and put back from a backup.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use suima_issuer::{Issuer, SystemRandom};
use tokio::net::TcpListener;

use super::City;

impl City {
    /// A copy of the database as it is now.
    pub fn back_up(&self) -> PathBuf {
        let number = self.clock.now();
        let copy = self.town_hall.path().join(format!("backup-{number}.sqlite"));
        self.issuer.back_up(&copy).expect("the copy is written");
        copy
    }

    /// Where the journal is that outlives the database.
    pub fn journal(&self) -> PathBuf {
        self.town_hall.path().join("issuer.journal")
    }

    /// Ends the service, and begins it anew on a backup and the journal, at the same address.
    pub async fn put_back(&mut self, backup: &Path) {
        self.serving.abort();
        let ended = (&mut self.serving).await;
        assert!(ended.is_err_and(|error| error.is_cancelled()), "it served until now");
        let (clock, random) = (Arc::new(self.clock.clone()), Arc::new(SystemRandom));
        self.issuer = Issuer::open_with_journal(backup, &self.journal(), clock, random)
            .expect("the backup opens");
        let listener = TcpListener::bind(self.address).await.expect("the port is free again");
        self.serving = tokio::spawn(axum::serve(listener, self.issuer.router()).into_future());
    }

    /// The same where the journal is lost: everything is voided first.
    pub async fn put_back_without_journal(&mut self, backup: &Path) {
        std::fs::remove_dir_all(self.journal()).expect("there was one");
        Issuer::restore_without_journal(backup, &self.journal(), &self.clock, &SystemRandom)
            .expect("everything is voided");
        self.put_back(backup).await;
    }
}
