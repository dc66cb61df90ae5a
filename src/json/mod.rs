//! JSON, as little of it as the engine needs: [`write()`] for what Ferrum reports, [`read`] for
//! what the page passed in, and [`Raw`] for text that only passes through.

pub mod read;
mod serializer;
mod write;

pub use write::{Raw, to_string, write};
