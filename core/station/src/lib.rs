//! The sampling station: scan, decide, bind and register with no network.
