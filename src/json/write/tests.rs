use super::*;

use super::to_string as text;

#[derive(serde::Serialize)]
struct Sample {
    first: Option<u64>,
    second: f64,
    third: Option<&'static str>,
    nested: Option<Box<Self>>,
}

#[test]
fn leaves_out_the_name_of_an_absent_value() {
    let nested = Sample { first: Some(7), second: f64::NAN, third: Some("x"), nested: None };
    let sample = Sample { first: None, second: 0.5, third: None, nested: Some(Box::new(nested)) };
    assert_eq!(text(&sample), r#"{"second":0.5,"nested":{"first":7,"third":"x"}}"#);
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
        assert_eq!(text(&value), expected);
    }
}

#[test]
fn writes_numbers_at_the_edges_of_their_type() {
    assert_eq!(text(&0_u64), "0");
    assert_eq!(text(&u64::MAX), "18446744073709551615");
}

#[test]
fn escapes_what_json_forbids_in_a_string() {
    let hostile = "quote\" back\\ line\n null\0 unit\u{1f} é \u{2028}";
    let read: String = serde_json::from_str(&text(hostile)).unwrap();
    assert_eq!(read, hostile);
}

#[test]
fn passes_raw_json_through_and_drops_it_when_empty() {
    let raws = [("a", Raw("{\"b\":[1,null]}".into())), ("c", Raw::default())];
    assert_eq!(text(&Pairs(&raws)), r#"{"a":{"b":[1,null]}}"#);
}

struct Pairs<'a>(&'a [(&'static str, Raw)]);

impl Serialize for Pairs<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (*name, value)))
    }
}
