//! What a chain of clicks amounts to: one rage click, or actions of their own
//! (`@datadog/browser-rum-core` 7.16, `action/computeFrustration`).

use alloc::string::String;
use alloc::vec::Vec;

use super::Action;
use super::click::{Click, Response};
use super::span::Spans;
use crate::time::{Duration, RelativeTime};

/// As many clicks within a second are rage (`MIN_CLICKS_PER_SECOND_TO_CONSIDER_RAGE`).
const RAGE_CLICKS: usize = 3;
const RAGE_TIME: Duration = Duration::from_secs(1);

const RAGE: &str = "rage_click";
const DEAD: &str = "dead_click";
pub(super) const ERROR: &str = "error_click";

/// Bits of what the user did meanwhile.
const SELECTION: u8 = 1;
const INPUT: u8 = 2;
const SCROLL: u8 = 4;

/// Bits of what is to be ignored.
const IGNORE_RAGE: u8 = 1;
const IGNORE_DEAD: u8 = 2;
const IGNORE_ERROR: u8 = 4;

/// All clicks have ended, and no other joins them.
pub(super) fn finish(
    clicks: Vec<Click>,
    now: RelativeTime,
    spans: &mut Spans,
    finished: &mut Vec<Action>,
) {
    let is_rage = is_rage(&clicks);
    let is_selection = clicks.iter().any(|click| click.saw(SELECTION));
    let mut is_dead = is_rage && clicks.iter().any(Click::is_dead);
    let mut rage = is_rage.then_some(RAGE);
    for (index, mut click) in clicks.into_iter().enumerate() {
        if is_rage {
            if index > 0 {
                spans.remove(click.id);
                continue;
            }
            click.counts = click.since;
            click.end = Some(now);
            click.response = Response::Until(now);
        } else {
            // A double click selects a word, and seems to do nothing otherwise.
            is_dead = click.is_dead() && !is_selection;
        }
        spans.close(click.id, click.end);
        let is_error = click.counts.error > 0 && !click.ignores(IGNORE_ERROR);
        let types = [rage.take(), is_dead.then_some(DEAD), is_error.then_some(ERROR)];
        finished.push(click.into_action(types.into_iter().flatten().collect()));
    }
}

fn is_rage(clicks: &[Click]) -> bool {
    let is_calm = |click: &Click| click.ignores(IGNORE_RAGE) || click.saw(SELECTION | SCROLL);
    let is_fast = |run: &[Click]| match (run.first(), run.last()) {
        (Some(first), Some(last)) => last.start - first.start <= RAGE_TIME,
        _ => false,
    };
    !clicks.iter().any(is_calm) && clicks.windows(RAGE_CLICKS).any(is_fast)
}

impl Click {
    fn saw(&self, seen: u8) -> bool {
        self.gesture.seen & seen != 0
    }

    fn ignores(&self, frustration: u8) -> bool {
        self.gesture.description.ignored & frustration != 0
    }

    /// Only where the whole time was waited for a response.
    fn is_dead(&self) -> bool {
        let is_moot = self.ignores(IGNORE_DEAD) || self.saw(INPUT | SCROLL);
        self.response == Response::Nothing && !is_moot
    }

    fn into_action(self, frustrations: Vec<&'static str>) -> Action {
        let duration = match self.response {
            Response::Until(end) => Some(end.saturating_since(self.start)),
            _ => None,
        };
        let description = self.gesture.description;
        Action {
            id: self.id,
            name: description.name,
            r#type: String::new(),
            start: self.start,
            duration,
            counts: self.counts,
            frustrations,
            details: description.details,
        }
    }
}
