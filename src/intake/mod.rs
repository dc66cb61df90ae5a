//! What goes to the intake, and when. Nothing in here knows what kind of event it carries.

mod batch;
mod limits;

pub use batch::{Batch, FLUSH_AFTER, MAX_BYTES, MAX_MESSAGES};
pub use limits::{Admission, EVENTS_A_MINUTE, Limits};
