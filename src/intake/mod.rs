//! What goes to the intake, and when. Nothing in here knows what kind of event it carries.

mod batch;

pub use batch::{Batch, FLUSH_AFTER, MAX_BYTES, MAX_MESSAGES};
