//! Actions that the page starts and stops itself (`@datadog/browser-rum-core` 7.16,
//! `action/trackManualActions`).

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Action, chain};
use crate::json::read::merged;
use crate::time::RelativeTime;

/// `startAction` or `stopAction`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Call<'a> {
    /// `actionKey`, or the name where there is none.
    pub key: &'a str,
    /// What it is called; that of the start counts.
    pub name: &'a str,
    /// Empty when not given; that of the stop counts.
    pub r#type: &'a str,
    /// The action's own context, as JSON text.
    pub context: &'a str,
}

/// One that was started.
#[derive(Debug)]
pub(super) struct Running {
    pub(super) key: String,
    pub(super) action: Action,
}

/// Takes the one with this key out of the list.
pub(super) fn take(running: &mut Vec<Running>, key: &str) -> Option<Action> {
    let index = running.iter().position(|running| running.key == key)?;
    Some(running.swap_remove(index).action)
}

/// `action` as it is reported.
pub(super) fn finish(mut action: Action, stop: Call<'_>, at: RelativeTime) -> Action {
    if !stop.r#type.is_empty() {
        stop.r#type.clone_into(&mut action.r#type);
    }
    if action.r#type.is_empty() {
        action.r#type.push_str("custom");
    }
    action.details = merged(&action.details, stop.context);
    if action.counts.error > 0 {
        action.frustrations.push(chain::ERROR);
    }
    action.duration = Some(at.saturating_since(action.start));
    action
}
