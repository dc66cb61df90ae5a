//! Writes an object member by member.
//!
//! Plain calls, because types that derive `Serialize` and a small serializer of our own cost three
//! kilobytes more in the shipped module (measured, brotli), and `serde_json` five. One rule keeps
//! events small and honest: **what is absent takes its name with it.** `None`, numbers that are
//! not finite, empty [`Raw`]s and objects without members write nothing.

use alloc::string::String;

use crate::id::{Uuid, hex_digit};
use crate::text::around;
use crate::time::Duration;

/// JSON text that is written as it is. Whoever makes one vouches that the text is JSON; empty text
/// stands for absence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Raw(pub String);

impl Raw {
    /// Whether there is nothing to write: no text, or an object without members.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty() || self.0 == "{}"
    }
}

/// An object being written.
#[derive(Debug)]
pub struct Writer {
    out: String,
}

impl Writer {
    /// The JSON text of an object with the members that `fill` writes.
    pub fn object(fill: impl FnOnce(&mut Self)) -> String {
        let mut writer = Self::begin();
        fill(&mut writer);
        writer.end()
    }

    #[inline(never)]
    fn begin() -> Self {
        let mut out = String::with_capacity(1_024);
        out.push('{');
        Self { out }
    }

    fn end(mut self) -> String {
        self.out.push('}');
        self.out
    }

    /// A member that is an object.
    pub fn nested(&mut self, name: &str, fill: impl FnOnce(&mut Self)) {
        let before = self.open_object(name);
        fill(self);
        self.close_object(before);
    }

    /// A member that is a list of objects.
    pub fn list<T>(&mut self, name: &str, items: impl Iterator<Item = T>, each: fn(&mut Self, T)) {
        let before = self.out.len();
        self.open(name, '[');
        for item in items {
            self.separate();
            self.out.push('{');
            each(self, item);
            self.out.push('}');
        }
        self.close(before, '[');
    }

    /// A member that is a list of ids, unless there is none.
    pub fn ids(&mut self, name: &str, ids: &[Uuid]) {
        if !ids.is_empty() {
            self.all_ids(name, ids);
        }
    }

    /// A member that is a list of ids, empty or not.
    pub fn all_ids(&mut self, name: &str, ids: &[Uuid]) {
        self.open(name, '[');
        for id in ids {
            self.separate();
            self.quoted_id(*id);
        }
        self.out.push(']');
    }

    /// A member that is a list of strings, empty or not.
    pub fn texts(&mut self, name: &str, texts: &[&str]) {
        self.open(name, '[');
        for text in texts {
            self.separate();
            self.quoted(text);
        }
        self.out.push(']');
    }

    /// A string.
    #[inline(never)]
    pub fn text(&mut self, name: &str, value: &str) {
        self.name(name);
        self.quoted(value);
    }

