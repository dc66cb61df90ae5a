//! Inputs as they cross the boundary (`js/page/input.ts` is the other half; keep the two together).
//!
//! | kind | numbers, after the two clocks and the time | texts |
//! |---|---|---|
//! | 0 to 6 entries | see [`super::entries`] | |
//! | 7 start | timeOrigin, activationStart, is hidden, is focused, has layout-shift, sessionSampleRate, trackResources, trackViewsManually, trackAnonymousUser, sends view updates, has beforeSend, kinds with flags | url, referrer, seed, bounced view, cookie, base, base of views |
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
//!
//! A text that is empty is absent.

use alloc::borrow::ToOwned;
use alloc::string::String;

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

    /// The input of this kind, if it is neither entries nor one of the constants above; absent for
    /// one from another build.
    // Where the record is, is known best in a function of its own.
    #[inline(never)]
    pub(super) fn input(&mut self, kind: u8, at: RelativeTime) -> Option<Input<'a>> {
        Some(match kind {
            8 => Input::InteractionCount(self.number() as u64),
            9 => Input::UserInput(at),
            10 => Input::Activity { at, cookie: self.str() },
            11 if self.flag() => Input::Hidden(at),
            11 => Input::Visible { at, cookie: self.str() },
            12 => Input::Focused(self.flag(), at),
            13 => Input::Terminated,
            14 => Input::Restored(at),
            15 => Input::UrlChanged { is_anchor: self.flag(), url: self.str() },
            16 => Input::Consent { is_granted: self.flag(), cookie: self.str() },
            17 => self.context(at),
            18 => Input::Wake { cookie: self.str() },
            STOP => Input::Stop,
            20 => Input::Frozen(at),
            21 => Input::Resumed { at, cookie: self.str() },
            22 => Input::Scrolled {
                at,
                depth: self.number(),
                top: self.number(),
                height: self.number(),
            },
            23 => {
                let ticket = self.number() as u32;
                let is_sent = self.flag();
                Input::Reviewed { ticket, event: is_sent.then(|| self.str()) }
            }
            24 | 25 | 27..=30 | 39..=41 => Input::Call(at, self.call(kind)),
            33 => Input::Deliver { is_exit: self.flag() },
            34..=37 => Input::Gesture(self.gesture(kind), at),
            38 => Input::PageActivity(self.activity(), at),
            42 => Input::SessionChanged { cookie: self.str() },
            43 => Input::StopSession { cookie: self.str() },
            _ => return None,
        })
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
            flagged_kinds: self.number() as u8,
        };
        page.url = self.text();
        page.referrer = self.text();
        page.seed = Uuid::parse(self.str()).unwrap_or_default();
        page.bounced_view = Uuid::parse(self.str());
        let cookie = self.str();
        Rum::start(config, page, [self.str(), self.str()], cookie, now)
    }

    fn context(&mut self, at: RelativeTime) -> Input<'a> {
        let context = match self.number() as u8 {
            0 => Context::Global,
            1 => Context::User,
            2 => Context::Account,
            4 => Context::Base,
            5 => Context::Connectivity,
            6 => Context::Display,
            _ => return Input::Call(at, Call::SetViewContext(self.str())),
        };
        Input::Context(context, self.str())
    }

    fn call(&mut self, kind: u8) -> Call<'a> {
        match kind {
            24 => {
                let kind = Kind::from_number(self.number());
                Call::AddEvent {
                    kind,
                    token: self.number() as u32,
                    duration: Duration::from_millis(self.number()),
                    is_unfinished: self.flag(),
                    part: self.str(),
                    over: self.str(),
                }
            }
            25 => {
                let token = self.number() as u32;
                Call::AddAction { name: self.str(), context: self.str(), token }
            }
            27 => {
                let time = self.number();
                Call::AddTiming { name: self.str(), time: (time >= 0.0).then_some(time) }
            }
            28 => {
                let options = ViewOptions {
                    name: self.str(),
                    service: self.str(),
                    version: self.str(),
                    context: self.str(),
                };
                Call::StartView { options, url: self.str() }
            }
            29 => Call::SetViewName(self.str()),
            39 => Call::StartAction(self.action()),
            40 => Call::StopAction(self.action()),
            41 => Call::SetViewLoadingTime,
            _ => Call::AddFeatureFlagEvaluation { key: self.str(), value: self.str() },
        }
    }

    fn action(&mut self) -> action::Call<'a> {
        action::Call { key: self.str(), name: self.str(), r#type: self.str(), context: self.str() }
    }

    fn gesture(&mut self, kind: u8) -> Gesture<'a> {
        match kind {
            34 => Gesture::Begin,
            35 => Gesture::Click(action::Press {
                target: self.number() as u32,
                x: self.number(),
                y: self.number(),
            }),
            36 => {
                let ignored = self.number() as u8;
                let name = self.str();
                let details = self.str();
                let is_known = !details.is_empty();
                Gesture::Described(is_known.then_some(action::Description {
                    name,
                    details,
                    ignored,
                }))
            }
            _ => Gesture::Answered(self.number() as u8),
        }
    }

    fn activity(&mut self) -> Activity {
        let kind = self.number() as u8;
        let request = self.number() as u32;
        match kind {
            1 => Activity::RequestStart(request),
            2 => Activity::RequestEnd(request),
            _ => Activity::Change,
        }
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
