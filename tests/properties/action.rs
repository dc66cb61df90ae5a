//! Clicks in any order and at any time: what begins ends, once.

use ferrum::action::{Action, Actions, Call, Child, Description, Press};
use ferrum::activity::Activity;
use ferrum::id::{Ids, Uuid};
use ferrum::time::RelativeTime;
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Step {
    Wait(u32),
    Down,
    Up(u32, f64),
    Click,
    Described(bool, u8),
    Seen(u8),
    Activity(Activity),
    Timer,
    Interrupt(bool),
    Count(Child),
    Start(u8),
    Stop(u8),
}

fn activity() -> impl Strategy<Value = Activity> {
    prop_oneof![
        Just(Activity::Change),
        (0..6_u32).prop_map(Activity::RequestStart),
        (0..6_u32).prop_map(Activity::RequestEnd),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let child = prop_oneof![Just(Child::Error), Just(Child::Resource), Just(Child::LongTask)];
    prop_oneof![
        4 => (0..600_u32).prop_map(Step::Wait),
        1 => (600..20_000_u32).prop_map(Step::Wait),
        2 => Just(Step::Down),
        2 => (0..2_u32, 0.0..150.0).prop_map(|(target, x)| Step::Up(target, x)),
        6 => Just(Step::Click),
        1 => (prop::bool::weighted(0.9), 0..8_u8).prop_map(|(known, ignored)| Step::Described(known, ignored)),
        1 => (0..8_u8).prop_map(Step::Seen),
        4 => activity().prop_map(Step::Activity),
        4 => Just(Step::Timer),
        1 => any::<bool>().prop_map(Step::Interrupt),
        2 => child.prop_map(Step::Count),
        1 => (0..2_u8).prop_map(Step::Start),
        1 => (0..2_u8).prop_map(Step::Stop),
    ]
}

/// A page to which it happens.
struct Page {
    actions: Actions,
    ids: Ids,
    now: f64,
    is_pressed: bool,
    begun: Vec<Uuid>,
    hidden: usize,
    ended: Vec<Action>,
}

fn call(key: u8) -> Call<'static> {
    const KEYS: [&str; 4] = ["0", "1", "2", "3"];
    let key = KEYS.get(usize::from(key)).copied().unwrap_or_default();
    Call { key, r#type: "custom", ..Call::default() }
}

impl Page {
    fn new() -> Self {
        Self {
            actions: Actions::default(),
            ids: Ids::new(Uuid::default()),
            now: 0.0,
            is_pressed: false,
            begun: Vec::new(),
            hidden: 0,
            ended: Vec::new(),
        }
    }

    fn now(&self) -> RelativeTime {
        RelativeTime::from_millis(self.now)
    }

    fn up(&mut self, target: u32, x: f64) {
        let id = self.ids.uuid();
        let now = self.now();
        self.actions.on_pointer_up(Press { target, x, y: 0.0 }, id, now, now);
        if std::mem::take(&mut self.is_pressed) {
            self.begun.push(id);
        }
    }

    fn down(&mut self) {
        self.actions.on_pointer_down(self.now());
        self.is_pressed = true;
    }

    fn run(&mut self, step: &Step) {
        let now = self.now();
        match step {
            Step::Wait(millis) => self.now += f64::from(*millis),
            Step::Down => self.down(),
            Step::Up(target, x) => self.up(*target, *x),
            Step::Click => {
                self.down();
                self.up(0, 0.0);
            }
            Step::Described(true, ignored) => {
                let description = Description { ignored: *ignored, ..Description::default() };
                self.actions.on_described(Some(description));
            }
            Step::Described(false, _) => {
                self.actions.on_described(None);
                self.is_pressed = false;
                self.hidden += 1;
            }
            Step::Seen(seen) => self.actions.on_user_activity(*seen),
            Step::Activity(activity) => self.actions.on_activity(*activity, now),
            Step::Timer => self.actions.on_timer(now),
            Step::Interrupt(is_effect) => self.actions.interrupt(*is_effect, now),
            Step::Count(child) => self.actions.count(*child, now),
            Step::Start(key) => self.actions.start(call(*key), Uuid::default(), now),
            Step::Stop(key) => self.actions.stop(call(*key), now),
        }
        let finished = self.actions.take_finished();
        self.ended.extend(finished.into_iter().filter(|action| action.r#type.is_empty()));
    }

    /// Lets the timers run out, which they do.
    fn end(&mut self) {
        for _ in 0..1_000 {
            let Some(deadline) = self.actions.deadline() else { break };
            self.now = self.now.max(deadline.as_millis());
            self.run(&Step::Timer);
        }
        assert_eq!(self.actions.deadline(), None);
    }
}

proptest! {
    #[test]
    fn a_deadline_is_never_in_the_past_after_the_timer(steps in prop::collection::vec(step(), 0..80)) {
        let mut page = Page::new();
        for step in &steps {
            page.run(step);
            let mut later = Page { actions: std::mem::take(&mut page.actions), ..Page::new() };
            later.actions.on_timer(page.now());
            prop_assert!(later.actions.deadline().is_none_or(|deadline| deadline > page.now()));
            page.actions = later.actions;
        }
        page.end();
        prop_assert!(!page.actions.is_waiting());
    }

    #[test]
    fn every_click_ends_once_or_is_part_of_one_rage_click(steps in prop::collection::vec(step(), 0..80)) {
        let mut page = Page::new();
        steps.iter().for_each(|step| page.run(step));
        page.end();
        let is_rage = |action: &&Action| action.frustrations.contains(&"rage_click");
        let rages: Vec<_> = page.ended.iter().filter(is_rage).collect();
        let mut absorbed = 0;
        for id in &page.begun {
            match page.ended.iter().filter(|action| action.id == *id).count() {
                0 => absorbed += 1,
                1 => {}
                more => prop_assert!(false, "{more} actions of one id"),
            }
        }
        prop_assert!(absorbed >= 2 * rages.len());
        prop_assert!(absorbed <= page.hidden || !rages.is_empty());
        prop_assert!(page.ended.iter().all(|action| page.begun.contains(&action.id)));
    }

    #[test]
    fn clicks_on_different_targets_all_end(steps in prop::collection::vec(step(), 0..80)) {
        let mut page = Page::new();
        for (target, step) in (0..).zip(&steps) {
            match step {
                Step::Up(..) | Step::Click => {
                    page.down();
                    page.up(target, 0.0);
                }
                Step::Described(false, _) => {}
                other => page.run(other),
            }
        }
        page.end();
        let ended: Vec<_> = page.ended.iter().map(|action| action.id).collect();
        prop_assert_eq!(ended.len(), page.begun.len());
        prop_assert!(page.begun.iter().all(|id| ended.contains(id)));
    }

    #[test]
    fn events_belong_to_actions_that_began_before_them(steps in prop::collection::vec(step(), 0..80)) {
        let mut page = Page::new();
        for step in &steps {
            page.run(step);
            let ids = page.actions.ids_at(Some(page.now()));
            prop_assert!(ids.iter().all(|id| *id == Uuid::default() || page.begun.contains(id)));
        }
        page.end();
        prop_assert!(page.actions.ids_at(None).iter().all(|id| *id == Uuid::default()));
    }
}
