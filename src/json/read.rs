//! Reads JSON text in place: no tree, no copies, just the slices that were asked for.
//!
//! The text comes from `JSON.stringify` in the page, so it is valid and has no space between its
//! parts; text that is not gives `None` or ends the iteration, never a panic.

use alloc::string::String;
use alloc::vec::Vec;

/// The members of an object, in order, as slices of its text: names keep their escapes, without
/// the quotes; values are whole JSON values.
pub const fn members(object: &str) -> Members<'_> {
    Members { rest: object }
}

/// See [`members`].
#[derive(Clone, Debug)]
pub struct Members<'a> {
    /// Begins with what precedes a member: a brace or a comma.
    rest: &'a str,
}

impl<'a> Iterator for Members<'a> {
    type Item = (&'a str, &'a str);

    // One copy for all who read objects.
    #[inline(never)]
    fn next(&mut self) -> Option<Self::Item> {
        let (separator, rest) = self.rest.split_at_checked(1)?;
        if !matches!(separator, "{" | ",") {
            return None;
        }
        let (name, rest) = rest.split_at_checked(value_end(rest)?)?;
        let value = rest.get(1..)?;
        let (value, rest) = value.split_at_checked(value_end(value)?)?;
        self.rest = rest;
        Some((name.strip_prefix('"')?.strip_suffix('"')?, value))
    }
}

/// The value of a member, by a name without escapes.
pub fn member<'a>(object: &'a str, name: &str) -> Option<&'a str> {
    members(object).find(|(candidate, _)| *candidate == name).map(|(_, value)| value)
}

/// Appends the deep merge of two objects: `over` wins, `null` in it included; anything that is
/// not an object on both sides is replaced whole (Datadog's order of contexts, without its
/// index-wise merge of arrays, which mixes unrelated lists).
pub fn merge(out: &mut String, base: &str, over: &str) {
    merge_within(out, base, over, MERGE_DEPTH);
}

/// `base` and over it `over`, as [`merge`] has it; either may be empty.
pub fn merged(base: &str, over: &str) -> String {
    let mut out = String::with_capacity(base.len() + over.len());
    if over.is_empty() {
        out.push_str(base);
    } else {
        merge(&mut out, base, over);
    }
    out
}

/// Objects nested deeper than this are replaced whole: the stack of the module is small.
const MERGE_DEPTH: u32 = 32;

fn merge_within(out: &mut String, base: &str, over: &str, depth: u32) {
    if depth == 0 || !over.starts_with('{') || !base.starts_with('{') {
        out.push_str(over);
        return;
    }
    // Each text is read once: it may be long, and this is done for every event.
    let mut rest: Vec<_> = members(over).collect();
    out.push('{');
    for (name, value) in members(base) {
        open_member(out, name);
        match rest.iter().position(|(other, _)| *other == name) {
            Some(index) => merge_within(out, value, rest.remove(index).1, depth - 1),
            None => out.push_str(value),
        }
    }
    for (name, value) in rest {
        open_member(out, name);
        out.push_str(value);
    }
    out.push('}');
}

pub(crate) fn open_member(out: &mut String, name: &str) {
    out.push_str(if out.ends_with('{') { "\"" } else { ",\"" });
    out.push_str(name);
    out.push_str("\":");
}

/// Where the value ends that `text` starts with: at what separates it from the next one, or closes
/// the object around it.
fn value_end(text: &str) -> Option<usize> {
    let mut depth = 0_u32;
    let mut is_string = false;
    let mut is_escaped = false;
    for (index, byte) in text.bytes().enumerate() {
        if is_string {
            is_string = is_escaped || byte != b'"';
            is_escaped = !is_escaped && byte == b'\\';
            continue;
        }
        match byte {
            b'"' => is_string = true,
            b'{' | b'[' => depth += 1,
            b'}' | b']' | b',' | b':' if depth == 0 => return Some(index),
            b'}' | b']' => depth -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_members_whatever_stands_in_the_strings_before_them() {
        let text = r#"{"a":"}\"{,","b":[1,{"c":"]"}],"d":-1.5,"e":{"f":{}},"g":true}"#;
        let found: Vec<_> = members(text).collect();
        assert_eq!(
            found,
            [
                ("a", r#""}\"{,""#),
                ("b", r#"[1,{"c":"]"}]"#),
                ("d", "-1.5"),
                ("e", r#"{"f":{}}"#),
                ("g", "true"),
            ]
        );
    }

    #[test]
    fn ends_quietly_where_the_text_is_no_json() {
        for text in ["", "[]", "{", "{a:1}", r#"{"a""#, r#"{"a":"#, r#"{"a":""#, "null", "{]"] {
            assert_eq!(members(text).count(), 0, "{text}");
        }
    }

    #[test]
    fn replaces_whole_what_is_nested_more_than_32_objects_deep() {
        let nested = |depth: usize, leaf: &str| {
            [&"{\"a\":".repeat(depth), leaf, &"}".repeat(depth)].concat()
        };
        let merged = |depth| {
            let mut out = String::new();
            merge(&mut out, &nested(depth, "{\"x\":1}"), &nested(depth, "{\"y\":2}"));
            out
        };
        assert_eq!(merged(31), nested(31, "{\"x\":1,\"y\":2}"));
        for depth in [32, 10_000] {
            assert_eq!(merged(depth), nested(depth, "{\"y\":2}"));
        }
    }

    #[test]
    fn merges_objects_deeply_and_replaces_everything_else() {
        let mut out = String::new();
        merge(
            &mut out,
            r#"{"keep":1,"deep":{"a":1,"b":[1,2]},"gone":true}"#,
            r#"{"deep":{"b":[3],"c":{}},"gone":null,"new":"x"}"#,
        );
        assert_eq!(out, r#"{"keep":1,"deep":{"a":1,"b":[3],"c":{}},"gone":null,"new":"x"}"#);
    }
}
