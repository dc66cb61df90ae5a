//! Performance entries cross the boundary as numbers and texts.

use serde::Deserialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::event::{ActionEvent, Performance, Rect, ResourceEvent, View, ViewEvent};
use crate::inputs::Start;
use crate::page::Page;

#[wasm_bindgen(inline_js = r"
const navigation = (entry) => [
  entry.activationStart ?? 0,
  entry.responseStart,
  entry.domInteractive,
  entry.domContentLoadedEventEnd,
  entry.domComplete,
  entry.loadEventEnd,
];

const resource = (entry) => [
  entry.startTime,
  entry.duration,
  entry.workerStart,
  entry.redirectStart,
  entry.redirectEnd,
  entry.fetchStart,
  entry.domainLookupStart,
  entry.domainLookupEnd,
  entry.connectStart,
  entry.secureConnectionStart,
  entry.connectEnd,
  entry.requestStart,
  entry.responseStart,
  entry.responseEnd,
  entry.transferSize,
  entry.encodedBodySize,
  entry.decodedBodySize,
  entry.responseStatus ?? 0,
  0,
  0,
  0,
  entry.name,
  entry.initiatorType,
  entry.nextHopProtocol,
  entry.deliveryType ?? '-',
  entry.renderBlockingStatus ?? '',
  '',
];

const encoders = { navigation, resource };

export function encoded(type) {
  const entries = performance.getEntriesByType(type);
  const all = entries.flatMap(encoders[type]);
  return {
    numbers: all.filter((value) => typeof value === 'number'),
    texts: all.filter((value) => typeof value === 'string'),
    names: entries.map(({ name }) => name),
    statuses: entries.map(({ responseStatus }) => responseStatus),
    first_byte: entries[0].responseStart,
    now: performance.now(),
  };
}
")]
extern "C" {
    fn encoded(kind: &str) -> JsValue;
}

/// Entries of the page in which the tests run, as `js/page/entries.ts` encodes them.
#[derive(Deserialize)]
struct Encoded {
    numbers: Vec<f64>,
    texts: Vec<String>,
    names: Vec<String>,
    statuses: Vec<f64>,
    first_byte: f64,
    now: f64,
}

fn entries_of(kind: &str) -> Encoded {
    serde_wasm_bindgen::from_value(encoded(kind)).unwrap()
}

#[wasm_bindgen_test]
fn become_the_vitals_of_the_view() {
    let page = Page::started();
    page.input(6, &[0.0, 0.0], &[]);
    page.input(0, &[0.0, 31.5, 60.0, 61.0, 62.0, 63.0], &[]);
    page.input(1, &[104.25], &[]);
    page.input(
        2,
        &[104.25, 900.0, 0.0, 0.0, 120.5, 4_000.0, 60.0, 90.0],
        &["H1", "", "#hero", "https://cdn.example/a.png"],
    );
    let rects = [1.0, 10.0, 20.0, 300.0, 400.0, 10.0, 220.0, 300.0, 400.0];
    page.input(3, &[&[150.0, 0.125, 0.0], &rects[..], &[1.0]].concat(), &["P.moved"]);
    let first = [1.0, 200.0, 24.0, 203.5, 204.0, 7.0];
    let second = [0.0, 300.0, 208.0, 301.0, 500.0, 14.0];
    page.set_interaction_count(2.0);
    page.input(4, &[first, second].concat(), &["BUTTON", "#slow"]);
    page.hide();

    let View { first_byte, performance, url, .. } = page.view::<ViewEvent>().view;
    assert_eq!(url, "https://shop.example/basket?step=1");
    assert_eq!(first_byte, Some(31_500_000.0));
    let Performance { fcp, lcp, cls, inp, fid } = performance.unwrap();
    assert_eq!(fcp.unwrap().timestamp, 104_250_000.0);
    let lcp = lcp.unwrap();
    assert_eq!(lcp.timestamp, 120_500_000.0);
    assert_eq!(lcp.target_selector.as_deref(), Some("#hero"));
    assert_eq!(lcp.resource_url.as_deref(), Some("https://cdn.example/a.png"));
    let cls = cls.unwrap();
    assert_eq!((cls.score, cls.target_selector.as_deref()), (0.125, Some("P.moved")));
    assert_eq!(cls.previous_rect, Some(Rect { x: 10.0, y: 20.0, width: 300.0, height: 400.0 }));
    let inp = inp.unwrap();
    assert_eq!(inp.duration, 208_000_000.0);
    assert_eq!(inp.target_selector.as_deref(), Some("#slow"));
    assert_eq!(fid.unwrap().duration, 3_500_000.0);
}

#[wasm_bindgen_test]
fn of_this_very_page_are_understood() {
    let page = Page::new();
    let navigation = entries_of("navigation");
    let resource = entries_of("resource");
    let texts: Vec<&str> = resource.texts.iter().map(String::as_str).collect();
    page.pass(resource.now);
    assert!(page.start(&Start::default()));
    // Entries say themselves when they were: what comes with them is not read.
    page.input(0, &navigation.numbers, &[]);
    page.input(5, &resource.numbers, &texts);
    page.hide();

    let view: ViewEvent = page.view();
    let first_byte = view.view.first_byte.unwrap();
    assert!((first_byte - navigation.first_byte * 1e6).abs() < 1e4, "{first_byte}");
    let resources: Vec<ResourceEvent> = page.events("resource");
    let urls: Vec<String> = resources.iter().map(|event| event.resource.url.clone()).collect();
    assert!(!urls.is_empty());
    assert_eq!(urls, resource.names);
    let statuses: Vec<f64> =
        resources.iter().map(|event| event.resource.status_code.unwrap_or_default()).collect();
    assert_eq!(statuses, resource.statuses);
    for ResourceEvent { resource } in resources {
        assert!(resource.duration.is_some_and(|nanos| nanos >= 0.0), "{}", resource.url);
    }
}

#[wasm_bindgen_test]
fn that_are_cut_off_or_absurd_do_no_harm() {
    let page = Page::started();
    for kind in 0..=6 {
        page.input(kind, &[], &[]);
        page.input(kind, &[1.0], &[]);
        for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -1.0, f64::MAX] {
            page.input(kind, &[number; 40], &["", "\u{1f525}", "not a URL"]);
        }
    }
    page.set_interaction_count(f64::NAN);
    page.add_action("still there");
    page.hide();
    assert!(page.events::<ActionEvent>("action").iter().any(|event| event.is("still there")));
}
