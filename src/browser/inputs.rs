//! Inputs as they cross the boundary (`js/page/input.ts` is the other half; keep the two together).
//!
//! | kind | numbers, after the two clocks and the time | texts |
//! |---|---|---|
//! | 0 to 6 entries | see [`super::entries`] | |
//! | 7 start | timeOrigin, activationStart, is hidden, is focused, has layout-shift, sessionSampleRate, trackResources, trackViewsManually, trackAnonymousUser, sends view updates, has beforeSend, kinds with flags, was sent | url, referrer, seed, initial view, cookie, base, base of views |
//! | 8 interaction count | count | |
//! | 9 user input | | |
//! | 10 activity | | cookie |
//! | 11 visibility | is hidden | cookie |
//! | 12 focus | is focused | |
//! | 13 terminate, 14 restore, 19 stop, 20 freeze | | |
//! | 21 resume, 42 session changed, 43 stop session | | cookie |
//! | 15 address | is anchor | url |
//! | 16 consent | is granted | cookie |
//! | 17 context | kind: 0 global, 1 user, 2 account, 3 the view's, 4 what all events have, 5 connectivity, 6 display | json |
//! | 18 wake | | cookie |
//! | 22 scroll | depth, top, height | |
//! | 23 reviewed | ticket, is sent | event |
//! | 24 event | kind, token, duration or 0, is unfinished | part, and what wins over it |
//! | 25 action | token | name, context |
//! | 27 timing | time or -1 | name |
//! | 28 start view | | name, service, version, context, url |
//! | 29 view name | | name |
//! | 30 flag | | key, value |
//! | 31 internal context, 32 view context | | |
//! | 33 deliver | is exit | |
//! | 34 pointer down | | |
//! | 35 pointer up | number of the target, x, y | |
//! | 36 described | what is ignored | name, details; none when nobody may know |
//! | 37 user activity | what | |
//! | 38 page activity | 0 change, 1 start or 2 end of a request; its number | |
//! | 39 start action, 40 stop action | | key, name, type, context |
//! | 41 loading time | | |
//! | 44 delivery | is reviewed, is immediate, completes views | |
//!
//! A text that is empty is absent.

use alloc::borrow::ToOwned;
use alloc::string::String;
use core::array;

use crate::action;
use crate::activity::Activity;
use crate::assembly::Context;
use crate::config::Config;
use crate::event::Kind;
use crate::id::Uuid;
use crate::page::{Call, Gesture, Input, Page, ViewOptions};
use crate::rum::Rum;
use crate::text;
use crate::time::{Duration, Now, RelativeTime};
use crate::view::Support;

/// What makes an engine.
pub(super) const START: u8 = 7;
/// The last input of an engine.
pub(super) const STOP: u8 = 19;
/// Questions, which are no inputs.
pub(super) const INTERNAL_CONTEXT: u8 = 31;
pub(super) const VIEW_CONTEXT: u8 = 32;

/// Numbers and texts, taken one after the other. Those that are missing are 0 and empty.
pub(super) struct Record<'a> {
    pub(super) numbers: core::slice::Iter<'a, f64>,
    texts: text::Pieces<'a>,
}

impl<'a> Record<'a> {
    pub(super) fn new(numbers: &'a [f64], texts: &'a str) -> Self {
        Self { numbers: numbers.iter(), texts: text::pieces(texts, b'\0') }
    }

    pub(super) fn now(&mut self) -> Now {
        Now { at: self.time(), wall: self.number() }
    }

