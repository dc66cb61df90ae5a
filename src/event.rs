//! The kinds of RUM events (`rum-events-format`), and what is different about each beside its own part.
//!
//! The parts are written where their rules are: [`crate::view`], [`crate::resource`]; others, as
//! those of errors, come ready from the page. [`crate::assembly`] writes the event around them. Durations are whole nanoseconds, dates epoch milliseconds.

use crate::action::Child;

/// The kind of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is the schema's type of that name")]
pub enum Kind {
    Action,
    Error,
    LongTask,
    Resource,
    Vital,
    View,
}

impl Kind {
    /// By the number that the page gives it; anything else is a vital.
    pub const fn from_number(number: f64) -> Self {
        match number as u8 {
            0 => Self::Action,
            1 => Self::Error,
            2 => Self::LongTask,
            3 => Self::Resource,
            _ => Self::Vital,
        }
    }

    /// `type`
    pub const fn name(self) -> &'static str {
        match self {
            Self::Action => "action",
            Self::Error => "error",
            Self::LongTask => "long_task",
            Self::Resource => "resource",
            Self::Vital => "vital",
            Self::View => "view",
        }
    }

    /// Whether it says if the page was in the foreground.
    pub const fn has_foreground(self) -> bool {
        matches!(self, Self::Action | Self::Error)
    }

    /// What it is to the action that may be its cause; absent when none may.
    pub const fn as_child(self) -> Option<Child> {
        match self {
            Self::Error => Some(Child::Error),
            Self::LongTask => Some(Child::LongTask),
            Self::Resource => Some(Child::Resource),
            _ => None,
        }
    }

    /// Whether so many a minute are enough.
    pub const fn is_limited(self) -> bool {
        matches!(self, Self::Action | Self::Error | Self::Vital)
    }
}
