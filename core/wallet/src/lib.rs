//! The citizen's wallet: live codes, nucleic-acid codes and relatives, shown offline.
