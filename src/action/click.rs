//! Clicks: from the pointer's way down to the end of what the click set off.
//!
//! Reference: `@datadog/browser-rum-core` 7.16, `action/trackClickActions` and `clickChain`.
//! Deliberate differences: a target may be described after the click; a chain is broken by the
//! time between two clicks, not by a timer alone; the events of a chain carry the ids of actions
//! that are reported, not that of a copy which is thrown away.

use alloc::borrow::ToOwned;
use alloc::vec::Vec;

use super::gesture::{Click, Description, Press, State};
use super::span::Spans;
use super::{Action, Child, Counts, chain};
use crate::activity::{Activity, End, VALIDATION, Wait};
use crate::id::Uuid;
use crate::time::{Duration, RelativeTime};

/// A click lasts no longer (`CLICK_ACTION_MAX_DURATION`).
const MAX_DURATION: Duration = Duration::from_secs(10);

/// Clicks further apart in time are no chain (`MAX_DURATION_BETWEEN_CLICKS`).
const MAX_GAP: Duration = Duration::from_secs(1);

/// CSS pixels; clicks further apart are no chain (`MAX_DISTANCE_BETWEEN_CLICKS`).
const MAX_DISTANCE: f64 = 100.0;

#[derive(Debug)]
pub(super) struct Clicks {
    /// Number of the last gesture.
    number: u32,
    /// In order of their start; several chains of them may be waiting for their last click to end.
    clicks: Vec<Click>,
    /// The chain that the next click may join, and until when.
    open: u32,
    open_until: RelativeTime,
}

impl Default for Clicks {
    fn default() -> Self {
        Self { number: 0, clicks: Vec::new(), open: 0, open_until: RelativeTime::NEVER }
    }
}

impl Clicks {
    pub(super) fn on_pointer_down(&mut self, now: RelativeTime) {
        self.clicks.pop_if(|click| click.is_down());
        self.number += 1;
        self.clicks.push(Click {
            number: self.number,
            chain: 0,
            state: State::Pressed,
            press: Press::default(),
            wait: Wait::start(now).bound(now + VALIDATION),
            had_activity: false,
            end: RelativeTime::NEVER,
            seen: 0,
            ignored: 0,
            since: Counts::default(),
            action: Action::default(),
        });
    }

    pub(super) fn on_pointer_up(
        &mut self,
        press: Press,
        at: RelativeTime,
        now: RelativeTime,
        id: Uuid,
    ) -> bool {
        let chain = self.chain_for(press, at);
        let Some(click) = self.clicks.last_mut().filter(|click| click.is_down()) else {
            return false;
        };
        click.state = State::Waiting;
        click.had_activity = click.wait.had_activity();
        click.wait = Wait::start(now).bound(now + MAX_DURATION);
        click.press = press;
        click.action.id = id;
        click.action.start = at;
        click.chain = chain.unwrap_or(click.number);
        self.open = click.chain;
        self.open_until = now + MAX_GAP;
        true
    }

    /// The open chain, if this click is like its last one. The official SDK subtracts the times the
    /// wrong way round, so that only its timer, which may be late, ends a chain.
    fn chain_for(&self, press: Press, at: RelativeTime) -> Option<u32> {
        let last = self.clicks.iter().rev().find(|click| click.chain == self.open)?;
        let (x, y) = (last.press.x - press.x, last.press.y - press.y);
        let is_like = last.press.target == press.target
            && x * x + y * y <= MAX_DISTANCE * MAX_DISTANCE
            && at - last.action.start <= MAX_GAP;
        (is_like && self.open > 0).then_some(self.open)
    }

    /// The last gesture, unless it has been reported.
    fn current(&mut self) -> Option<&mut Click> {
        self.clicks.last_mut().filter(|click| click.number == self.number)
    }

    pub(super) fn on_described(&mut self, description: Description<'_>) {
        if let Some(click) = self.current() {
            description.name.clone_into(&mut click.action.name);
            description.details.clone_into(&mut click.action.details);
            click.ignored = description.ignored;
        }
    }

    pub(super) fn forget(&mut self) -> Option<Uuid> {
        self.current()?;
        self.clicks.pop().map(|click| click.action.id)
    }

    pub(super) fn on_user_activity(&mut self, seen: u8) {
        if let Some(click) = self.current() {
            click.seen |= seen;
        }
    }

    pub(super) fn on_activity(&mut self, activity: Activity, at: RelativeTime) {
        for click in self.clicks.iter_mut().filter(|click| click.is_waiting()) {
            click.wait.on_activity(activity, at);
        }
    }

    /// See [`Wait::on_request`]: it is not too late as long as the click is not reported.
    pub(super) fn on_request(&mut self, start: RelativeTime, end: RelativeTime) {
        for click in &mut self.clicks {
            let is_open =
                matches!(click.state, State::Waiting | State::Unanswered | State::Answered);
            if is_open && click.action.start <= start && click.wait.on_request(start, end) {
                click.state = State::Waiting;
                click.end = RelativeTime::NEVER;
            }
        }
    }

    pub(super) fn on_timer(&mut self, now: RelativeTime) {
        for click in self.clicks.iter_mut().filter(|click| click.is_waiting()) {
            if let Some(end) = click.wait.poll(now) {
                click.stop(end, now);
            }
        }
        if self.open_until <= now {
            self.close();
        }
    }

    pub(super) fn interrupt(&mut self, is_effect: bool, at: RelativeTime) {
        for click in &mut self.clicks {
            if click.state == State::Waiting {
                let end = click.wait.interrupt(at);
                click.stop(if is_effect { End::Interrupted(Some(at)) } else { end }, at);
            }
        }
        self.close();
    }

    const fn close(&mut self) {
        self.open = 0;
        self.open_until = RelativeTime::NEVER;
    }

    pub(super) fn deadline(&self) -> RelativeTime {
        let waiting = self.clicks.iter().filter(|click| click.is_waiting());
        waiting.fold(self.open_until, |soonest, click| soonest.min(click.wait.deadline()))
    }

    pub(super) fn is_waiting(&self) -> bool {
        self.clicks.iter().any(Click::is_waiting)
    }

    pub(super) fn count(&mut self, child: Child, at: RelativeTime) {
        for click in &mut self.clicks {
            if click.action.start <= at && !click.is_down() {
                click.since.add(child);
                if at <= click.end {
                    click.action.counts.add(child);
                }
            }
        }
    }

    /// Finishes the chains that no click can join and whose clicks have all ended.
    pub(super) fn settle(
        &mut self,
        now: RelativeTime,
        spans: &mut Spans,
        finished: &mut Vec<Action>,
    ) {
        // The first click of a chain goes on with it: should that be rage, it is the action of all.
        for click in &self.clicks {
            let is_joined =
                |other: &Click| other.chain == click.number && other.number > click.number;
            let is_joined = self.clicks.iter().any(is_joined);
            spans.close(click.action.id, if is_joined { RelativeTime::NEVER } else { click.end });
        }
        while let Some(chain) = self.settled() {
            chain::finish(&mut self.clicks, chain, now, spans, finished);
        }
    }

    fn settled(&self) -> Option<u32> {
        let is_waiting = |chain| {
            self.clicks.iter().any(|click| click.chain == chain && click.state == State::Waiting)
        };
        let mut chains = self.clicks.iter().map(|click| click.chain);
        chains.find(|chain| *chain > 0 && *chain != self.open && !is_waiting(*chain))
    }
}
