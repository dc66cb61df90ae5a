//! Stack traces, as the three engines write them and as none does.

use ferrum::stack_trace::{Frame, MAX_FRAMES, frames, normalize};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// A frame that owns its text.
#[derive(Clone, Debug, PartialEq)]
struct Call {
    function: String,
    url: String,
    line: Option<u32>,
    column: Option<u32>,
}

impl From<Frame<'_>> for Call {
    fn from(frame: Frame<'_>) -> Self {
        let Frame { function, url, line, column } = frame;
        Self { function: function.into(), url: url.into(), line, column }
    }
}

impl Call {
    fn location(&self) -> String {
        let number = |number: Option<u32>| number.map(|n| format!(":{n}")).unwrap_or_default();
        format!("{}{}{}", self.url, number(self.line), number(self.column))
    }

    fn in_v8(&self) -> String {
        match self.function.as_str() {
            "<anonymous>" => format!("    at {}\n", self.location()),
            function => format!("    at {function} ({})\n", self.location()),
        }
    }

    fn in_gecko(&self) -> String {
        let function = self.function.strip_prefix("<anonymous>").unwrap_or(&self.function);
        format!("{function}@{}\n", self.location())
    }

    fn in_javascript_core(&self) -> String {
        match self.function.as_str() {
            "<anonymous>" => format!("{}\n", self.location()),
            function => format!("{function}@{}\n", self.location()),
        }
    }
}

fn function() -> impl Strategy<Value = String> {
    let name = "[A-Za-z_$][A-Za-z0-9_$.]{0,12}";
    prop_oneof![
        Just("<anonymous>".to_owned()),
        name,
        name.prop_map(|name| format!("new {name}")),
        name.prop_map(|name| format!("async {name}")),
        name.prop_map(|name| format!("{name}.<anonymous>")),
        name.prop_map(|name| format!("Object.{name} [as handler]")),
        name.prop_map(|name| format!("promise callback*{name}/<")),
    ]
}

fn url() -> impl Strategy<Value = String> {
    const ORIGINS: &[&str] = &[
        "https://shop.example",
        "http://localhost:8080",
        "blob:https://shop.example",
        "file:///C:",
        "chrome-extension://abcdef",
        "capacitor://localhost",
        "webpack-internal:///.",
    ];
    (select(ORIGINS), "(/[A-Za-z0-9@()._~%+-]{1,8}){1,3}(\\?a=[a-z0-9:]{1,3})?x")
        .prop_map(|(origin, path)| format!("{origin}{path}"))
}

/// The engines always tell the line of an anonymous frame.
fn call() -> impl Strategy<Value = Call> {
    (function(), url(), option::of((1u32.., option::of(1u32..)))).prop_map(
        |(function, url, position)| {
            let least = (function == "<anonymous>").then_some((1, None));
            let (line, column) = position.or(least).unzip();
            Call { function, url, line, column: column.flatten() }
        },
    )
}

fn calls() -> impl Strategy<Value = Vec<Call>> {
    prop::collection::vec(call(), 1..8)
}

fn parse(message: &str, stack: &str) -> Vec<Call> {
    frames(message, stack).map(Call::from).collect()
}

fn stack(calls: &[Call], write: fn(&Call) -> String) -> String {
    calls.iter().map(write).collect()
}

/// Text made of what the parser looks for.
fn almost_a_stack() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "at ",
        "\n",
        " (",
        ")",
        "@",
        ":",
        " @ ",
        "12",
        "0",
        "https://",
        "a.js",
        "eval at ",
        "), ",
        " line ",
        " > eval",
        "native",
        "node:",
        "blob:",
        "async ",
        "<anonymous>",
        "[native code]",
        "é",
        "\u{1F980}",
        "/",
        "C:\\",
        "Error: ",
    ];
    prop::collection::vec(select(PIECES), 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_can_be_read(name: String, message: String, stack: String) {
        check_bounds(&name, &message, &stack)?;
    }

    #[test]
    fn anything_close_to_a_stack_can_be_read(message in almost_a_stack(), stack in almost_a_stack()) {
        check_bounds("Error", &message, &stack)?;
    }

    #[test]
    fn v8_frames_are_read_as_they_were_written(calls in calls(), message in "[^:]*") {
        let stack = format!("Error: {message}\n{}", stack(&calls, Call::in_v8));
        prop_assert_eq!(parse(&message, &stack), calls);
    }

    #[test]
    fn gecko_frames_are_read_as_they_were_written(calls in calls()) {
        prop_assert_eq!(parse("", &stack(&calls, Call::in_gecko)), calls);
    }

    #[test]
    fn javascript_core_frames_are_read_as_they_were_written(calls in calls()) {
        prop_assert_eq!(parse("", &stack(&calls, Call::in_javascript_core)), calls);
    }

    #[test]
    fn the_canonical_text_is_its_own_canonical_text(calls in calls(), message: String) {
        let canonical = normalize("Error", &message, &stack(&calls, Call::in_v8));
        let text = canonical.clone().unwrap_or_default();
        prop_assert_eq!(parse(&message, &text), calls);
        prop_assert_eq!(normalize("Error", &message, &text), canonical);
    }
}

/// The text is no longer than what it was made of and the words around each frame.
fn check_bounds(name: &str, message: &str, stack: &str) -> Result<(), TestCaseError> {
    let header = name.len().max("Error".len()) + ": ".len() + message.len();
    let frame = "\n  at <anonymous> @ <anonymous>".len();
    let count = frames(message, stack).count();
    let text = normalize(name, message, stack);
    prop_assert!(count <= MAX_FRAMES);
    prop_assert_eq!(text.is_some(), count > 0 || !name.is_empty());
    prop_assert!(text.unwrap_or_default().len() <= header + stack.len() + count * frame);
    Ok(())
}
