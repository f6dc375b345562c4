//! The phones and posts that the pages show, and the news that something changed on one of them.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use tokio::sync::watch;

use crate::phone::Phone;
use crate::post::Post;

/// Phones and posts by their ids.
#[derive(Debug, Default)]
pub struct Devices {
    phones: RwLock<BTreeMap<String, Arc<Phone>>>,
    posts: RwLock<BTreeMap<String, Arc<Post>>>,
    changes: watch::Sender<u64>,
}

impl Devices {
    /// Adds a phone, in the place of the one with its id.
    pub fn add_phone(&self, phone: Arc<Phone>) {
        let mut phones = self.phones.write().unwrap_or_else(PoisonError::into_inner);
        phones.insert(phone.device.id.clone(), phone);
    }

    /// Adds a post, in the place of the one with its id.
    pub fn add_post(&self, post: Arc<Post>) {
        let mut posts = self.posts.write().unwrap_or_else(PoisonError::into_inner);
        posts.insert(post.device.id.clone(), post);
    }

    /// The phone with this id.
    pub fn phone(&self, id: &str) -> Option<Arc<Phone>> {
        self.phones.read().unwrap_or_else(PoisonError::into_inner).get(id).cloned()
    }

    /// The post with this id.
    pub fn post(&self, id: &str) -> Option<Arc<Post>> {
        self.posts.read().unwrap_or_else(PoisonError::into_inner).get(id).cloned()
    }

    /// All phones, by id.
    pub fn phones(&self) -> Vec<Arc<Phone>> {
        self.phones.read().unwrap_or_else(PoisonError::into_inner).values().cloned().collect()
    }

    /// All posts, by id.
    pub fn posts(&self) -> Vec<Arc<Post>> {
        self.posts.read().unwrap_or_else(PoisonError::into_inner).values().cloned().collect()
    }

    /// Says that something changed, so that every page looks again.
    pub fn changed(&self) {
        self.changes.send_modify(|number| *number = number.wrapping_add(1));
    }

    /// How often something has changed so far.
    pub fn changes_so_far(&self) -> u64 {
        *self.changes.borrow()
    }

    /// How often something has changed, and each further time.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }
}
