//! How many events are sent. Numbers: `@datadog/browser-core` 7.16, `configuration`
//! (`eventRateLimiterThreshold`) and `createEventRateLimiter`, whose minute begins with an event.
//!
//! Without the simulated page: its intake looks at all events for each of them.

use ferrum::config::Config;
use ferrum::entry::Entry;
use ferrum::page::{Call, Input};
use ferrum::rum::{Output, Rum};
use ferrum::time::Now;
use serde_json::{Value, json};

use crate::entries::{ms, resource};
use crate::page::{ORIGIN, error};

struct Page {
    rum: Rum,
    now: f64,
    lines: Vec<String>,
}

impl Page {
    fn load() -> Self {
        let page = ferrum::page::Page { time_origin: ORIGIN, ..Default::default() };
        let now = Now { at: ms(0.0), wall: ORIGIN };
        let rum = Rum::start(Config::default(), page, ["{}", "{}"], "", now);
        Self { rum, now: 0.0, lines: Vec::new() }
    }

    fn at(&mut self, millis: f64) -> &mut Self {
        self.now = millis;
        self
    }

    fn input(&mut self, input: Input<'_>) {
        self.rum.handle_input(input, Now { at: ms(self.now), wall: ORIGIN + self.now });
        for output in self.rum.take_outputs() {
            match output {
                Output::Send { body, .. } => self.lines.extend(body.lines().map(str::to_owned)),
                // Of an error the page tells more at once.
                Output::Review { ticket, .. } => {
                    self.input(Input::Reviewed { ticket, event: Some("{}") });
                }
                _ => {}
            }
        }
    }

    fn add_actions(&mut self, count: u32) -> &mut Self {
        for _ in 0..count {
            let call = Call::AddAction { name: "a", context: "", token: 0 };
            self.input(Input::Call(ms(self.now), call));
        }
        self
    }

    fn observe(&mut self, entry: Entry<'_>) {
        self.input(Input::Entries(&[entry]));
    }

    /// How many of a type were sent so far.
    fn count(&mut self, kind: &str) -> usize {
        self.input(Input::Frozen(ms(self.now)));
        let kind = format!("\"type\":\"{kind}\"");
        self.lines.iter().filter(|line| line.contains(&kind)).count()
    }
}

#[test]
fn of_each_kind_3000_events_a_minute_are_sent() {
    let mut page = Page::load();
    page.at(7_000.0).add_actions(3_000);
    assert_eq!((page.count("action"), page.count("error")), (3_000, 0));
    page.input(Input::Call(ms(7_000.0), error("{}")));
    assert_eq!(page.count("error"), 1);
    page.add_actions(1).at(67_000.0 - 1.0).add_actions(1);
    assert_eq!(page.count("action"), 3_000);
    page.at(67_000.0).add_actions(3_001);
    assert_eq!(page.count("action"), 6_000);
}

#[test]
fn an_error_says_once_a_minute_that_there_were_more() {
    let mut page = Page::load();
    page.add_actions(3_000);
    assert_eq!(page.count("error"), 0);
    page.add_actions(2);
    assert_eq!(page.count("error"), 1);
    let said = page.lines.iter().find(|line| line.contains("Reached")).unwrap();
    let said = &serde_json::from_str::<Value>(said).unwrap()["error"];
    assert_eq!(said["message"], "Reached max number of actions by minute: 3000");
    assert_eq!((&said["source"], &said["source_type"]), (&json!("agent"), &json!("browser")));
    page.at(60_000.0).add_actions(3_002);
    assert_eq!(page.count("error"), 2);
}

#[test]
fn resources_have_no_limit() {
    let mut page = Page::load();
    page.at(1_000.0);
    for _ in 0..3_001 {
        page.observe(resource("https://shop.example/a.js", 500.0));
    }
    assert_eq!((page.count("resource"), page.count("error")), (3_001, 0));
}
