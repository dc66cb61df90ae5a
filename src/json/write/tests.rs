use super::*;

fn text(fill: impl FnOnce(&mut Writer)) -> String {
    Writer::object(fill)
}

#[test]
fn leaves_out_the_name_of_an_absent_value() {
    let text = text(|w| {
        w.some_text("none", None);
        w.some_text("empty", Some(""));
        w.some_span("span", None);
        w.raw("raw", "{}");
        w.decimal("nan", f64::NAN);
        w.nested("nested", |w| w.some_span("span", None));
        w.ids("ids", &[]);
        w.list("list", [0; 0].into_iter(), |_, _| {});
        w.whole("last", 7);
    });
    assert_eq!(text, r#"{"last":7}"#);
}

#[test]
fn nests_objects_and_lists() {
    let id = Uuid::parse("0d1f7a34-64a2-4b5e-9a0e-3a8e5cf0c1d2").unwrap();
    let text = text(|w| {
        w.nested("a", |w| w.flag("b", true));
        w.list("c", [1, 2].into_iter(), |w, item| w.whole("d", item));
        w.ids("e", &[id, id]);
        w.count("f", 3);
        w.raw("g", "[null]");
    });
    assert_eq!(
        text,
        "{\"a\":{\"b\":true},\"c\":[{\"d\":1},{\"d\":2}],\
         \"e\":[\"0d1f7a34-64a2-4b5e-9a0e-3a8e5cf0c1d2\",\"0d1f7a34-64a2-4b5e-9a0e-3a8e5cf0c1d2\"],\
         \"f\":{\"count\":3},\"g\":[null]}"
    );
}

#[test]
fn rounds_decimals_to_six_places_and_drops_trailing_zeros() {
    for (value, expected) in [
        (0.0, "0"),
        (-0.0, "0"),
        (1.0, "1"),
        (-12.5, "-12.5"),
        (0.043_199_999_9, "0.0432"),
        (0.000_000_4, "0"),
        (-0.000_000_4, "0"),
        (100.000_001, "100.000001"),
        (9_007_199_254.740_99, "9007199254.74099"),
    ] {
        assert_eq!(text(|w| w.decimal("x", value)), ["{\"x\":", expected, "}"].concat());
    }
}

#[test]
fn writes_numbers_at_the_edges_of_their_type() {
    assert_eq!(text(|w| w.whole("x", 0)), r#"{"x":0}"#);
    assert_eq!(text(|w| w.whole("x", u64::MAX)), r#"{"x":18446744073709551615}"#);
}

#[test]
fn rounds_spans_to_whole_nanoseconds() {
    let span = Duration::from_millis(1.234_567_89);
    assert_eq!(text(|w| w.span("x", span)), r#"{"x":1234568}"#);
}

#[test]
fn escapes_what_json_forbids_in_a_string() {
    let hostile = "quote\" back\\ line\n null\0 unit\u{1f} é \u{2028}";
    let read: serde_json::Value = serde_json::from_str(&text(|w| w.text("x", hostile))).unwrap();
    assert_eq!(read["x"], hostile);
}
