//! Errors of the page: what the shim caught in, the `error` part of an event out.
//!
//! Texts and rules are those of `@datadog/browser-core` 7.16 (`domain/error`). Named
//! `error_event` because `error` would be read as this crate's own error types.

use alloc::string::String;

use crate::event::{Cause, Error};
use crate::id::Uuid;
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
    fn kind(&self) -> Option<String> {
        (!self.name.is_empty()).then(|| self.name.clone())
    }

    fn stack(&self) -> Option<String> {
        stack_trace::normalize(&self.name, &self.message, &self.stack)
    }
}

/// The `error` part of an event. `chain` is what was thrown and then its causes, the nearest
/// first; absent when nothing was thrown.
pub fn to_error(id: Uuid, origin: Origin, chain: &[Thrown]) -> Option<Error> {
    let (thrown, causes) = chain.split_first()?;
    let cause = |thrown: &Thrown| Cause {
        message: thrown.message.clone(),
        source: origin.source(),
        r#type: thrown.kind(),
        stack: thrown.stack(),
    };
    Some(Error {
        id,
        message: thrown.message.clone(),
        source: origin.source(),
        r#type: thrown.kind(),
        stack: Some(thrown.stack().unwrap_or_else(|| NO_STACK.into())),
        handling: origin.handling(),
        causes: (!causes.is_empty()).then(|| causes.iter().map(cause).collect()),
        source_type: "browser",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thrown(name: &str, message: &str, stack: &str) -> Thrown {
        Thrown { name: name.into(), message: message.into(), stack: stack.into() }
    }

    #[test]
    fn says_who_handled_the_error() {
        let error = |origin| to_error(Uuid::default(), origin, &[thrown("", "x", "")]).unwrap();
        let uncaught = error(Origin::Uncaught);
        assert_eq!((uncaught.source, uncaught.handling), ("source", "unhandled"));
        let custom = error(Origin::Custom);
        assert_eq!((custom.source, custom.handling), ("custom", "handled"));
    }

    #[test]
    fn advises_to_throw_errors_when_there_is_no_stack() {
        let chain = [thrown("", "Provided \"x\"", "")];
        let error = to_error(Uuid::default(), Origin::Custom, &chain).unwrap();
        assert_eq!(error.stack.as_deref(), Some(NO_STACK));
        assert_eq!((error.r#type, error.causes.is_none()), (None, true));
    }

    #[test]
    fn normalises_the_stacks_of_the_error_and_of_its_causes() {
        let stack = |name: &str| [name, ": m\n    at f (https://a/x.js:1:2)"].concat();
        let outer = thrown("TypeError", "m", &stack("TypeError"));
        let inner = thrown("RangeError", "m", &stack("RangeError"));
        let error = to_error(Uuid::default(), Origin::Uncaught, &[outer, inner]).unwrap();
        assert_eq!(error.stack.as_deref(), Some("TypeError: m\n  at f @ https://a/x.js:1:2"));
        let causes = error.causes.unwrap();
        assert_eq!(causes[0].r#type.as_deref(), Some("RangeError"));
        assert_eq!(causes[0].stack.as_deref(), Some("RangeError: m\n  at f @ https://a/x.js:1:2"));
    }
}
