//! Stack traces: the `stack` text of an error goes in, its frames come out, or Datadog's canonical
//! text: `Name: message`, then `\n  at function @ url:line:column` for each frame.
//!
//! Reads what V8, Gecko and JavaScriptCore write, and the canonical text itself. Reference:
//! `@datadog/browser-core 7.16 src/tools/stackTrace/computeStackTrace.ts`, `handlingStack.ts`.
//! Deliberate differences:
//!
//! * At most [`MAX_FRAMES`] frames are read.
//! * The message is recognised behind any name: V8 writes the name the error had when it was made.
//! * V8: paths of Windows and any other location with a line are accepted; modules of `node:` are
//!   dropped (Datadog: a frame with all of the line for its url); a `native` frame has the url
//!   `native` (Datadog: `foo(native) @ undefined`).
//! * Gecko: any `scheme://` is accepted; code of `new Function` collapses to its origin like that of
//!   `eval`; arguments (until Firefox 13) stay part of the function's name.
//! * Frames without a url (`eval code` in JavaScriptCore) are dropped, not written as `undefined`.
//!
//! `js/error.ts` has removed the constructors of the error's own class, which Gecko and
//! JavaScriptCore leave on top.

use alloc::string::String;
use core::iter;

/// Frames read of one stack: as many as Gecko records. V8 records 10 and JavaScriptCore 100 by
/// default, but pages may raise `Error.stackTraceLimit`.
pub const MAX_FRAMES: usize = 128;

const ANONYMOUS: &str = "<anonymous>";

/// One call, innermost first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame<'a> {
    /// As the browser writes it (`new Foo`, `async foo`, `foo/<`); `<anonymous>` when unknown.
    pub function: &'a str,
    /// Script URL, path, or what stands for it (`[native code]`, `<anonymous>`); for WebAssembly the
    /// whole locator, with function index and offset.
    pub url: &'a str,
    /// Counted from 1; absent when not told.
    pub line: Option<u32>,
    /// Counted from 1; absent when not told, and without line.
    pub column: Option<u32>,
}

/// `error.stack` in Datadog's canonical form. What has no name is no error: its stack is that of an
/// `Error`, and absent when no frame could be read.
pub fn normalize(name: &str, message: &str, stack: &str) -> Option<String> {
    let is_error = !name.is_empty();
    let name = if is_error { name } else { "Error" };
    let text = canonical(name, message, frames(message, stack), 0);
    (is_error || text.len() > name.len() + ": ".len() + message.len()).then_some(text)
}

/// `error.handling_stack`: where the page called `what`, from the stack of an error made in the
/// call, whose innermost `own` frames are the shim's.
pub fn handling(what: &str, stack: &str, own: usize) -> String {
    canonical("HandlingStack", what, frames("", stack), own)
}

fn canonical(name: &str, message: &str, frames: Frames<'_>, own: usize) -> String {
    let mut text = String::from(name);
    text.push_str(": ");
    text.push_str(message);
    for frame in frames.skip(own) {
        frame.write_to(&mut text);
    }
    text
}

/// The frames of a `stack` text, which may begin with the error's name and `message`. Lines that are
/// no frames are skipped, and so are frames of `node:` modules.
pub fn frames<'a>(message: &str, stack: &'a str) -> Frames<'a> {
    Frames { rest: skip_message(message, stack), left: MAX_FRAMES }
}

/// See [`frames`].
#[derive(Clone, Debug)]
pub struct Frames<'a> {
    rest: &'a str,
    left: usize,
}

impl<'a> Iterator for Frames<'a> {
    type Item = Frame<'a>;

    // One copy for all who read frames.
    #[inline(never)]
    fn next(&mut self) -> Option<Frame<'a>> {
        while self.left > 0 && !self.rest.is_empty() {
            let (line, rest) = split_line(self.rest);
            self.rest = rest;
            if let Some(frame) = parse_line(line) {
                self.left -= 1;
                return Some(frame);
            }
        }
        None
    }
}

