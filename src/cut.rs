//! An event that is too large loses its largest parts, and says so, where the official SDK loses the
//! event.

use alloc::string::String;

use crate::json::read::{members, merged, open_member};

/// An event is smaller than this (`@datadog/browser-core` 7.16, `transport/batch`:
/// `MESSAGE_BYTES_LIMIT`). Bytes, where there UTF-16 units are counted.
pub const MAX_BYTES: usize = 256 * 1_024;

/// What the page put into the event; it goes first.
const CONTEXTS: [&str; 4] = ["context", "usr", "account", "feature_flags"];

/// What is left out until the rest fits: what of the contexts (or of other parts) is larger than so many
/// bytes, member by member or as a whole.
const STEPS: [Step; 5] = [
    Step { is_context: true, is_whole: false, limit: 65_536 },
    Step { is_context: true, is_whole: false, limit: 4_096 },
    Step { is_context: true, is_whole: false, limit: 256 },
    Step { is_context: true, is_whole: true, limit: 4_096 },
    Step { is_context: false, is_whole: false, limit: 4_096 },
];

#[derive(Clone, Copy)]
struct Step {
    is_context: bool,
    is_whole: bool,
    limit: usize,
}

/// The event without its largest members, whose names are in `context.ferrum.cut`.
pub fn cut(event: &str) -> String {
    let mut text = String::from(event);
    let mut names = String::new();
    for step in STEPS {
        if text.len() + names.len() + 64 > MAX_BYTES {
            text = without(&text, step, &mut names);
        }
    }
    let note = ["{\"context\":{\"ferrum\":{\"cut\":[", &names, "]}}}"].concat();
    merged(&text, &note)
}

fn without(event: &str, step: Step, names: &mut String) -> String {
    let mut out = String::from("{");
    for (part, value) in members(event) {
        let is_meant = CONTEXTS.contains(&part) == step.is_context && value.len() > step.limit;
        if is_meant && step.is_whole {
            note(names, part, "");
            continue;
        }
        open_member(&mut out, part);
        if is_meant && value.starts_with('{') {
            keep_small(&mut out, (part, value), step.limit, names);
        } else {
            out.push_str(value);
        }
    }
    out.push('}');
    out
}

fn keep_small(out: &mut String, (part, value): (&str, &str), limit: usize, names: &mut String) {
    out.push('{');
    for (name, value) in members(value) {
        if value.len() > limit {
            note(names, part, name);
        } else {
            open_member(out, name);
            out.push_str(value);
        }
    }
    out.push('}');
}

fn note(names: &mut String, part: &str, name: &str) {
    let dot = if name.is_empty() { "" } else { "." };
    let comma = if names.is_empty() { "" } else { "," };
    for piece in [comma, "\"", part, dot, name, "\""] {
        names.push_str(piece);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn cut_of(event: &Value) -> Value {
        let text = cut(&event.to_string());
        assert!(text.len() < MAX_BYTES);
        serde_json::from_str(&text).unwrap()
    }

    fn text(kib: usize) -> String {
        "x".repeat(kib * 1_024)
    }

    #[test]
    fn the_largest_members_of_contexts_go_first() {
        let event = json!({
            "type": "error",
            "error": { "message": "m", "stack": text(100) },
            "usr": { "id": "u", "bio": text(70) },
            "context": { "page": 1, "all": text(200), "ferrum": { "loading_time_end": "idle" } },
        });
        let expected = json!({
            "type": "error",
            "error": { "message": "m", "stack": text(100) },
            "usr": { "id": "u" },
            "context": {
                "page": 1,
                "ferrum": { "loading_time_end": "idle", "cut": ["context.all", "usr.bio"] },
            },
        });
        assert_eq!(cut_of(&event), expected);
    }

    #[test]
    fn a_context_of_very_many_small_members_goes_as_a_whole() {
        let many: Value = (0..30_000).map(|index| (index.to_string(), json!("v"))).collect();
        let event = json!({ "usr": { "id": "u" }, "context": many, "action": { "id": "a" } });
        let cut = cut_of(&event);
        assert_eq!(cut["context"], json!({ "ferrum": { "cut": ["context"] } }));
        assert_eq!(cut["action"], json!({ "id": "a" }));
    }

    #[test]
    fn other_parts_lose_what_is_too_large_when_contexts_are_not_the_reason() {
        let event =
            json!({ "error": { "message": "m", "stack": text(300) }, "usr": { "id": "u" } });
        let cut = json!({ "ferrum": { "cut": ["error.stack"] } });
        let expected = json!({ "error": { "message": "m" }, "usr": { "id": "u" }, "context": cut });
        assert_eq!(cut_of(&event), expected);
    }

    #[test]
    fn names_may_need_escapes() {
        let event = json!({ "context": { "a \"b\"": text(300) } });
        assert_eq!(cut_of(&event)["context"]["ferrum"]["cut"], json!(["context.a \"b\""]));
    }
}
