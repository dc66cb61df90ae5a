//! Errors of the page: what the shim caught in, the `error` part of an event out.
//!
//! Texts and rules are those of `@datadog/browser-core` 7.16 (`domain/error`, `domain/report`).
//! Deliberate differences: an error with a message but an empty name keeps its message (Datadog:
//! `Empty message`) and is an `Error`; failed requests and elements are errors where asked for; code
//! of WebAssembly is said to be such. Named `error_event` because `error` would be read as this
//! crate's own error types.

use alloc::string::String;
use alloc::vec::Vec;

use crate::json::{Raw, Writer};
use crate::stack_trace;

/// How an error came to Ferrum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Origin {
    /// Nobody caught it: an exception or a rejected promise.
    #[default]
    Uncaught,
    /// The page reported it through `addError`.
    Custom,
    /// `console.error`
    Console,
    /// The browser reports it: a violated policy, an intervention.
    Report,
    /// A request failed, or an element could not be loaded.
    Network,
}

impl Origin {
    /// Of the kinds of `js/engine-contract.ts`.
    pub const fn from_number(kind: f64) -> Self {
        match kind as u8 {
            2 => Self::Custom,
            3 => Self::Console,
            4 => Self::Report,
            5 => Self::Network,
            _ => Self::Uncaught,
        }
    }

    const fn source(self) -> &'static str {
        match self {
            Self::Uncaught => "source",
            Self::Custom => "custom",
            Self::Console => "console",
            Self::Report => "report",
            Self::Network => "network",
        }
    }

    /// Nobody knows whether the page looked at the response (`@datadog/browser-logs` 7.16,
    /// `networkErrorCollection`).
    const fn handling(self) -> Option<&'static str> {
        match self {
            Self::Uncaught | Self::Report => Some("unhandled"),
            Self::Custom | Self::Console => Some("handled"),
            Self::Network => None,
        }
    }

    /// What stands for the stack of a thrown value that has none. Only who throws can do better.
    const fn instead_of_stack(self) -> Option<&'static str> {
        match self {
            Self::Uncaught | Self::Custom => Some("No stack, consider using an instance of Error"),
            _ => None,
        }
    }

    /// What a handling stack is of, and its innermost frames that are the shim's: `addError` and
    /// what guards it, or the patch of the console.
    const fn call(self) -> (&'static str, usize) {
        match self {
            Self::Console => ("console error", 3),
            _ => ("error", 2),
        }
    }
}

/// With what the handling stacks begin that plugins for frameworks have made themselves.
const HANDLING_STACK: &str = "HandlingStack: ";

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
    /// `message` and `instead_of_stack` count where there is no better.
    fn write(&self, w: &mut Writer, origin: Origin, message: &str, instead_of_stack: Option<&str>) {
        let own = match &*self.message {
            "" if !self.name.is_empty() => "Empty message",
            own => own,
        };
        w.text("message", if message.is_empty() { own } else { message });
        w.text("source", origin.source());
        w.some_text("type", Some(&self.name));
        // What the browser reports has a name, but only a stack if there is a source file.
        let is_stackless = origin == Origin::Report && self.stack.is_empty();
        let stack = (!is_stackless)
            .then(|| stack_trace::normalize(&self.name, &self.message, &self.stack))
            .flatten();
        w.some_text("stack", stack.as_deref().or(instead_of_stack));
    }
}

/// An error as it came to Ferrum. Empty texts are absent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Who reported it.
    pub origin: Origin,
    /// What was thrown, then what caused it, the nearest first.
    pub chain: Vec<Thrown>,
    /// Instead of the message of what was thrown, which only heads the stack then.
    pub message: String,
    /// By what the page wants it grouped (`dd_fingerprint`).
    pub fingerprint: String,
    /// `stack` of an error made where the page reported it.
    pub handling_stack: String,
    /// The components of a framework around the one that threw.
    pub component_stack: String,
    /// What only this kind has: `csp` for [`Origin::Report`], else `resource`.
    pub detail: Raw,
}

