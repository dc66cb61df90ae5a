//! What browsers told of real pages, replayed: the engine makes of it what web-vitals made of the
//! same loads. `record.ts` makes the recordings, and says what is in them.
//!
//! The inputs are read by what reads them in a page.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that meets what it does not expect has failed"
)]

extern crate alloc;

#[path = "../../src/browser/entries.rs"]
mod entries;
#[allow(dead_code, reason = "a recording has but some of the inputs")]
#[path = "../../src/browser/inputs.rs"]
mod inputs;

// What those two name as the crate's.
use ferrum::{action, activity, assembly, config, entry, event, id, page, rum, text, time, view};

use std::fs;
use std::path::{Path, PathBuf};

use config::Config;
use inputs::Record;
use page::{Input, Page};
use rum::{Output, Rum};
use serde_json::Value;
use time::{Now, RelativeTime};
use view::Support;

/// A metric of web-vitals, where our views have it, and what 1 of it is there.
const METRICS: &[(&str, &str, f64)] = &[
    ("LCP", "/view/performance/lcp/timestamp", 1e6),
    ("FCP", "/view/performance/fcp/timestamp", 1e6),
    ("TTFB", "/view/first_byte", 1e6),
    ("CLS", "/view/performance/cls/score", 1.0),
    ("INP", "/view/performance/inp/duration", 1e6),
    ("FID", "/view/performance/fid/duration", 1e6),
];

/// Times are whole nanoseconds there, and CLS has four decimals.
const TOLERANCE: f64 = 0.000_06;

#[test]
fn vitals_recorded_in_chromium_are_those_of_web_vitals() {
    assert_same("chromium", &["LCP", "FCP", "TTFB", "CLS", "INP", "FID"]);
}

#[test]
fn vitals_recorded_in_firefox_are_those_of_web_vitals() {
    assert_same("firefox", &["LCP", "FCP", "TTFB", "INP", "FID"]);
}

#[test]
fn vitals_recorded_in_webkit_are_those_of_web_vitals() {
    assert_same("webkit", &["FCP", "TTFB"]);
}

/// Of each of these metrics, some page must have one.
fn assert_same(browser: &str, measured: &[&str]) {
    let mut seen = Vec::new();
    for path in recordings(browser) {
        let lines = read(&path);
        let (view, expected) = (replay(&lines), lines.last().unwrap());
        for (name, pointer, unit) in METRICS {
            let ours = view.pointer(pointer).map(|value| value.as_f64().unwrap() / unit);
            let theirs = expected[name].as_f64();
            let is_same = match (ours, theirs) {
                (Some(ours), Some(theirs)) => (ours - theirs).abs() <= TOLERANCE,
                (ours, theirs) => ours.is_none() && theirs.is_none(),
            };
            assert!(is_same, "{}: {name} is {ours:?} for {theirs:?}", path.display());
            seen.extend(theirs.map(|_| *name));
        }
    }
    for (name, ..) in METRICS {
        assert_eq!(seen.contains(name), measured.contains(name), "{name}");
    }
}

fn recordings(browser: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recordings").join(browser);
    fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect()
}

fn read(path: &Path) -> Vec<Value> {
    let text = fs::read_to_string(path).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The view as it was sent last.
fn replay(lines: &[Value]) -> Value {
    let [page, inputs @ .., _] = lines else { panic!("no recording") };
    let mut replica = Replica::start(page);
    for input in inputs {
        replica.give(input);
    }
    replica.views.pop().unwrap()
}

/// The engine, and what it asked for.
struct Replica {
    rum: Rum,
    cookie: String,
    views: Vec<Value>,
}

impl Replica {
    fn start(page: &Value) -> Self {
        let number = |name: &str| page[name].as_f64().unwrap();
        let flag = |name: &str| page[name].as_bool().unwrap();
        let now = Now { at: RelativeTime::from_millis(number("at")), wall: number("wall") };
        let page = Page {
            url: "http://shop/".into(),
            time_origin: number("time_origin"),
            is_hidden: flag("is_hidden"),
            support: Support { layout_shift: flag("has_layout_shift") },
            ..Page::default()
        };
        let rum = Rum::start(Config::default(), page, ["{}", "{}"], "", now);
        let mut replica = Self { rum, cookie: String::new(), views: Vec::new() };
        replica.drain();
        replica
    }

    fn give(&mut self, input: &Value) {
        let kind = input[0].as_u64().unwrap() as u8;
        let numbers: Vec<f64> =
            input[1].as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect();
        let mut record = Record::new(&numbers, input[2].as_str().unwrap());
        let (now, at) = (record.now(), record.time());
        match kind {
            0..=6 => self.rum.handle_input(Input::Entries(&record.entries(kind)), now),
            _ => match record.input(kind, at) {
                // The session is another one.
                Input::Visible { at, .. } => {
                    self.rum.handle_input(Input::Visible { at, cookie: &self.cookie }, now);
                }
                input => self.rum.handle_input(input, now),
            },
        }
        self.drain();
    }

    fn drain(&mut self) {
        loop {
            match self.rum.poll_output() {
                Output::Send { body, .. } => {
                    let events = body.lines().map(|line| serde_json::from_str(line).unwrap());
                    self.views.extend(events.filter(|event: &Value| event["type"] == "view"));
                }
                Output::Store(cookie) => self.cookie = cookie,
                Output::Wake(_) => break,
                _ => {}
            }
        }
    }
}
