//! Rules: `@datadog/browser-rum-core` 7.16, `domain/action` and `domain/eventTracker`.

mod chains;
mod clicks;
mod manual;

use super::*;
use crate::id::Ids;

fn at(millis: f64) -> RelativeTime {
    RelativeTime::from_millis(millis)
}

/// A page whose user clicks, with a clock and timers of its own.
struct Page {
    actions: Actions,
    ids: Ids,
    now: f64,
}

const SELECTION: u8 = 1;
const INPUT: u8 = 2;
const SCROLL: u8 = 4;

impl Page {
    fn new() -> Self {
        Self { actions: Actions::default(), ids: Ids::new(Uuid::default()), now: 0.0 }
    }

    /// Lets the time come, and all timers before it.
    fn at(&mut self, millis: f64) -> &mut Self {
        while let Some(deadline) = self.actions.deadline().filter(|due| *due <= at(millis)) {
            self.actions.on_timer(deadline);
            assert!(self.actions.deadline() > Some(deadline) || self.actions.deadline().is_none());
        }
        self.now = millis;
        self
    }

    fn down(&mut self) -> &mut Self {
        self.actions.on_pointer_down(at(self.now));
        self
    }

    fn up(&mut self, target: u32, x: f64) -> Uuid {
        let id = self.ids.uuid();
        self.actions.on_pointer_up(Press { target, x, y: 0.0 }, id, at(self.now), at(self.now));
        id
    }

    fn click(&mut self) -> Uuid {
        self.down().up(1, 0.0)
    }

    fn clicks(&mut self, times: &[f64]) -> Vec<Uuid> {
        times.iter().map(|time| self.at(*time).click()).collect()
    }

    fn describe(&mut self, name: &str, ignored: u8) -> &mut Self {
        let details = r#"{"name_source":"text_content"}"#;
        let description = Description { name, details, ignored };
        self.actions.on_described(Some(description));
        self
    }

    fn change(&mut self) -> &mut Self {
        self.actions.on_activity(Activity::Change, at(self.now));
        self
    }

    fn sees(&mut self, seen: u8) -> &mut Self {
        self.actions.on_user_activity(seen);
        self
    }

    fn error(&mut self) -> &mut Self {
        self.actions.count(Child::Error, at(self.now));
        self
    }

    fn ids_at(&self, millis: f64) -> Vec<Uuid> {
        self.actions.ids_at(Some(at(millis)))
    }

    /// What is finished when a minute has passed.
    fn finished(&mut self) -> Vec<Action> {
        self.at(self.now + 60_000.0).actions.take_finished()
    }

    fn only(&mut self) -> Action {
        let mut finished = self.finished();
        assert_eq!(finished.len(), 1, "{finished:?}");
        finished.remove(0)
    }
}

fn millis(action: &Action) -> Option<f64> {
    action.duration.map(Duration::as_millis)
}

fn frustrations(actions: &[Action]) -> Vec<&[&'static str]> {
    actions.iter().map(|action| action.frustrations.as_slice()).collect()
}
