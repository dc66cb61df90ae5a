//! Writes any `Serialize` type as compact JSON.
//!
//! Its own serializer because `serde_json` costs five kilobytes more in the shipped module
//! (measured, brotli), and because of one rule that keeps events small and honest: **a value that
//! is absent takes its name with it.** `None` and numbers that are not finite write nothing, and a
//! field or an entry whose value wrote nothing is left out, so no type needs
//! `skip_serializing_if`.

use alloc::string::String;

use core::fmt;

use serde::ser::{
    Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, Serializer, StdError,
};

/// Appends `value` to `out` as JSON.
pub fn write<T: Serialize + ?Sized>(out: &mut String, value: &T) {
    // Cannot fail: see `Unsupported`.
    let _ = value.serialize(&mut Writer { out, raw: false });
}

/// `value` as JSON.
pub fn to_string<T: Serialize + ?Sized>(value: &T) -> String {
    let mut out = String::with_capacity(1_024);
    write(&mut out, value);
    out
}

/// JSON text that is written as it is. Whoever makes one vouches that the text is JSON; empty text
/// stands for absence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Raw(pub String);

const RAW: &str = "$raw";

impl Raw {
    /// Whether there is nothing to write: no text, or an object without members.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty() || self.0 == "{}"
    }
}

impl Serialize for Raw {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(RAW, &self.0)
    }
}

/// What this writer cannot write (tuples, byte strings, enums with fields): no event has any.
#[derive(Debug)]
struct Unsupported;

impl fmt::Display for Unsupported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unsupported type")
    }
}

impl StdError for Unsupported {}

impl serde::ser::Error for Unsupported {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

type Written = Result<(), Unsupported>;

struct Writer<'a> {
    out: &'a mut String,
    /// The next string is JSON text.
    raw: bool,
}

impl Writer<'_> {
    fn unsigned(&mut self, mut value: u64) {
        let mut digits = [0_u8; 20];
        let mut length = 0;
        for digit in digits.iter_mut().rev() {
            *digit = b'0' + (value % 10) as u8;
            value /= 10;
            length += 1;
            if value == 0 {
                break;
            }
        }
        for digit in digits.iter().skip(20 - length) {
            self.out.push(char::from(*digit));
        }
    }

    /// Six decimals at most, trailing zeros dropped. Enough for scores, ratios and pixels, and
    /// six kilobytes cheaper than the formatting of the standard library.
    fn decimal(&mut self, value: f64) {
        if !value.is_finite() {
            return;
        }
        let millionths = (value.abs() * 1e6 + 0.5) as u64;
        if value < 0.0 && millionths > 0 {
            self.out.push('-');
        }
        self.unsigned(millionths / 1_000_000);
        let mut fraction = millionths % 1_000_000;
        let mut unit = 100_000;
        if fraction > 0 {
            self.out.push('.');
        }
        while fraction > 0 {
            self.out.push(char::from(b'0' + (fraction / unit) as u8));
            fraction %= unit;
            unit /= 10;
        }
    }

    fn text(&mut self, text: &str) {
        self.out.push('"');
        for character in text.chars() {
            match character {
                '"' => self.out.push_str("\\\""),
                '\\' => self.out.push_str("\\\\"),
                '\n' => self.out.push_str("\\n"),
                '\u{0}'..'\u{20}' => self.control(character as u8),
                _ => self.out.push(character),
            }
        }
        self.out.push('"');
    }

    fn control(&mut self, byte: u8) {
        self.out.push_str(if byte < 16 { "\\u000" } else { "\\u001" });
        let digit = byte & 15;
        let letter = if digit < 10 { b'0' } else { b'a' - 10 };
        self.out.push(char::from(letter + digit));
    }

    /// A name and its value, or nothing at all when the value is absent. Generic only where it
    /// must be: this exists once for each type of field.
    fn member<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Written {
        let before = self.out.len();
        let named = self.open(name);
        let written = value.serialize(&mut Writer { out: self.out, raw: false });
        self.close(before, named);
        written
    }

    #[inline(never)]
    fn open(&mut self, name: &str) -> usize {
        if !self.out.ends_with('{') {
            self.out.push(',');
        }
        self.text(name);
        self.out.push(':');
        self.out.len()
    }

    #[inline(never)]
    fn close(&mut self, before: usize, named: usize) {
        if self.out.len() == named {
            self.out.truncate(before);
        }
    }
}

