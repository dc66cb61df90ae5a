//! Clicks: from the pointer's way down to the end of what the click set off.
//!
//! Reference: `@datadog/browser-rum-core` 7.16, `action/trackClickActions` and `clickChain`.
//! Deliberate differences: a target may be described after the click; a chain is broken by the
//! time between two clicks, not by a timer alone; the events of a chain carry the ids of actions
//! that are reported, not that of a copy which is thrown away.

use alloc::string::String;
use alloc::vec::Vec;

use super::span::Spans;
use super::{Action, Counts, chain};
use crate::activity::{Activity, End, VALIDATION, Wait};
use crate::id::Uuid;
use crate::json::Raw;
use crate::time::{Duration, RelativeTime, earliest};

/// A click lasts no longer (`CLICK_ACTION_MAX_DURATION`).
const MAX_DURATION: Duration = Duration::from_secs(10);

/// Clicks further apart in time are no chain (`MAX_DURATION_BETWEEN_CLICKS`).
const MAX_GAP: Duration = Duration::from_secs(1);

/// CSS pixels; clicks further apart are no chain (`MAX_DISTANCE_BETWEEN_CLICKS`).
const MAX_DISTANCE: f64 = 100.0;

/// Where a click was made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Press {
    /// The same number for the same element.
    pub target: u32,
    /// `clientX`; 0 for a key.
    pub x: f64,
    /// `clientY`; 0 for a key.
    pub y: f64,
}

/// What a gesture was made on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Description {
    /// `action.target.name`
    pub name: String,
    /// `_dd.action`
    pub details: Raw,
    /// Frustrations that are none here, by `data-dd-ignore-frustration` or because nothing can be
    /// told of such an element: rage (1), dead (2), error (4).
    pub ignored: u8,
}

#[derive(Debug, Default)]
pub(super) struct Gesture {
    number: u32,
    /// Whether there was activity soon after the pointer went down, while this is not known.
    probe: Option<Wait>,
    had_activity: bool,
    pub(super) seen: u8,
    pub(super) description: Description,
}

/// What a click led to.
#[derive(Debug, PartialEq)]
pub(super) enum Response {
    /// The click ended before that was known.
    Unknown,
    Nothing,
    Until(RelativeTime),
}

#[derive(Debug)]
pub(super) struct Click {
    pub(super) id: Uuid,
    /// Id of the first click of its chain.
    chain: Uuid,
    press: Press,
    pub(super) start: RelativeTime,
    /// Since when nothing belongs to it any more.
    pub(super) end: Option<RelativeTime>,
    wait: Option<Wait>,
    pub(super) response: Response,
    pub(super) gesture: Gesture,
    pub(super) counts: Counts,
    /// What happened since, whichever click of the chain it belongs to.
    pub(super) since: Counts,
}

/// The chain that the next click may join.
#[derive(Debug)]
struct Open {
    chain: Uuid,
    until: RelativeTime,
}

#[derive(Debug, Default)]
pub(super) struct Clicks {
    /// Number of the last gesture.
    number: u32,
    /// The last gesture, while it is no click.
    pressed: Option<Gesture>,
    /// In order of their start; several chains of them may be waiting for their last click to end.
    clicks: Vec<Click>,
    open: Option<Open>,
}

impl Clicks {
    pub(super) fn on_pointer_down(&mut self, now: RelativeTime) {
        self.number = self.number.wrapping_add(1);
        let probe = Some(Wait::start(now, Some(now + VALIDATION)));
        self.pressed = Some(Gesture { number: self.number, probe, ..Gesture::default() });
    }

    pub(super) fn on_pointer_up(
        &mut self,
        press: Press,
        id: Uuid,
        at: RelativeTime,
        now: RelativeTime,
        spans: &mut Spans,
    ) {
        let Some(gesture) = self.pressed.take() else { return };
        let chain = self.chain_for(press, at).unwrap_or(id);
        self.open = Some(Open { chain, until: now + MAX_GAP });
        spans.open(id, at);
        self.clicks.push(Click {
            id,
            chain,
            press,
            start: at,
            end: None,
            wait: Some(Wait::start(now, Some(now + MAX_DURATION))),
            response: Response::Unknown,
            gesture,
            counts: Counts::default(),
            since: Counts::default(),
        });
    }

    /// The open chain, if this click is like its last one. The official SDK subtracts the times the
    /// wrong way round, so that only its timer, which may be late, ends a chain.
    fn chain_for(&self, press: Press, at: RelativeTime) -> Option<Uuid> {
        let chain = self.open.as_ref()?.chain;
        let last = self.clicks.iter().rev().find(|click| click.chain == chain)?;
        let is_like = last.press.is_near(press) && at - last.start <= MAX_GAP;
        is_like.then_some(chain)
    }

