//! Writes any `Serialize` type as compact JSON.
//!
//! Its own serializer because `serde_json` costs five kilobytes more in the shipped module
//! (measured, brotli), and because of one rule that keeps events small and honest: **a value that
//! is absent takes its name with it.** `None` and numbers that are not finite write nothing, and a
//! field or an entry whose value wrote nothing is left out, so no type needs
//! `skip_serializing_if`.

use alloc::string::String;

use serde::{Serialize, Serializer};

use super::serializer::Written;

/// Appends `value` to `out` as JSON.
pub fn write<T: Serialize + ?Sized>(out: &mut String, value: &T) {
    // Cannot fail: no event has what the serializer refuses.
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

/// What the serializer knows one by.
pub(super) const RAW: &str = "$raw";

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

/// Where the text goes.
pub(super) struct Writer<'a> {
    pub(super) out: &'a mut String,
    /// The next string is JSON text.
    pub(super) raw: bool,
}

impl Writer<'_> {
    pub(super) fn unsigned(&mut self, mut value: u64) {
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
    pub(super) fn decimal(&mut self, value: f64) {
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

    pub(super) fn text(&mut self, text: &str) {
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
    pub(super) fn member<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Written {
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

#[cfg(test)]
mod tests;
