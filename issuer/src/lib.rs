//! The issuer: the city service over HTTP and SQLite.