impl Report {
    /// Writes all of the `error` part but its id.
    pub fn write(&self, w: &mut Writer) {
        let Some((thrown, causes)) = self.chain.split_first() else { return };
        thrown.write(w, self.origin, &self.message, self.origin.instead_of_stack());
        w.some_text("handling", self.origin.handling());
        w.some_text("handling_stack", Some(&self.handling_stack()));
        w.some_text("component_stack", Some(&self.component_stack));
        w.list("causes", causes.iter().map(|cause| (cause, self.origin)), |w, (cause, origin)| {
            cause.write(w, origin, "", None);
        });
        w.some_text("fingerprint", Some(&self.fingerprint));
        let is_wasm = !self.wasm_modules().is_empty();
        w.text("source_type", if is_wasm { "browser+wasm" } else { "browser" });
        let name = if self.origin == Origin::Report { "csp" } else { "resource" };
        w.raw(name, &self.detail.0);
    }

    /// Writes what belongs in `_dd`: the modules of WebAssembly. What is missing for their
    /// symbols, the id of the build, is in a section of the module, which no stack leads to.
    pub fn write_internal(&self, w: &mut Writer) {
        let modules = self.wasm_modules();
        let known = modules.iter().filter(|url| !url.is_empty());
        w.list("wasm_modules", known, |w, url| {
            w.text("url", url);
            w.text("debug_info_type", "unknown");
        });
    }

    fn handling_stack(&self) -> String {
        let stack = &*self.handling_stack;
        if stack.is_empty() || stack.starts_with(HANDLING_STACK) {
            return stack.into();
        }
        let (what, own) = self.origin.call();
        stack_trace::handling(what, stack, own)
    }