    /// An input that is neither entries nor one of the constants above.
    ///
    /// Numbers and texts are taken before the kind is looked at: no kind has more, and what one has
    /// not is 0 and empty.
    #[inline(never)]
    pub(super) fn input(&mut self, kind: u8, at: RelativeTime) -> Input<'a> {
        let [number, second, third, fourth] = array::from_fn(|_| self.number());
        let [text, other, version, context, url] = array::from_fn(|_| self.str());
        let is_on = number != 0.0;
        let call = |call| Input::Call(at, call);
        let gesture = |gesture| Input::Gesture(gesture, at);
        match kind {
            8 => Input::InteractionCount(number as u64),
            10 => Input::Activity { at, cookie: text },
            11 if is_on => Input::Hidden(at),
            11 => Input::Visible { at, cookie: text },
            12 => Input::Focused(is_on, at),
            13 => Input::Terminated,
            14 => Input::Restored(at),
            15 => Input::UrlChanged { url: text, is_anchor: is_on },
            16 => Input::Consent { is_granted: is_on, cookie: text },
            17 => context_input(number as u8, text, at),
            18 => Input::Wake { cookie: text },
            STOP => Input::Stop,
            20 => Input::Frozen(at),
            21 => Input::Resumed { at, cookie: text },
            22 => Input::Scrolled { at, depth: number, top: second, height: third },
            23 => {
                let event = (second != 0.0).then_some(text);
                Input::Reviewed { ticket: number as u32, event }
            }
            24 => call(Call::AddEvent {
                kind: Kind::from_number(number),
                token: second as u32,
                duration: Duration::from_millis(third),
                is_unfinished: fourth != 0.0,
                part: text,
                over: other,
            }),
            25 => call(Call::AddAction { name: text, context: other, token: number as u32 }),
            27 => call(Call::AddTiming { name: text, time: (number >= 0.0).then_some(number) }),
            28 => {
                let options = ViewOptions { name: text, service: other, version, context };
                call(Call::StartView { options, url })
            }
            29 => call(Call::SetViewName(text)),
            30 => call(Call::AddFeatureFlagEvaluation { key: text, value: other }),
            33 => Input::Deliver { is_exit: is_on },
            34 => gesture(Gesture::Begin),
            35 => {
                let press = action::Press { target: number as u32, x: second, y: third };
                gesture(Gesture::Click(press))
            }
            36 if other.is_empty() => gesture(Gesture::Described(None)),
            36 => gesture(Gesture::Described(Some(action::Description {
                name: text,
                details: other,
                ignored: number as u8,
            }))),
            37 => gesture(Gesture::Answered(number as u8)),
            38 => Input::PageActivity(activity(number as u8, second as u32), at),
            39 => call(Call::StartAction(action_call(text, other, version, context))),
            40 => call(Call::StopAction(action_call(text, other, version, context))),
            41 => call(Call::SetViewLoadingTime),
            42 => Input::SessionChanged { cookie: text },
            43 => Input::StopSession { cookie: text },
            44 => Input::Delivery {
                is_reviewed: is_on,
                is_immediate: second != 0.0,
                completes_views: third != 0.0,
            },
            // 9: both sides come from one build.
            _ => Input::UserInput(at),
        }
    }

    /// An engine that begins now.
    #[inline(never)]
    pub(super) fn start(&mut self, now: Now) -> Rum {
        let mut page = Page {
            time_origin: self.number(),
            activation_start: self.time(),
            is_hidden: self.flag(),
            is_focused: self.flag(),
            support: Support { layout_shift: self.flag() },
            ..Page::default()
        };
        let config = Config {
            session_sample_rate: self.number(),
            track_resources: self.flag(),
            track_views_manually: self.flag(),
            track_anonymous_user: self.flag(),
            sends_view_updates: self.flag(),
            has_before_send: self.flag(),
            completes_views: false,
            is_immediate: false,
            flagged_kinds: self.number() as u8,
        };
        page.was_sent = self.flag();
        page.url = self.text();
        page.referrer = self.text();
        page.seed = Uuid::parse(self.str()).unwrap_or_default();
        page.initial_view = Uuid::parse(self.str());
        let cookie = self.str();
        Rum::start(config, page, [self.str(), self.str()], cookie, now)
    }

    // One copy of each, not one for each field.
    #[inline(never)]
    pub(super) fn number(&mut self) -> f64 {
        self.numbers.next().copied().unwrap_or_default()
    }

    pub(super) fn flag(&mut self) -> bool {
        self.number() != 0.0
    }

    pub(super) fn time(&mut self) -> RelativeTime {
        RelativeTime::from_millis(self.number())
    }

    #[inline(never)]
    pub(super) fn str(&mut self) -> &'a str {
        self.texts.next().unwrap_or_default()
    }

    fn text(&mut self) -> String {
        self.str().to_owned()
    }
}

fn context_input(kind: u8, json: &str, at: RelativeTime) -> Input<'_> {
    let context = match kind {
        0 => Context::Global,
        1 => Context::User,
        2 => Context::Account,
        4 => Context::Base,
        5 => Context::Connectivity,
        6 => Context::Display,
        _ => return Input::Call(at, Call::SetViewContext(json)),
    };
    Input::Context(context, json)
}

const fn activity(kind: u8, request: u32) -> Activity {
    match kind {
        1 => Activity::RequestStart(request),
        2 => Activity::RequestEnd(request),
        _ => Activity::Change,
    }
}

const fn action_call<'a>(
    key: &'a str,
    name: &'a str,
    r#type: &'a str,
    context: &'a str,
) -> action::Call<'a> {
    action::Call { key, name, r#type, context }
}