    pub(super) fn on_described(&mut self, description: Option<Description>, spans: &mut Spans) {
        let number = self.number;
        if let Some(description) = description {
            self.gestures().filter(|gesture| gesture.number == number).for_each(|gesture| {
                gesture.description = description.clone();
            });
            return;
        }
        self.pressed = None;
        for click in self.clicks.extract_if(.., |click| click.gesture.number == number) {
            spans.remove(click.id);
        }
    }

    pub(super) fn on_user_activity(&mut self, seen: u8) {
        let number = self.number;
        for gesture in self.gestures().filter(|gesture| gesture.number == number) {
            gesture.seen |= seen;
        }
    }

    pub(super) fn on_activity(&mut self, activity: Activity, at: RelativeTime) {
        for gesture in self.gestures() {
            if gesture.probe.as_mut().is_some_and(|probe| probe.on_activity(activity, at)) {
                gesture.had_activity = true;
                gesture.probe = None;
            }
        }
        for wait in self.clicks.iter_mut().filter_map(|click| click.wait.as_mut()) {
            wait.on_activity(activity, at);
        }
    }

    pub(super) fn on_timer(&mut self, now: RelativeTime) {
        for gesture in self.gestures() {
            gesture.probe = gesture.probe.filter(|probe| probe.poll(now).is_none());
        }
        for click in &mut self.clicks {
            if let Some(end) = click.wait.and_then(|wait| wait.poll(now)) {
                click.stop(end, now);
            }
        }
        self.open.take_if(|open| open.until <= now);
    }

    pub(super) fn deadline(&self) -> Option<RelativeTime> {
        let waits = self.waits().filter_map(Wait::deadline);
        waits.fold(self.open.as_ref().map(|open| open.until), |soonest, deadline| {
            earliest(soonest, Some(deadline))
        })
    }

    pub(super) fn is_waiting(&self) -> bool {
        self.waits().next().is_some()
    }

    pub(super) fn interrupt(&mut self, is_effect: bool, at: RelativeTime) {
        for click in &mut self.clicks {
            if let Some(wait) = click.wait {
                let end = if is_effect { End::Interrupted(Some(at)) } else { wait.interrupt(at) };
                click.stop(end, at);
            }
        }
        self.open = None;
    }

    /// Of all clicks that last at this time.
    pub(super) fn counts_at(&mut self, at: RelativeTime) -> impl Iterator<Item = &mut Counts> {
        self.clicks.iter_mut().filter(move |click| click.start <= at).flat_map(move |click| {
            let is_during = click.end.is_none_or(|end| at <= end);
            [is_during.then_some(&mut click.counts), Some(&mut click.since)].into_iter().flatten()
        })
    }

    /// Finishes the chains that no click can join and whose clicks have all ended.
    pub(super) fn settle(
        &mut self,
        now: RelativeTime,
        spans: &mut Spans,
        finished: &mut Vec<Action>,
    ) {
        self.update(spans);
        while let Some(chain) = self.settled() {
            let clicks = self.clicks.extract_if(.., |click| click.chain == chain).collect();
            chain::finish(clicks, now, spans, finished);
        }
    }

    /// The first click of a chain goes on with it: should that be rage, it is the action of all.
    fn update(&self, spans: &mut Spans) {
        for Click { id, end, .. } in &self.clicks {
            let is_joined = self.clicks.iter().any(|other| other.chain == *id && other.id != *id);
            spans.close(*id, end.filter(|_| !is_joined));
        }
    }

    fn settled(&self) -> Option<Uuid> {
        let is_open = |chain| self.open.as_ref().is_some_and(|open| open.chain == chain);
        let is_waiting =
            |chain| self.clicks.iter().any(|click| click.chain == chain && click.wait.is_some());
        let mut chains = self.clicks.iter().map(|click| click.chain);
        chains.find(|chain| !is_open(*chain) && !is_waiting(*chain))
    }

    fn gestures(&mut self) -> impl Iterator<Item = &mut Gesture> {
        let clicks = self.clicks.iter_mut().map(|click| &mut click.gesture);
        clicks.chain(self.pressed.as_mut())
    }

    fn waits(&self) -> impl Iterator<Item = &Wait> {
        let clicks = self.clicks.iter().flat_map(|click| [&click.wait, &click.gesture.probe]);
        clicks.chain(self.pressed.as_ref().map(|pressed| &pressed.probe)).flatten()
    }
}

impl Click {
    fn stop(&mut self, end: End, now: RelativeTime) {
        self.wait = None;
        self.response = match end {
            End::Idle(at) | End::Bounded(at) | End::Interrupted(Some(at)) => Response::Until(at),
            // What began with the pointer's way down was there when the click began.
            _ if self.gesture.had_activity => Response::Until(self.start),
            End::NoActivity => Response::Nothing,
            End::Interrupted(None) => Response::Unknown,
        };
        self.end = Some(if let Response::Until(at) = self.response { at } else { now });
    }
}

impl Press {
    fn is_near(self, other: Self) -> bool {
        let (x, y) = (self.x - other.x, self.y - other.y);
        self.target == other.target && x * x + y * y <= MAX_DISTANCE * MAX_DISTANCE
    }
}
