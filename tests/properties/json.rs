//! JSON, read and written, against `serde_json`.

use ferrum::json::Writer;
use ferrum::json::read::{member, members, merge};
use ferrum::view::diff;
use proptest::prelude::*;
use serde_json::{Map, Value};

/// Any JSON value, a few levels deep, with names that meet often. Decimals are binary fractions:
/// `serde_json` reads others with an error in the last place.
pub(crate) fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<i32>().prop_map(|number| Value::from(f64::from(number) / 64.0)),
        any::<String>().prop_map(Value::from),
        r#"[a\\"{}\[\],:é\n]{0,6}"#.prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 24, 4, |inner| {
        let name = prop_oneof!["[a-d]", any::<String>(), r#"[a\\"{},:]{0,3}"#];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(name, inner, 0..4).prop_map(Value::from_iter),
        ]
    })
}

fn object() -> impl Strategy<Value = Map<String, Value>> {
    prop::collection::btree_map(prop_oneof!["[a-d]", any::<String>()], value(), 0..6)
        .prop_map(Map::from_iter)
}

/// As [`merge`] promises: objects deeply, everything else whole.
fn merged(base: &Value, over: &Value) -> Value {
    let (Value::Object(base), Value::Object(over)) = (base, over) else {
        return over.clone();
    };
    let mut all = base.clone();
    for (name, value) in over {
        let replaced = base.get(name).map_or_else(|| value.clone(), |known| merged(known, value));
        all.insert(name.clone(), replaced);
    }
    all.into()
}

fn parse(text: &str) -> Result<Value, TestCaseError> {
    serde_json::from_str(text).map_err(|error| TestCaseError::fail(format!("{error}: {text}")))
}

/// `"name":` without its quotes, as the text has it.
fn escaped(name: &str) -> String {
    let text = Value::from(name).to_string();
    text[1..text.len() - 1].to_owned()
}

/// All integers that arrive in events are whole numbers of nanoseconds or bytes.
fn unsigned() -> impl Strategy<Value = u64> {
    prop_oneof![any::<u64>(), 0..1_000_u64]
}

proptest! {
    #[test]
    fn members_are_those_of_the_object(object in object()) {
        let text = Value::from(object.clone()).to_string();
        let found: Vec<_> = members(&text).collect();
        prop_assert_eq!(found.len(), object.len());
        for ((name, value), (expected_name, expected)) in found.into_iter().zip(&object) {
            prop_assert_eq!(name, escaped(expected_name));
            prop_assert_eq!(&parse(value)?, expected);
        }
    }

    #[test]
    fn a_member_is_found_by_its_name(object in object(), name in "[a-e]") {
        let text = Value::from(object.clone()).to_string();
        let found = member(&text, &name).map(parse).transpose()?;
        prop_assert_eq!(found.as_ref(), object.get(&name));
    }

    #[test]
    fn only_objects_have_members(value in value()) {
        let count = members(&value.to_string()).count();
        prop_assert_eq!(count, value.as_object().map_or(0, Map::len));
    }

    #[test]
    fn any_text_can_be_looked_into(text: String) {
        members(&text).for_each(drop);
    }

    #[test]
    fn any_two_texts_can_be_merged(base in r#"[{}\[\]":,a\\ é1]{0,24}"#, over in r#"[{}\[\]":,a\\ é1]{0,24}"#) {
        merge(&mut String::new(), &base, &over);
        members(&base).for_each(drop);
    }

    #[test]
    fn json_cut_anywhere_can_be_looked_into(object in object(), at: prop::sample::Index) {
        let text = Value::from(object).to_string();
        let cut: String = text.chars().take(at.index(text.len())).collect();
        members(&cut).for_each(drop);
        merge(&mut String::new(), &cut, &text);
        merge(&mut String::new(), &text, &cut);
    }

    #[test]
    fn a_merge_is_deep_and_the_second_wins(base in object(), over in object()) {
        let (base, over) = (Value::from(base), Value::from(over));
        let mut text = String::new();
        merge(&mut text, &base.to_string(), &over.to_string());
        prop_assert_eq!(parse(&text)?, merged(&base, &over));
    }

    #[test]
    fn a_merge_with_anything_is_json(base in value(), over in value()) {
        let mut text = String::new();
        merge(&mut text, &base.to_string(), &over.to_string());
        prop_assert_eq!(parse(&text)?, merged(&base, &over));
    }

    #[test]
    fn strings_are_written_as_json(name: String, text: String) {
        let written = Writer::object(|w| w.text(&name, &text));
        prop_assert_eq!(parse(&written)?, Value::from_iter([(name, Value::from(text))]));
    }

    #[test]
    fn control_characters_are_written_as_json(text in "[\u{0}-\u{30}\\\\\"]{0,12}") {
        let written = Writer::object(|w| w.text("x", &text));
        prop_assert_eq!(&parse(&written)?["x"], &Value::from(text));
    }

    #[test]
    fn whole_numbers_are_written_exactly(number in unsigned()) {
        prop_assert_eq!(Writer::object(|w| w.whole("x", number)), format!("{{\"x\":{number}}}"));
    }

    #[test]
    fn decimals_are_written_to_six_places(number in -1e12..1e12_f64) {
        let text = Writer::object(|w| w.decimal("x", number));
        let read = parse(&text)?["x"].as_f64().unwrap_or(f64::NAN);
        let tolerance = 0.000_000_5 + number.abs() * 2.0 * f64::EPSILON;
        prop_assert!((read - number).abs() <= tolerance, "{number} became {text}");
        let decimals = text.split_once('.').map_or("", |(_, decimals)| decimals);
        prop_assert!(decimals.len() <= 7 && !decimals.ends_with("0}"), "{text}");
    }

    #[test]
    fn any_number_is_json_or_nothing(number: f64) {
        let text = Writer::object(|w| w.decimal("x", number));
        prop_assert_eq!(text == "{}", !number.is_finite());
        prop_assert!(text == "{}" || parse(&text)?["x"].is_number(), "{text}");
    }

    #[test]
    fn json_text_passes_through(value in value()) {
        let text = value.to_string();
        let written = Writer::object(|w| w.raw("x", &text));
        prop_assert_eq!(written == "{}", text == "{}");
        let is_kept = written == "{}" || parse(&written)?["x"] == value;
        prop_assert!(is_kept, "{}", written);
    }

    /// What `view_update` is for: the update, merged over the version before, is the version after.
    #[test]
    fn an_update_makes_the_version_after_of_the_version_before(before in object(), after in object()) {
        let version = |object: Map<String, Value>| {
            let mut event = object;
            event.insert("view".into(), serde_json::json!({ "id": "v", "url": "u" }));
            event.insert("_dd".into(), serde_json::json!({ "format_version": 2 }));
            Value::from(event)
        };
        let (before, after) = (version(before), version(after));
        if let Some(update) = diff(&before.to_string(), &after.to_string()) {
            let patched = patched(&before, &parse(&update)?);
            prop_assert_eq!(without_nulls(&patched), without_nulls(&after));
        } else {
            prop_assert_eq!(before, after);
        }
    }
}

/// As the backend applies an update: objects deeply, `null` removes.
fn patched(base: &Value, update: &Value) -> Value {
    let mut patched = merged(base, update);
    if let Value::Object(event) = &mut patched {
        event.remove("type");
    }
    patched
}

fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(object) => object
            .iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| (name.clone(), without_nulls(value)))
            .collect::<Map<_, _>>()
            .into(),
        other => other.clone(),
    }
}
