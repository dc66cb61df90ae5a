//! JSON, as little of it as the engine needs: [`Writer`] for what Ferrum reports, [`read`] for what
//! the page passed in, and [`Raw`] for text that only passes through.

pub mod read;
mod write;

pub(crate) use write::push_digits;
pub use write::{Raw, Writer};
