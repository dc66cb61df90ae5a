//! Errors of the page: what the shim caught in, the `error` part of an event out.
//!
//! Texts and rules are those of `@datadog/browser-core` 7.16 (`domain/error`). Named
//! `error_event` because `error` would be read as this crate's own error types.

use alloc::string::String;
use alloc::vec::Vec;

use crate::json::Writer;
use crate::stack_trace;

/// How an error came to Ferrum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Nobody caught it: an exception or a rejected promise.
    Uncaught,
    /// The page reported it through `addError`.
    Custom,
}

impl Origin {
    const fn source(self) -> &'static str {
        match self {
            Self::Uncaught => "source",
            Self::Custom => "custom",
        }
    }

    const fn handling(self) -> &'static str {
        match self {
            Self::Uncaught => "unhandled",
            Self::Custom => "handled",
        }
    }
}

/// `addError` and what guards it: the innermost frames of a handling stack.
const SHIM_FRAMES: usize = 2;

/// What stands for the stack of a thrown value that has none.
const NO_STACK: &str = "No stack, consider using an instance of Error";

/// What was thrown, and what had caused that: the outermost error first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Thrown {
    /// `name`; empty when something else than an error was thrown.
    pub name: String,
    /// `message`, or what was thrown as text.
    pub message: String,
    /// `stack`, as the browser wrote it; may be empty.
    pub stack: String,
}

impl Thrown {
    fn write(&self, w: &mut Writer, source: &str, instead_of_stack: Option<&str>) {
        w.text("message", &self.message);
        w.text("source", source);
        w.some_text("type", Some(&self.name));
        let stack = stack_trace::normalize(&self.name, &self.message, &self.stack);
        w.some_text("stack", stack.as_deref().or(instead_of_stack));
    }
}

/// An error as it came to Ferrum.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Who reported it.
    pub origin: Origin,
    /// What was thrown, then what caused it, the nearest first.
    pub chain: Vec<Thrown>,
    /// By what the page wants it grouped (`dd_fingerprint`); empty for none.
    pub fingerprint: String,
    /// `stack` of an error made where the page reported it; empty for what nobody caught.
    pub handling_stack: String,
}

impl Report {
    /// Writes all of the `error` part but its id.
    pub fn write(&self, w: &mut Writer) {
        let source = self.origin.source();
        let Some((thrown, causes)) = self.chain.split_first() else { return };
        thrown.write(w, source, Some(NO_STACK));
        w.text("handling", self.origin.handling());
        let handling_stack = stack_trace::handling(&self.handling_stack, SHIM_FRAMES);
        w.some_text("handling_stack", handling_stack.as_deref());
        w.list("causes", causes.iter().map(|cause| (cause, source)), |w, (cause, source)| {
            cause.write(w, source, None);
        });
        w.some_text("fingerprint", Some(&self.fingerprint));
        w.text("source_type", "browser");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thrown(name: &str, message: &str, stack: &str) -> Thrown {
        Thrown { name: name.into(), message: message.into(), stack: stack.into() }
    }

    fn report(origin: Origin, chain: Vec<Thrown>) -> Report {
        Report { origin, chain, fingerprint: String::new(), handling_stack: String::new() }
    }

    fn written(report: &Report) -> serde_json::Value {
        serde_json::from_str(&Writer::object(|w| report.write(w))).unwrap()
    }

    fn error(origin: Origin, chain: Vec<Thrown>) -> serde_json::Value {
        written(&report(origin, chain))
    }

    #[test]
    fn tells_where_the_page_reported_it_and_how_to_group_it() {
        let report = Report {
            fingerprint: "checkout".into(),
            handling_stack: "Error\n    at addError (https://a/ferrum.js:1:2)\n    \
                             at https://a/ferrum.js:1:9\n    at onSubmit (https://a/x.js:40:12)"
                .into(),
            ..report(Origin::Custom, vec![thrown("", "x", "")])
        };
        let error = written(&report);
        assert_eq!(error["fingerprint"], "checkout");
        assert_eq!(
            error["handling_stack"],
            "HandlingStack: error\n  at onSubmit @ https://a/x.js:40:12"
        );
    }

    #[test]
    fn has_no_handling_stack_and_no_fingerprint_when_the_page_gave_none() {
        let error = error(Origin::Uncaught, vec![thrown("", "x", "")]);
        assert_eq!((error.get("handling_stack"), error.get("fingerprint")), (None, None));
    }

    #[test]
    fn says_who_handled_the_error() {
        let error = |origin| error(origin, vec![thrown("", "x", "")]);
        let uncaught = error(Origin::Uncaught);
        assert_eq!((&uncaught["source"], &uncaught["handling"]), (&"source".into(), &"unhandled".into()));
        let custom = error(Origin::Custom);
        assert_eq!((&custom["source"], &custom["handling"]), (&"custom".into(), &"handled".into()));
    }

    #[test]
    fn advises_to_throw_errors_when_there_is_no_stack() {
        let error = error(Origin::Custom, vec![thrown("", "Provided \"x\"", "")]);
        assert_eq!(error["stack"], NO_STACK);
        assert_eq!((error.get("type"), error.get("causes")), (None, None));
    }

    #[test]
    fn normalises_the_stacks_of_the_error_and_of_its_causes() {
        let stack = |name: &str| [name, ": m\n    at f (https://a/x.js:1:2)"].concat();
        let outer = thrown("TypeError", "m", &stack("TypeError"));
        let inner = thrown("RangeError", "m", &stack("RangeError"));
        let error = error(Origin::Uncaught, vec![outer, inner]);
        assert_eq!(error["stack"], "TypeError: m\n  at f @ https://a/x.js:1:2");
        let cause = &error["causes"][0];
        assert_eq!(cause["type"], "RangeError");
        assert_eq!(cause["stack"], "RangeError: m\n  at f @ https://a/x.js:1:2");
    }
}
