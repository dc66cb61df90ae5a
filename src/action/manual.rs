//! Actions that the page starts and stops itself (`@datadog/browser-rum-core` 7.16,
//! `action/trackManualActions`).

use alloc::string::String;
use alloc::vec::Vec;

use super::span::Spans;
use super::{Action, Counts, chain};
use crate::id::Uuid;
use crate::json::{Raw, read};
use crate::time::RelativeTime;

/// `startAction` or `stopAction`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Call {
    /// `actionKey`, or the name where there is none.
    pub key: String,
    /// What it is called; that of the start counts.
    pub name: String,
    /// Empty when not given; that of the stop counts.
    pub r#type: String,
    /// The action's own context.
    pub context: Raw,
}

/// One that was started.
#[derive(Debug)]
pub(super) struct Running {
    call: Call,
    pub(super) id: Uuid,
    pub(super) start: RelativeTime,
    pub(super) counts: Counts,
}

pub(super) fn position(running: &[Running], key: &str) -> Option<usize> {
    running.iter().position(|running| running.call.key == key)
}

pub(super) fn forget(running: &mut Vec<Running>, key: &str, spans: &mut Spans) {
    if let Some(index) = position(running, key) {
        spans.remove(running.swap_remove(index).id);
    }
}

impl Running {
    pub(super) fn new(call: Call, id: Uuid, start: RelativeTime) -> Self {
        Self { call, id, start, counts: Counts::default() }
    }

    pub(super) fn finish(self, stop: &Call, at: RelativeTime) -> Action {
        let types = [stop.r#type.as_str(), self.call.r#type.as_str()];
        let r#type = types.into_iter().find(|r#type| !r#type.is_empty()).unwrap_or("custom");
        let frustrations = if self.counts.error > 0 { [chain::ERROR].into() } else { Vec::new() };
        Action {
            id: self.id,
            r#type: r#type.into(),
            start: self.start,
            duration: Some(at.saturating_since(self.start)),
            counts: self.counts,
            frustrations,
            details: merged(self.call.context, &stop.context),
            name: self.call.name,
        }
    }
}

fn merged(base: Raw, over: &Raw) -> Raw {
    if over.is_empty() {
        return base;
    }
    let mut text = String::new();
    read::merge(&mut text, &base.0, &over.0);
    Raw(text)
}
