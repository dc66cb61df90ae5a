//! What receives the beacons: reads every line, folds the versions of views, and checks on every
//! event what must hold for all. A story that breaks a rule of the wire fails here, whatever it is
//! about.

use ferrum::intake::MAX_BYTES;
use serde_json::Value;

/// A request body.
pub(crate) struct Beacon {
    /// When it left, on the page's clock.
    pub(crate) at: f64,
    /// Whether it may be the page's last words.
    pub(crate) is_exit: bool,
    /// Its lines.
    pub(crate) events: Vec<Value>,
    /// Its length in bytes.
    pub(crate) length: usize,
}

/// All that was received, in order.
#[derive(Default)]
pub(crate) struct Intake {
    pub(crate) beacons: Vec<Beacon>,
}

/// What the schema requires of every event (`rum-events-format`, `rum/_common-schema.json`), and
/// what the official SDK always sends besides.
const COMMON: &[&str] = &[
    "/type",
    "/date",
    "/application/id",
    "/session/id",
    "/session/type",
    "/view/id",
    "/view/url",
    "/view/referrer",
    "/_dd/format_version",
    "/_dd/configuration/session_sample_rate",
    "/_dd/drift",
    "/_dd/sdk_name",
    "/source",
    "/service",
    "/ddtags",
    "/tab/id",
];

/// What the schema requires of one type of event (`rum/*-schema.json`), and what Datadog's own
/// product shows of it.
fn required(kind: &str) -> &'static [&'static str] {
    match kind {
        "view" => &[
            "/_dd/document_version",
            "/view/time_spent",
            "/view/is_active",
            "/view/loading_type",
            "/view/action/count",
            "/view/error/count",
            "/view/resource/count",
            "/view/frustration/count",
            "/privacy/replay_level",
        ],
        "error" => &[
            "/error/id",
            "/error/message",
            "/error/source",
            "/error/handling",
            "/error/source_type",
            "/error/stack",
            "/view/in_foreground",
        ],
        "action" => &["/action/id", "/action/type", "/action/target/name", "/view/in_foreground"],
        "resource" => &[
            "/resource/id",
            "/resource/type",
            "/resource/url",
            "/resource/duration",
            "/_dd/discarded",
        ],
        other => panic!("no event has the type {other}"),
    }
}

/// Where the schema wants a lower-case UUID.
const IDS: &[&str] = &[
    "/application/id",
    "/session/id",
    "/view/id",
    "/tab/id",
    "/usr/anonymous_id",
    "/error/id",
    "/action/id",
    "/resource/id",
];

/// What the page said, and may be any JSON.
const FREE: &[&str] =
    &["usr", "account", "context", "feature_flags", "device", "connectivity", "display"];

impl Intake {
    /// Takes one body.
    pub(crate) fn receive(&mut self, body: &str, is_exit: bool, at: f64) {
        let events: Vec<Value> =
            body.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert!(!events.is_empty(), "an empty body was sent");
        assert!(
            body.len() <= MAX_BYTES || events.len() == 1,
            "{} events in a body of {} bytes",
            events.len(),
            body.len()
        );
        check_views_of(&events);
        self.beacons.push(Beacon { at, is_exit, events: Vec::new(), length: body.len() });
        for event in events {
            self.check(&event);
            self.beacons.last_mut().unwrap().events.push(event);
        }
    }

    /// Every event, in order of its arrival.
    pub(crate) fn events(&self) -> impl DoubleEndedIterator<Item = &Value> {
        self.beacons.iter().flat_map(|beacon| &beacon.events)
    }

    /// Every event of a type.
    pub(crate) fn of_type(&self, kind: &str) -> Vec<&Value> {
        self.events().filter(|event| event["type"] == kind).collect()
    }

    /// The last version of every view, in the order in which they came up.
    pub(crate) fn views(&self) -> Vec<&Value> {
        let mut folded: Vec<&Value> = Vec::new();
        for view in self.of_type("view") {
            match folded.iter_mut().find(|known| known["view"]["id"] == view["view"]["id"]) {
                Some(known) => *known = view,
                None => folded.push(view),
            }
        }
        folded
    }

    /// After the page's last words: every event belongs to a view that was sent, and the view has
    /// counted it.
    pub(crate) fn check_nothing_is_missing(&self) {
        for event in self.events() {
            let id = &event["view"]["id"];
            let view = self.views().into_iter().find(|view| view["view"]["id"] == *id);
            let view = view.unwrap_or_else(|| panic!("no view {id} was sent for {event}"));
            self.check_counts(view);
        }
    }