    /// The URLs of the modules in the stacks, each once; empty for one that is not told.
    fn wasm_modules(&self) -> Vec<&str> {
        let mut modules = Vec::new();
        for Thrown { message, stack, .. } in &self.chain {
            for frame in stack_trace::frames(message, stack) {
                if let Some(module) = frame.wasm_module()
                    && !modules.contains(&module)
                {
                    modules.push(module);
                }
            }
        }
        modules
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thrown(name: &str, message: &str, stack: &str) -> Thrown {
        Thrown { name: name.into(), message: message.into(), stack: stack.into() }
    }

    fn report(origin: Origin, chain: Vec<Thrown>) -> Report {
        Report { origin, chain, ..Report::default() }
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
        assert_eq!(
            (&uncaught["source"], &uncaught["handling"]),
            (&"source".into(), &"unhandled".into())
        );
        let custom = error(Origin::Custom);
        assert_eq!((&custom["source"], &custom["handling"]), (&"custom".into(), &"handled".into()));
    }

    #[test]
    fn tells_what_the_console_and_the_browser_say() {
        for (origin, source, handling) in [
            (Origin::Console, "console", Some("handled")),
            (Origin::Report, "report", Some("unhandled")),
            (Origin::Network, "network", None),
        ] {
            let error = error(origin, vec![thrown("", "x", "")]);
            assert_eq!(error["source"], source);
            assert_eq!(error.get("handling").and_then(serde_json::Value::as_str), handling);
            assert_eq!(error.get("stack"), None, "nobody threw: no advice");
        }
    }

    #[test]
    fn knows_the_kinds_by_the_numbers_of_the_page() {
        let origins: Vec<_> = (0..6).map(|kind| Origin::from_number(kind.into())).collect();
        assert_eq!(origins[..2], [Origin::Uncaught, Origin::Uncaught]);
        let others = [Origin::Custom, Origin::Console, Origin::Report, Origin::Network];
        assert_eq!(origins[2..], others);
    }

    #[test]
    fn has_the_message_that_was_given_and_the_stack_of_what_was_thrown() {
        let chain = vec![thrown("TypeError", "boom", "    at f (https://a/x.js:1:2)")];
        let given = Report { message: "saw boom".into(), ..report(Origin::Console, chain) };
        let error = written(&given);
        assert_eq!(error["message"], "saw boom");
        assert_eq!(error["stack"], "TypeError: boom\n  at f @ https://a/x.js:1:2");
    }

    #[test]
    fn says_that_the_message_of_an_error_is_empty() {
        let empty = error(Origin::Uncaught, vec![thrown("Error", "", ""), thrown("Error", "", "")]);
        assert_eq!(empty["message"], "Empty message");
        assert_eq!(empty["stack"], "Error: ");
        assert_eq!(empty["causes"][0]["message"], "Empty message");
        assert_eq!(error(Origin::Console, vec![thrown("", "", "")])["message"], "");
    }

    #[test]
    fn keeps_the_stacks_that_a_plugin_has_made() {
        let handling_stack = "HandlingStack: react error\n  at App @ https://a/x.js:1:2";
        let made = Report {
            handling_stack: handling_stack.into(),
            component_stack: "\n    at App".into(),
            ..report(Origin::Custom, vec![thrown("Error", "x", "")])
        };
        let error = written(&made);
        assert_eq!(error["handling_stack"], handling_stack);
        assert_eq!(error["component_stack"], "\n    at App");
    }

    #[test]
    fn tells_that_the_console_was_called_without_the_frames_of_its_patch() {
        let handling_stack = "Error\n    at before (https://a/ferrum.js:1:2)\n    \
                              at guarded (https://a/ferrum.js:1:9)\n    \
                              at Object.apply (https://a/ferrum.js:2:9)\n    \
                              at onSubmit (https://a/x.js:40:12)";
        let chain = vec![thrown("", "x", "")];
        let logged =
            Report { handling_stack: handling_stack.into(), ..report(Origin::Console, chain) };
        assert_eq!(
            written(&logged)["handling_stack"],
            "HandlingStack: console error\n  at onSubmit @ https://a/x.js:40:12"
        );
    }

    #[test]
    fn tells_what_became_of_a_policy() {
        let violated = |detail: &str, stack: &str| Report {
            message: "csp_violation: x".into(),
            detail: Raw(detail.into()),
            ..report(Origin::Report, vec![thrown("script-src", "x", stack)])
        };
        let error = written(&violated("{\"disposition\":\"enforce\"}", ""));
        assert_eq!(error["csp"], serde_json::json!({ "disposition": "enforce" }));
        assert_eq!((&error["type"], error.get("stack")), (&"script-src".into(), None));
        let error = written(&violated("", "    at https://a/x.js:0:0"));
        assert_eq!(error.get("csp"), None);
        assert_eq!(error["stack"], "script-src: x\n  at <anonymous> @ https://a/x.js");
    }

    #[test]
    fn tells_which_request_failed() {
        let failed = Report {
            detail: Raw("{\"status_code\":503}".into()),
            ..report(Origin::Network, vec![thrown("", "", "")])
        };
        assert_eq!(written(&failed)["resource"], serde_json::json!({ "status_code": 503 }));
    }

    #[test]
    fn knows_code_of_webassembly_and_its_modules() {
        let both = |origin, chain| {
            let report = report(origin, chain);
            let internal = Writer::object(|w| report.write_internal(w));
            (written(&report)["source_type"].clone(), internal)
        };
        let outer = "RuntimeError: m\n    at f (https://a/app.wasm:wasm-function[7]:0x1f)\n    \
                     at g (https://a/app.wasm:wasm-function[8]:0x2f)\n    at h (https://a/x.js:1:2)";
        let inner = "f@https://a/lib.wasm:wasm-function[7]:0x1f";
        let chain = vec![thrown("RuntimeError", "m", outer), thrown("Error", "m", inner)];
        let (source_type, internal) = both(Origin::Uncaught, chain);
        assert_eq!(source_type, "browser+wasm");
        let module =
            |url: &str| ["{\"url\":\"", url, "\",\"debug_info_type\":\"unknown\"}"].concat();
        let modules = [module("https://a/app.wasm"), module("https://a/lib.wasm")].join(",");
        assert_eq!(internal, ["{\"wasm_modules\":[", &modules, "]}"].concat());
        let safari = both(Origin::Uncaught, vec![thrown("Error", "m", "f@[wasm code]")]);
        assert_eq!(safari, ("browser+wasm".into(), "{}".into()));
        let plain = both(Origin::Uncaught, vec![thrown("Error", "m", "f@https://a/x.wasm:1:2")]);
        assert_eq!(plain, ("browser".into(), "{}".into()));
    }

    #[test]
    fn advises_to_throw_errors_when_there_is_no_stack() {
        let error = error(Origin::Custom, vec![thrown("", "Provided \"x\"", "")]);
        assert_eq!(error["stack"], "No stack, consider using an instance of Error");
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