impl<'a> Frame<'a> {
    fn new(function: &'a str, place: Place<'a>) -> Self {
        let Place { url, line, column } =
            place.v8_origin().or_else(|| place.gecko_origin()).unwrap_or(place);
        let line = line.filter(|&line| line > 0);
        let column = line.and(column).filter(|&column| column > 0);
        Self { function: or_anonymous(function), url: or_anonymous(url), line, column }
    }

    fn write_to(&self, text: &mut String) {
        text.push_str("\n  at ");
        text.push_str(self.function);
        text.push_str(" @ ");
        text.push_str(self.url);
        for number in [self.line, self.column].into_iter().flatten() {
            text.push(':');
            push_number(text, number);
        }
    }

    /// The URL of the module when this is a function of WebAssembly, `url:wasm-function[7]:0x1f`,
    /// <https://webassembly.github.io/spec/web-api/#conventions>; empty when only that is known.
    pub fn wasm_module(self) -> Option<&'a str> {
        match self.url {
            "[wasm code]" => Some(""),
            url => splits(url, ":wasm-function[").next().map(|(module, _)| module),
        }
    }
}

fn or_anonymous(text: &str) -> &str {
    if text.is_empty() { ANONYMOUS } else { text }
}

/// Without `format!`, which would weigh more than this module.
fn push_number(text: &mut String, number: u32) {
    if number >= 10 {
        push_number(text, number / 10);
    }
    text.push(char::from(b'0' + (number % 10) as u8));
}

/// The rest of V8's text behind `Name: message`; the message may have lines that look like frames.
/// The other engines do not repeat it.
fn skip_message<'a>(message: &str, stack: &'a str) -> &'a str {
    let (header, _) = split_line(stack);
    let after_name = splits(header, ": ").filter_map(|(name, _)| stack.get(name.len() + 2..));
    after_name
        .chain(iter::once(stack))
        .filter_map(|text| text.strip_prefix(message))
        .find(|frames| frames.is_empty() || frames.starts_with('\n'))
        .unwrap_or(stack)
}

/// Without `str::split`, whose `memchr` brings its panics into the wasm.
fn split_line(text: &str) -> (&str, &str) {
    splits(text, "\n").next().unwrap_or((text, ""))
}

fn parse_line(line: &str) -> Option<Frame<'_>> {
    let line = line.trim_ascii();
    match line.strip_prefix("at ") {
        Some(call) => parse_v8(call),
        None => parse_gecko(line),
    }
}

/// `function (location)`, `location` or `async location`,
/// <https://v8.dev/docs/stack-trace-api#appendix%3A-stack-trace-format>; or `function @ location`,
/// which is canonical.
fn parse_v8(call: &str) -> Option<Frame<'_>> {
    if let Some(call) = call.strip_suffix(')') {
        let place = Place::new(call);
        let named = |separator| parse_named(place, separator, Place::is_in_v8);
        return named(" (").or_else(|| named("("));
    }
    let named = parse_named(Place::new(call), " @ ", Place::is_in_v8);
    let (function, location) =
        call.strip_prefix("async ").map_or(("", call), |location| ("async", location));
    let place = Place::new(location);
    named.or_else(|| place.is_in_v8().then(|| Frame::new(function, place)))
}

/// `function@location`, in JavaScriptCore also a `location` alone.
fn parse_gecko(call: &str) -> Option<Frame<'_>> {
    let place = Place::new(call);
    let is_alone = (place.line.is_some() || call.starts_with('[')) && place.is_in_gecko();
    let named = parse_named(place, "@", Place::is_in_gecko);
    named.or_else(|| is_alone.then(|| Frame::new("", place)))
}

/// The function ends at the first separator that has a location behind it.
fn parse_named<'a>(
    place: Place<'a>,
    separator: &'static str,
    is_location: fn(Place<'a>) -> bool,
) -> Option<Frame<'a>> {
    let (function, url) =
        splits(place.url, separator).find(|(_, url)| is_location(place.at(url)))?;
    Some(Frame::new(function, place.at(url)))
}

