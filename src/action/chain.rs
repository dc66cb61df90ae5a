//! What a chain of clicks amounts to: one rage click, or actions of their own
//! (`@datadog/browser-rum-core` 7.16, `action/computeFrustration`).

use alloc::vec::Vec;

use super::Action;
use super::gesture::{Click, State};
use super::span::Spans;
use crate::time::{Duration, RelativeTime};

/// Three clicks within a second are rage (`MIN_CLICKS_PER_SECOND_TO_CONSIDER_RAGE`).
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

/// What is true of a chain as a whole.
struct Verdict {
    is_rage: bool,
    is_dead: bool,
    is_selection: bool,
}

/// Reports the clicks of a chain: all have ended, and no other joins them.
pub(super) fn finish(
    clicks: &mut Vec<Click>,
    chain: u32,
    now: RelativeTime,
    spans: &mut Spans,
    finished: &mut Vec<Action>,
) {
    let mut verdict = judge(clicks.iter().filter(|click| click.chain == chain));
    let mut is_absorbed = false;
    clicks.retain_mut(|click| {
        if click.chain != chain {
            return true;
        }
        if is_absorbed {
            spans.remove(click.action.id);
            return false;
        }
        is_absorbed = verdict.is_rage;
        if verdict.is_rage {
            click.action.counts = click.since;
            click.answer(now);
        } else {
            // A double click selects a word, and seems to do nothing otherwise.
            verdict.is_dead = click.is_dead() && !verdict.is_selection;
        }
        spans.close(click.action.id, click.end);
        let is_error = click.action.counts.error > 0 && click.ignored & IGNORE_ERROR == 0;
        let types = [(verdict.is_rage, RAGE), (verdict.is_dead, DEAD), (is_error, ERROR)];
        for (is_so, r#type) in types {
            if is_so {
                click.action.frustrations.push(r#type);
            }
        }
        finished.push(core::mem::take(&mut click.action));
        false
    });
}

fn judge<'a>(clicks: impl Iterator<Item = &'a Click>) -> Verdict {
    let long_ago = RelativeTime::from_millis(f64::NEG_INFINITY);
    let mut before = [long_ago; 2];
    let mut is_calm = false;
    let mut verdict = Verdict { is_rage: false, is_dead: false, is_selection: false };
    for click in clicks {
        let start = click.action.start;
        verdict.is_rage |= start - before[0] <= RAGE_TIME;
        before = [before[1], start];
        is_calm |= click.ignored & IGNORE_RAGE != 0 || click.seen & (SELECTION | SCROLL) != 0;
        verdict.is_selection |= click.seen & SELECTION != 0;
        verdict.is_dead |= click.is_dead();
    }
    verdict.is_rage &= !is_calm;
    verdict
}

impl Click {
    /// Only where the whole time was waited for an answer.
    fn is_dead(&self) -> bool {
        let is_moot = self.ignored & IGNORE_DEAD != 0 || self.seen & (INPUT | SCROLL) != 0;
        self.state == State::Unanswered && !is_moot
    }
}