    fn check(&self, event: &Value) {
        let kind = event["type"].as_str().unwrap();
        for path in COMMON.iter().chain(required(kind)) {
            assert!(event.pointer(path).is_some(), "{path} is missing in {event}");
        }
        for path in IDS {
            // Of what happened during actions, their ids are a list.
            let ids = event
                .pointer(path)
                .map(|id| id.as_array().map_or_else(|| std::slice::from_ref(id), Vec::as_slice));
            for id in ids.unwrap_or_default() {
                assert!(is_uuid(id.as_str().unwrap()), "{path} of {event} is no UUID");
            }
        }
        assert_eq!(event["_dd"]["format_version"], 2);
        assert_eq!(event["source"], "browser");
        assert!(event["date"].is_u64(), "not whole milliseconds: {event}");
        for (name, part) in event.as_object().unwrap() {
            if !FREE.contains(&name.as_str()) {
                check_values(name, part);
            }
        }
        if kind == "view" {
            self.check_view(event);
        }
    }

    fn check_view(&self, view: &Value) {
        self.check_counts(view);
        let id = &view["view"]["id"];
        let earlier = |event: &&&Value| event["view"]["id"] == *id;
        let versions = self.of_type("view");
        let Some(before) = versions.iter().rfind(earlier) else {
            assert!(version(view) >= 1);
            return;
        };
        assert!(version(view) > version(before), "{view} came after {before}");
        for path in ["/date", "/session/id", "/view/referrer", "/view/loading_type"] {
            assert_eq!(view.pointer(path), before.pointer(path), "{path} changed");
        }
        let time_spent = |view: &Value| view["view"]["time_spent"].as_u64().unwrap();
        assert!(time_spent(view) >= time_spent(before), "{view} came after {before}");
        let is_active = |view: &Value| view["view"]["is_active"].as_bool().unwrap();
        assert!(is_active(before) || !is_active(view), "{id} came to life again");
    }

    /// A view counts what was sent of it, itself included in the same body.
    fn check_counts(&self, view: &Value) {
        for kind in ["action", "error", "resource"] {
            let events = self.of_type(kind);
            let sent = events.iter().filter(|event| event["view"]["id"] == view["view"]["id"]);
            assert_eq!(view["view"][kind]["count"], sent.count(), "{kind}s of {view}");
        }
    }
}

/// The context of an event without what Ferrum says in it.
pub(crate) fn context(event: &Value) -> Value {
    let mut context = event["context"].clone();
    context.as_object_mut().unwrap().remove("ferrum");
    context
}

/// `_dd.document_version`
pub(crate) fn version(view: &Value) -> u64 {
    view["_dd"]["document_version"].as_u64().unwrap()
}

/// The milliseconds at a path of an event, which has nanoseconds; absent where it has none.
pub(crate) fn millis(event: &Value, path: &str) -> Option<f64> {
    Some(event.pointer(path)?.as_u64().unwrap() as f64 / 1e6)
}

/// One line per view, after the events that were added.
fn check_views_of(events: &[Value]) {
    let is_view = |event: &&Value| event["type"] == "view";
    let first = events.iter().take_while(|event| !is_view(event)).count();
    let views = &events[first..];
    assert!(views.iter().all(|event| is_view(&event)), "an event came after a view");
    for (index, view) in views.iter().enumerate() {
        let is_same = |other: &Value| other["view"]["id"] == view["view"]["id"];
        assert!(!views[..index].iter().any(is_same), "two versions of {view} in one body");
    }
}

/// What is absent takes its name with it, and times are whole nanoseconds.
fn check_values(name: &str, value: &Value) {
    const FRACTIONS: &[&str] = &[
        "cumulative_layout_shift",
        "score",
        "previous_rect",
        "current_rect",
        "cls",
        "drift",
        "page_states",
        "session_sample_rate",
        "trace_sample_rate",
    ];
    if FRACTIONS.contains(&name) {
        return;
    }
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(name, member)| check_values(name, member));
        }
        Value::Array(items) => items.iter().for_each(|item| check_values(name, item)),
        Value::Number(number) => assert!(number.is_u64(), "{name} is {number}"),
        Value::Null => panic!("{name} is null"),
        Value::Bool(_) | Value::String(_) => {}
    }
}

fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    let is_hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups.iter().all(|group| group.bytes().all(is_hex))
}
