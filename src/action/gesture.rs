//! One gesture: where it was made, and how far the click is that it becomes.

use super::{Action, Counts};
use crate::activity::{End, Wait};
use crate::time::RelativeTime;

/// Where a click was made.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Press {
    /// The same number for the same element.
    pub target: u32,
    /// `clientX`; 0 for a key.
    pub x: f64,
    /// `clientY`; 0 for a key.
    pub y: f64,
}

/// What a gesture was made on.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Description<'a> {
    /// `action.target.name`
    pub name: &'a str,
    /// `_dd.action`, as JSON text.
    pub details: &'a str,
    /// Frustrations that are none here, by `data-dd-ignore-frustration` or because nothing can be
    /// told of such an element: rage (1), dead (2), error (4).
    pub ignored: u8,
}

/// How far a click is.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub(super) enum State {
    /// The pointer has just gone down: is there activity before it goes up?
    Pressed,
    /// A click, waiting for the end of its activity.
    Waiting,
    /// The pointer has been down for a while.
    Held,
    /// Ended before it was known whether it would lead to anything.
    Interrupted,
    /// Led to nothing in all the time it had.
    Unanswered,
    Answered,
}

/// A gesture, which becomes a click.
#[derive(Debug)]
pub(super) struct Click {
    /// Counts gestures.
    pub(super) number: u32,
    /// Number of the first click of its chain.
    pub(super) chain: u32,
    pub(super) state: State,
    pub(super) press: Press,
    /// For the activity soon after the pointer went down; then for the click's own.
    pub(super) wait: Wait,
    /// Whether there was activity soon after the pointer went down.
    pub(super) had_activity: bool,
    /// Since when nothing belongs to it any more.
    pub(super) end: RelativeTime,
    /// Bits of what the user did meanwhile.
    pub(super) seen: u8,
    pub(super) ignored: u8,
    /// What happened since, whichever click of the chain it belongs to.
    pub(super) since: Counts,
    pub(super) action: Action,
}

impl Click {
    pub(super) fn is_waiting(&self) -> bool {
        self.state <= State::Waiting
    }

    /// Whether it is no click yet.
    pub(super) fn is_down(&self) -> bool {
        matches!(self.state, State::Pressed | State::Held)
    }

    /// What it waited for has ended.
    pub(super) fn stop(&mut self, end: End, now: RelativeTime) {
        if self.state == State::Pressed {
            self.state = State::Held;
            return;
        }
        self.end = now;
        self.state = match end {
            End::Idle(at) | End::Bounded(at) | End::Interrupted(Some(at)) => self.answer(at),
            // What began with the pointer's way down was there when the click began.
            _ if self.had_activity => self.answer(self.action.start),
            End::NoActivity => State::Unanswered,
            End::Interrupted(None) => State::Interrupted,
        };
    }

    pub(super) fn answer(&mut self, at: RelativeTime) -> State {
        self.end = at;
        self.action.duration = Some(at.saturating_since(self.action.start));
        State::Answered
    }
}