    /// A string, unless it is empty.
    #[inline(never)]
    pub fn nonempty(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.text(name, value);
        }
    }

    /// A string, unless it is absent or empty.
    pub fn some_text(&mut self, name: &str, value: Option<&str>) {
        self.nonempty(name, value.unwrap_or_default());
    }

    /// An id.
    #[inline(never)]
    pub fn id(&mut self, name: &str, value: Uuid) {
        self.name(name);
        self.quoted_id(value);
    }

    /// A whole number.
    #[inline(never)]
    pub fn whole(&mut self, name: &str, value: u64) {
        self.name(name);
        self.digits(value);
    }

    /// A span, in the wire's nanoseconds.
    #[inline(never)]
    pub fn span(&mut self, name: &str, value: Duration) {
        self.whole(name, value.as_nanos());
    }

    /// A span, unless it is absent.
    pub fn some_span(&mut self, name: &str, value: Option<Duration>) {
        if let Some(value) = value {
            self.span(name, value);
        }
    }

    /// `{"count": value}`
    #[inline(never)]
    pub fn count(&mut self, name: &str, value: u64) {
        self.nested(name, |count| count.whole("count", value));
    }

    /// `true` or `false`.
    #[inline(never)]
    pub fn flag(&mut self, name: &str, value: bool) {
        self.raw(name, if value { "true" } else { "false" });
    }

    /// JSON text as it is; nothing when it is empty.
    #[inline(never)]
    pub fn raw(&mut self, name: &str, value: &str) {
        if !value.is_empty() && value != "{}" {
            self.value(name, value);
        }
    }

    /// JSON text as it is, of an empty object too.
    #[inline(never)]
    pub fn value(&mut self, name: &str, value: &str) {
        self.name(name);
        self.out.push_str(value);
    }

    /// A number with six decimals at most, trailing zeros dropped. Enough for scores, ratios and
    /// pixels, and six kilobytes cheaper than the formatting of the standard library.
    #[inline(never)]
    pub fn decimal(&mut self, name: &str, value: f64) {
        if !value.is_finite() {
            return;
        }
        self.name(name);
        let millionths = (value.abs() * 1e6 + 0.5) as u64;
        if value < 0.0 && millionths > 0 {
            self.out.push('-');
        }
        self.digits(millionths / 1_000_000);
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

    /// Where [`Self::close_object`] finds the member's beginning.
    #[inline(never)]
    fn open_object(&mut self, name: &str) -> usize {
        let before = self.out.len();
        self.open(name, '{');
        before
    }

    #[inline(never)]
    fn close_object(&mut self, before: usize) {
        self.close(before, '{');
    }

    #[inline(never)]
    fn open(&mut self, name: &str, bracket: char) {
        self.name(name);
        self.out.push(bracket);
    }

    /// Closes what `open` opened, or takes it back when nothing was written into it.
    #[inline(never)]
    fn close(&mut self, before: usize, bracket: char) {
        if self.out.ends_with(bracket) {
            self.out.truncate(before);
        } else {
            self.out.push(if bracket == '{' { '}' } else { ']' });
        }
    }

    fn separate(&mut self) {
        if !matches!(self.out.as_bytes().last(), None | Some(b'{' | b'[')) {
            self.out.push(',');
        }
    }

    #[inline(never)]
    fn name(&mut self, name: &str) {
        self.separate();
        self.quoted(name);
        self.out.push(':');
    }

    fn quoted_id(&mut self, id: Uuid) {
        self.out.push('"');
        id.write(&mut self.out);
        self.out.push('"');
    }

    #[inline(never)]
    fn quoted(&mut self, text: &str) {
        self.out.push('"');
        let mut rest = text;
        while let Some((plain, byte, after)) = split_at_special(rest) {
            self.out.push_str(plain);
            self.escaped(byte);
            rest = after;
        }
        self.out.push_str(rest);
        self.out.push('"');
    }

    fn escaped(&mut self, byte: u8) {
        match byte {
            b'"' => self.out.push_str("\\\""),
            b'\\' => self.out.push_str("\\\\"),
            b'\n' => self.out.push_str("\\n"),
            _ => self.control(byte),
        }
    }

    fn control(&mut self, byte: u8) {
        self.out.push_str(if byte < 16 { "\\u000" } else { "\\u001" });
        self.out.push(hex_digit(byte & 15));
    }

    fn digits(&mut self, value: u64) {
        push_digits(&mut self.out, value);
    }
}

/// The first character that a string cannot have as it is, with what is before and after it.
fn split_at_special(text: &str) -> Option<(&str, u8, &str)> {
    let is_special = |byte: u8| byte < b' ' || matches!(byte, b'"' | b'\\');
    let (at, byte) = text.bytes().enumerate().find(|(_, byte)| is_special(*byte))?;
    let (before, after) = around(text, at)?;
    Some((before, byte, after))
}

/// Appends a number in decimal digits.
pub(crate) fn push_digits(out: &mut String, value: u64) {
    if value >= 10 {
        push_digits(out, value / 10);
    }
    out.push(char::from(b'0' + (value % 10) as u8));
}

#[cfg(test)]
mod tests;
