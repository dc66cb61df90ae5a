//! `view_update`: what changed of a view since the version that the intake has.
//!
//! Rules: `@datadog/browser-rum-core` 7.16, `transport/startRumBatch` (`computeAssembledViewDiff`)
//! and `domain/view/viewDiff`. What was removed is `null`.

use alloc::string::String;

use crate::json::Writer;
use crate::json::read::{member, members, open_member};

/// Members that are sent whole when anything in them changed.
const WHOLE: [&str; 6] = ["context", "connectivity", "usr", "device", "privacy", "custom_timings"];
/// Members that do not count as changes: they are on every update.
const ALWAYS: [&str; 4] = ["type", "date", "application", "session"];

/// The update that makes `after` of `before`, both whole view events; absent when nothing changed.
pub fn diff(before: &str, after: &str) -> Option<String> {
    let mut changes = String::new();
    if !write_changes(&mut changes, before, after, 0) {
        return None;
    }
    let view = member(after, "view")?;
    let internal = member(after, "_dd")?;
    let update = Writer::object(|w| {
        w.text("type", "view_update");
        for name in ["date", "application", "session"] {
            w.raw(name, member(after, name).unwrap_or_default());
        }
        w.nested("view", |w| copy(w, view, &["id", "url"]));
        w.nested("_dd", |w| copy(w, internal, &["document_version", "format_version"]));
    });
    let mut line = String::with_capacity(update.len() + changes.len());
    crate::json::read::merge(&mut line, &changes, &update);
    Some(line)
}

fn copy(w: &mut Writer, from: &str, names: &[&str]) {
    for name in names {
        w.raw(name, member(from, name).unwrap_or_default());
    }
}

/// Whether anything differs. `depth` 0 is the event itself.
fn write_changes(out: &mut String, before: &str, after: &str, depth: u32) -> bool {
    let start = out.len();
    out.push('{');
    for (name, value) in members(after) {
        let old = member(before, name);
        if old != Some(value) && !is_on_every_update(name, depth) {
            let kept = out.len();
            open_member(out, name);
            if !write_change(out, name, old, value, depth) {
                out.truncate(kept);
            }
        }
    }
    for (name, _) in members(before).filter(|(name, _)| member(after, name).is_none()) {
        open_member(out, name);
        out.push_str("null");
    }
    let is_changed = out.len() > start + 1;
    out.push('}');
    is_changed
}

fn is_on_every_update(name: &str, depth: u32) -> bool {
    match depth {
        0 => ALWAYS.contains(&name),
        1 => matches!(name, "document_version" | "format_version"),
        _ => false,
    }
}

fn write_change(out: &mut String, name: &str, old: Option<&str>, value: &str, depth: u32) -> bool {
    let old = old.unwrap_or_default();
    if name == "page_states"
        && let Some(tail) = tail(old, value)
    {
        out.push('[');
        out.push_str(tail);
    } else if old.starts_with('{') && value.starts_with('{') && !WHOLE.contains(&name) {
        return write_changes(out, old, value, depth + 1);
    } else {
        out.push_str(value);
    }
    true
}

/// What a list has more than the one before, bracket included; absent unless it only grew.
fn tail<'a>(before: &str, after: &'a str) -> Option<&'a str> {
    after.strip_prefix(before.strip_suffix(']')?)?.strip_prefix(',')
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn view() -> Value {
        json!({
            "type": "view", "date": 1, "application": {"id": "a"}, "session": {"id": "s"},
            "view": {"id": "v", "url": "u", "action": {"count": 0}, "custom_timings": {"a": 1}},
            "context": {"a": 1, "b": 2}, "usr": {"id": "1"},
            "_dd": {
                "document_version": 1, "format_version": 2,
                "page_states": [{"state": "active", "start": 0}],
            },
        })
    }

    /// After `change`, with version 2.
    fn update(change: impl FnOnce(&mut Value)) -> Option<Value> {
        let mut after = view();
        after["_dd"]["document_version"] = json!(2);
        change(&mut after);
        let text = diff(&view().to_string(), &after.to_string())?;
        Some(serde_json::from_str(&text).unwrap())
    }

    fn expected(changes: impl FnOnce(&mut Value)) -> Option<Value> {
        let mut update = json!({
            "type": "view_update", "date": 1, "application": {"id": "a"}, "session": {"id": "s"},
            "view": {"id": "v", "url": "u"}, "_dd": {"document_version": 2, "format_version": 2},
        });
        changes(&mut update);
        Some(update)
    }

    #[test]
    fn says_nothing_when_nothing_changed() {
        assert_eq!(update(|_| ()), None);
    }

    #[test]
    fn has_the_leaves_that_changed_and_what_routes_it() {
        assert_eq!(
            update(|view| view["view"]["action"]["count"] = json!(1)),
            expected(|update| update["view"]["action"] = json!({"count": 1})),
        );
    }

    #[test]
    fn has_contexts_users_and_timings_whole() {
        let change = |view: &mut Value| {
            view["context"] = json!({"a": 1, "b": 3});
            view["view"]["custom_timings"]["b"] = json!(2);
        };
        let changes = |update: &mut Value| {
            update["context"] = json!({"a": 1, "b": 3});
            update["view"]["custom_timings"] = json!({"a": 1, "b": 2});
        };
        assert_eq!(update(change), expected(changes));
    }

    #[test]
    fn has_null_for_what_was_removed() {
        let change = |view: &mut Value| {
            view.as_object_mut().unwrap().remove("usr");
        };
        assert_eq!(update(change), expected(|update| update["usr"] = Value::Null));
    }

    #[test]
    fn has_only_the_new_page_states() {
        let hidden = json!({"state": "hidden", "start": 9});
        let change = |view: &mut Value| {
            view["_dd"]["page_states"].as_array_mut().unwrap().push(hidden.clone());
        };
        let changes = |update: &mut Value| update["_dd"]["page_states"] = json!([hidden]);
        assert_eq!(update(change), expected(changes));
    }

    #[test]
    fn a_change_of_the_address_alone_is_told() {
        assert_eq!(
            update(|view| view["view"]["url"] = json!("w")),
            expected(|update| update["view"]["url"] = json!("w")),
        );
    }
}