/// `url[:line[:column]]`
#[derive(Clone, Copy)]
struct Place<'a> {
    url: &'a str,
    line: Option<u32>,
    column: Option<u32>,
}

impl<'a> Place<'a> {
    fn new(text: &'a str) -> Self {
        let Some((rest, last)) = split_number(text) else {
            return Self { url: text, line: None, column: None };
        };
        match split_number(rest) {
            Some((url, line)) => Self { url, line: Some(line), column: Some(last) },
            None => Self { url: rest, line: Some(last), column: None },
        }
    }

    /// The same position in what is left of the url.
    fn at(self, url: &'a str) -> Self {
        Self { url, ..self }
    }

    /// Whether V8 may mean a location by this; `node:` modules are not the page's.
    fn is_in_v8(self) -> bool {
        let url = self.url;
        let is_path =
            || url.starts_with('/') || url.get(1..).is_some_and(|rest| rest.starts_with(":\\"));
        let is_word = || !url.starts_with("node:") && !url.bytes().any(|byte| byte == b' ');
        matches!(url, ANONYMOUS | "native")
            || url.starts_with("eval ")
            || self.is_url()
            || self.line.is_some() && (is_word() || is_path())
    }

    /// Whether Gecko or JavaScriptCore may mean a location by this; React Native has bundles.
    fn is_in_gecko(self) -> bool {
        self.is_url() || self.url.ends_with("bundle")
    }

    /// Whether any engine may mean a location by this, even without a line.
    fn is_url(self) -> bool {
        let is_scheme = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
        let scheme_end = self.url.bytes().position(|byte| !is_scheme(byte)).unwrap_or(0);
        scheme_end > 0 && self.url.get(scheme_end..).is_some_and(|rest| rest.starts_with("://"))
            || self.url.starts_with("blob:")
            || matches!(self.url, "[native code]" | "[wasm code]")
    }

    /// Where V8's eval was called, of nested ones the outermost:
    /// `eval at f (url:line:column), <anonymous>:line:column`.
    fn v8_origin(self) -> Option<Self> {
        let calls = self.url.strip_prefix("eval at ")?;
        let (_, outermost) = splits(calls, " (").last()?;
        let mut origins = splits(outermost, ")").map(|(origin, _)| Place::new(origin));
        origins.find(|origin| origin.column.is_some())
    }

    /// Where Gecko's eval was called, of nested ones the outermost: `url line 7 > eval`. It does not
    /// tell the column.
    fn gecko_origin(self) -> Option<Self> {
        splits(self.url, " line ").find_map(|(url, rest)| {
            let (line, rest) = splits(rest, " ").next()?;
            let line = Some(parse_number(line)?);
            // Of a module compiled there (`> WebAssembly.Module`) only this tells the function.
            let is_code = rest.starts_with("> ") && !rest.starts_with("> W");
            is_code.then_some(Self { url, line, column: None })
        })
    }
}

/// What is before and after each occurrence of `separator`, from the left. (`str::find` with a `&str`
/// would bring its whole search algorithm along, too.)
fn splits<'a>(text: &'a str, separator: &'static str) -> impl Iterator<Item = (&'a str, &'a str)> {
    (0..text.len()).filter_map(move |at| {
        let (before, rest) = text.split_at_checked(at)?;
        Some((before, rest.strip_prefix(separator)?))
    })
}

fn split_number(text: &str) -> Option<(&str, u32)> {
    let (rest, number) = splits(text, ":").last()?;
    Some((rest, parse_number(number)?))
}

/// Decimal digits only; absent when it does not fit.
fn parse_number(digits: &str) -> Option<u32> {
    let add = |number: u32, byte: u8| {
        let digit = u32::from(byte.wrapping_sub(b'0'));
        (digit < 10).then_some(())?;
        number.checked_mul(10)?.checked_add(digit)
    };
    (!digits.is_empty()).then_some(0).and_then(|zero| digits.bytes().try_fold(zero, add))
}

#[cfg(test)]
mod tests;