impl Serializer for &mut Writer<'_> {
    type Ok = ();
    type Error = Unsupported;
    type SerializeSeq = Self;
    type SerializeMap = Member<Self>;
    type SerializeStruct = Self;
    type SerializeTuple = Impossible<(), Unsupported>;
    type SerializeTupleStruct = Impossible<(), Unsupported>;
    type SerializeTupleVariant = Impossible<(), Unsupported>;
    type SerializeStructVariant = Impossible<(), Unsupported>;

    fn serialize_bool(self, value: bool) -> Written {
        self.out.push_str(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_u64(self, value: u64) -> Written {
        self.unsigned(value);
        Ok(())
    }

    fn serialize_f64(self, value: f64) -> Written {
        self.decimal(value);
        Ok(())
    }

    fn serialize_str(self, value: &str) -> Written {
        if self.raw {
            self.out.push_str(value);
        } else {
            self.text(value);
        }
        Ok(())
    }

    fn serialize_none(self) -> Written {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Written {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Written {
        value.serialize(&mut Writer { out: self.out, raw: name == RAW })
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self, Unsupported> {
        self.out.push('[');
        Ok(self)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Member<Self>, Unsupported> {
        self.out.push('{');
        Ok(Member { writer: self, name: String::new() })
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, Unsupported> {
        self.out.push('{');
        Ok(self)
    }

    fn serialize_u8(self, value: u8) -> Written {
        self.serialize_u64(value.into())
    }

    fn serialize_u16(self, value: u16) -> Written {
        self.serialize_u64(value.into())
    }

    fn serialize_u32(self, value: u32) -> Written {
        self.serialize_u64(value.into())
    }

    fn serialize_f32(self, value: f32) -> Written {
        self.serialize_f64(value.into())
    }

    fn serialize_i8(self, _: i8) -> Written {
        Err(Unsupported)
    }

    fn serialize_i16(self, _: i16) -> Written {
        Err(Unsupported)
    }

    fn serialize_i32(self, _: i32) -> Written {
        Err(Unsupported)
    }

    fn serialize_i64(self, _: i64) -> Written {
        Err(Unsupported)
    }

    fn serialize_char(self, _: char) -> Written {
        Err(Unsupported)
    }

    fn serialize_bytes(self, _: &[u8]) -> Written {
        Err(Unsupported)
    }

    fn serialize_unit(self) -> Written {
        Err(Unsupported)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Written {
        Err(Unsupported)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Written {
        Err(Unsupported)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Unsupported> {
        Err(Unsupported)
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, Unsupported> {
        Err(Unsupported)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Unsupported> {
        Err(Unsupported)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Unsupported> {
        Err(Unsupported)
    }

    fn collect_str<T: fmt::Display + ?Sized>(self, _: &T) -> Written {
        Err(Unsupported)
    }
}

impl SerializeSeq for &mut Writer<'_> {
    type Ok = ();
    type Error = Unsupported;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        if !self.out.ends_with('[') {
            self.out.push(',');
        }
        value.serialize(&mut Writer { out: self.out, raw: false })
    }

    fn end(self) -> Written {
        self.out.push(']');
        Ok(())
    }
}

impl SerializeStruct for &mut Writer<'_> {
    type Ok = ();
    type Error = Unsupported;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Written {
        self.member(name, value)
    }

    fn end(self) -> Written {
        self.out.push('}');
        Ok(())
    }
}

/// A map being written: the name waits for its value.
struct Member<W> {
    writer: W,
    name: String,
}

impl SerializeMap for Member<&mut Writer<'_>> {
    type Ok = ();
    type Error = Unsupported;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, name: &T) -> Written {
        self.name.clear();
        name.serialize(&mut Writer { out: &mut self.name, raw: true })
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        self.writer.member(&self.name, value)
    }

    fn end(self) -> Written {
        self.writer.out.push('}');
        Ok(())
    }
}

#[cfg(test)]
mod tests {
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
        let sample =
            Sample { first: None, second: 0.5, third: None, nested: Some(Box::new(nested)) };
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
}
