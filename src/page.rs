//! What the engine is told of the page: its inputs.

use alloc::string::String;
use alloc::vec::Vec;

use crate::assembly::Context;
use crate::entry::Entry;
use crate::error_event::Report;
use crate::id::Uuid;
use crate::json::Raw;
use crate::time::RelativeTime;
use crate::view::{self, Support};

/// Where the page stands when the engine starts.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// `location.href`
    pub url: String,
    /// `document.referrer`
    pub referrer: String,
    /// `performance.timeOrigin`, epoch milliseconds.
    pub time_origin: f64,
    /// `activationStart` of the navigation entry; the origin unless the page was prerendered.
    pub activation_start: RelativeTime,
    /// Whether the page is hidden now.
    pub is_hidden: bool,
    /// Whether the page is focused now.
    pub is_focused: bool,
    /// Which entries this browser has.
    pub support: Support,
    /// `tab.id`
    pub tab_id: Uuid,
    /// A random id, from which the engine makes its own.
    pub seed: Uuid,
    /// The view that the shim sent by itself when the page was hidden before the engine was
    /// ready; the initial view goes on with its id.
    pub bounced_view: Option<Uuid>,
}

/// Something that happened in the page.
#[derive(Clone, Debug)]
pub enum Input {
    /// What an observer of the page delivered, in order of time.
    Entries(Vec<Entry>),
    /// `performance.interactionCount`, to be told before the entries it belongs to.
    InteractionCount(u64),
    /// The user pressed a key or clicked, at this time: paints after it are no loading any more.
    UserInput(RelativeTime),
    /// The user is there; the cookie's value as it is now. The caller sees to it that this comes
    /// once a second at most.
    Activity {
        /// The value of `_dd_s_v2`; empty when there is none.
        cookie: String,
    },
    /// The page is visible again.
    Visible,
    /// The page was hidden, at this time. It may never get another chance to send anything.
    Hidden(RelativeTime),
    /// The page is about to die.
    Terminated,
    /// The page gained (`true`) or lost the focus.
    Focused(bool),
    /// The document came back from the back/forward cache, at this time.
    Restored(RelativeTime),
    /// The address changed. Whether that starts a view is decided here.
    UrlChanged {
        /// `location.href`
        url: String,
        /// Whether the fragment is the id of an element: a jump within the page.
        is_anchor: bool,
    },
    /// `setTrackingConsent`
    Consent {
        /// Whether it was granted.
        is_granted: bool,
        /// The value of `_dd_s_v2`; empty when there is none.
        cookie: String,
    },
    /// A context was replaced.
    Context(Context, Raw),
    /// The page called the API, at this time.
    Call(RelativeTime, Call),
    /// The wake-up that was asked for, or any other occasion to look at the time.
    Wake {
        /// The value of `_dd_s_v2`; empty when there is none.
        cookie: String,
    },
    /// The page wants no more of it: send what there is.
    Stop,
}

/// A call of the public API that concerns events. Contexts come as [`Input::Context`].
#[derive(Clone, Debug, PartialEq)]
pub enum Call {
    /// `addAction`
    AddAction {
        /// `action.target.name`
        name: String,
        /// The action's own context.
        context: Raw,
    },
    /// `addError`, and what nobody caught.
    AddError {
        /// The error.
        report: Report,
        /// The error's own context.
        context: Raw,
    },
    /// `addTiming`
    AddTiming {
        /// What was marked.
        name: String,
        /// When: milliseconds since the time origin, or since the epoch when that is more than
        /// a year; absent for the time of the call.
        time: Option<f64>,
    },
    /// `startView`
    StartView {
        /// What the page says about the view.
        options: view::Options,
        /// Instead of the page's address; already absolute.
        url: Option<String>,
    },
    /// `setViewName`
    SetViewName(String),
    /// `setViewContext`
    SetViewContext(Raw),
    /// `addFeatureFlagEvaluation`
    AddFeatureFlagEvaluation {
        /// The flag.
        key: String,
        /// What it was evaluated to: any JSON value.
        value: Raw,
    },
}
