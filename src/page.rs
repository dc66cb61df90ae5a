//! What the engine is told of the page: its inputs.

use alloc::string::String;

use crate::action;
use crate::activity::Activity;
use crate::assembly::Context;
use crate::entry::Entry;
use crate::event::Kind;
use crate::id::Uuid;
use crate::time::{Duration, RelativeTime};
use crate::view::Support;

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
    /// A random id, from which the engine makes its own.
    pub seed: Uuid,
    /// The id of the initial view, if somebody had to know it before the engine was ready.
    pub initial_view: Option<Uuid>,
    /// Whether the page was hidden before that, so that the shim sent this view by itself.
    pub was_sent: bool,
}

/// Something that happened in the page. Texts are borrowed: the engine keeps few of them.
#[derive(Clone, Debug)]
pub enum Input<'a> {
    /// What an observer of the page delivered, in order of time.
    Entries(&'a [Entry<'a>]),
    /// `performance.interactionCount`, to be told before the entries it belongs to.
    InteractionCount(u64),
    /// The user pressed a key or clicked, at this time: paints after it are no loading any more.
    UserInput(RelativeTime),
    /// The user is there. The caller sees to it that this comes once a second at most.
    Activity {
        /// When: the page may have done something in answer to it meanwhile.
        at: RelativeTime,
        /// The value of `_dd_s_v2`; empty when there is none.
        cookie: &'a str,
    },
    /// Another tab or SDK may have changed what is stored.
    SessionChanged {
        /// The value of `_dd_s_v2`; empty when there is none.
        cookie: &'a str,
    },
    /// `stopSession`
    StopSession {
        /// The value of `_dd_s_v2`; empty when there is none.
        cookie: &'a str,
    },
    /// The page is visible again.
    Visible {
        /// Since when.
        at: RelativeTime,
        /// The value of `_dd_s_v2`; empty when there is none.
        cookie: &'a str,
    },
    /// The page was hidden, at this time. It may never get another chance to send anything.
    Hidden(RelativeTime),
    /// The page is about to die.
    Terminated,
    /// The browser stopped the page's timers, at this time.
    Frozen(RelativeTime),
    /// The browser lets the page run again: the `resume` event.
    Resumed {
        /// Since when.
        at: RelativeTime,
        /// The value of `_dd_s_v2`; empty when there is none.
        cookie: &'a str,
    },
    /// The page gained (`true`) or lost the focus, at this time.
    Focused(bool, RelativeTime),
    /// The page was scrolled, or changed its height.
    Scrolled {
        /// When.
        at: RelativeTime,
        /// The lower edge of what is visible, CSS pixels from the top of the document.
        depth: f64,
        /// The upper edge.
        top: f64,
        /// The document's height.
        height: f64,
    },
    /// The document came back from the back/forward cache, at this time.
    Restored(RelativeTime),
    /// The address changed. Whether that starts a view is decided here.
    UrlChanged {
        /// `location.href`
        url: &'a str,
        /// Whether the fragment is the id of an element: a jump within the page.
        is_anchor: bool,
    },
    /// `setTrackingConsent`
    Consent {
        /// Whether it was granted.
        is_granted: bool,
        /// The value of `_dd_s_v2`; empty when there is none.
        cookie: &'a str,
    },
    /// The user began a gesture, made a click of it, or did something else in answer to the page.
    Gesture(Gesture<'a>, RelativeTime),
    /// The page is at work, at this time.
    PageActivity(Activity, RelativeTime),
    /// A context was replaced, by this JSON text.
    Context(Context, &'a str),
    /// The page called the API, at this time.
    Call(RelativeTime, Call<'a>),
    /// The wake-up that was asked for, or any other occasion to look at the time.
    Wake {
        /// The value of `_dd_s_v2`; empty when there is none.
        cookie: &'a str,
    },
    /// What the page made of an event that [`Output::Review`](crate::rum::Output::Review) showed
    /// it, or the part that it asked for; absent when the event is not to be sent.
    Reviewed {
        /// The review's.
        ticket: u32,
        /// The event as JSON text.
        event: Option<&'a str>,
    },
    /// The reviews that had to come before [`Output::Deliver`](crate::rum::Output::Deliver) have.
    Deliver {
        /// As there.
        is_exit: bool,
    },
    /// How events leave from now on.
    Delivery {
        /// Whether the page sees every event before, as by a `beforeSend`.
        is_reviewed: bool,
        /// Whether they leave at once, as to an app around the page.
        is_immediate: bool,
        /// Whether the page completes views before. It may know more of the current one by now, which is
        /// sent again.
        completes_views: bool,
    },
    /// The page wants no more of it: send what there is.
    Stop,
}

/// What a pointer or a key did.
#[derive(Clone, Debug, PartialEq)]
pub enum Gesture<'a> {
    /// It went down.
    Begin,
    /// It went up: a click.
    Click(action::Press),
    /// What the last gesture was made on, once the page has looked; absent when that is nobody's
    /// business.
    Described(Option<action::Description<'a>>),
    /// Since it began, the user changed the selection (1), entered something (2) or scrolled (4).
    Answered(u8),
}

/// A call of the public API that concerns events. Contexts come as [`Input::Context`].
#[derive(Clone, Debug, PartialEq)]
pub enum Call<'a> {
    /// An event that needs no rules of the engine but those that all events have: errors, long tasks,
    /// vitals, and what the page or its plugins collect themselves.
    AddEvent {
        /// Its kind; no view.
        kind: Kind,
        /// Its own part, as JSON text: an object with the member of its kind, and anything else that is
        /// to win over what all events have.
        part: &'a str,
        /// JSON text of what wins over that; may be empty.
        over: &'a str,
        /// How long it took, for what says nothing if the browser froze the page meanwhile; zero
        /// for what does not.
        duration: Duration,
        /// What the page knows its context by when it reviews the event; 0 for none.
        token: u32,
        /// Whether the page adds the rest of the part in a review of its own, which shows it nothing.
        is_unfinished: bool,
    },
    /// `addAction`
    AddAction {
        /// `action.target.name`
        name: &'a str,
        /// The action's own context, as JSON text.
        context: &'a str,
        /// What the page knows its context by when it reviews the event; 0 for none.
        token: u32,
    },
    /// `startAction`
    StartAction(action::Call<'a>),
    /// `stopAction`
    StopAction(action::Call<'a>),
    /// `setViewLoadingTime`
    SetViewLoadingTime,
    /// `addTiming`
    AddTiming {
        /// What was marked.
        name: &'a str,
        /// When: milliseconds since the view's start, or since the epoch when that is more than
        /// a year; absent for the time of the call.
        time: Option<f64>,
    },
    /// `startView`
    StartView {
        /// What the page says about the view.
        options: ViewOptions<'a>,
        /// Instead of the page's address; already absolute, or empty.
        url: &'a str,
    },
    /// `setViewName`
    SetViewName(&'a str),
    /// `setViewContext`, with JSON text.
    SetViewContext(&'a str),
    /// `addFeatureFlagEvaluation`
    AddFeatureFlagEvaluation {
        /// The flag.
        key: &'a str,
        /// What it was evaluated to: any JSON value.
        value: &'a str,
    },
}

/// What the page may say about a view when it starts one: [`Options`](crate::view::Options).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[allow(missing_docs, reason = "as there")]
pub struct ViewOptions<'a> {
    pub name: &'a str,
    pub service: &'a str,
    pub version: &'a str,
    pub context: &'a str,
}
