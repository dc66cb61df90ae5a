//! Performance entries cross the boundary as numbers and texts.

use ferrum::browser;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::event::{ActionEvent, Performance, Rect, ResourceEvent, View, ViewEvent};
use crate::page::{self, Page};
use crate::{add_action, hide};

/// As the page hands them over: a typed array, and texts joined by NUL.
fn add(kind: u8, numbers: &[f64], texts: &[&str]) {
    let array = js_sys::Float64Array::from(numbers);
    browser::add_entries(kind, &array.to_vec(), &texts.join("\0"));
}

#[wasm_bindgen_test]
fn become_the_vitals_of_the_view() {
    let page = Page::started();
    add(6, &[0.0, 0.0], &[]);
    add(0, &[0.0, 31.5, 60.0, 61.0, 62.0, 63.0], &[]);
    add(1, &[104.25], &[]);
    add(2, &[104.25, 900.0, 120.5, 4_000.0], &["H1", "", "#hero", "https://cdn.example/a.png"]);
    let rects = [1.0, 10.0, 20.0, 300.0, 400.0, 10.0, 220.0, 300.0, 400.0];
    add(3, &[&[150.0, 0.125, 0.0], &rects[..]].concat(), &["P.moved"]);
    let first = [1.0, 200.0, 24.0, 203.5, 204.0, 7.0];
    let second = [0.0, 300.0, 208.0, 301.0, 500.0, 14.0];
    browser::set_interaction_count(2.0);
    add(4, &[first, second].concat(), &["BUTTON", "#slow"]);
    hide();

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
    let page = Page::started();
    browser::add_entries(0, &page::numbers_of("navigation").to_vec(), "");
    let numbers = page::numbers_of("resource").to_vec();
    browser::add_entries(5, &numbers, &page::strings_of("resource"));
    hide();

    let view: ViewEvent = page.view();
    let first_byte = view.view.first_byte.unwrap();
    assert!((first_byte - page::response_start() * 1e6).abs() < 1e4, "{first_byte}");
    let resources: Vec<ResourceEvent> = page.events("resource");
    let urls: Vec<String> = resources.iter().map(|event| event.resource.url.clone()).collect();
    assert!(!urls.is_empty());
    assert_eq!(urls, page::names_of("resource"));
    let statuses: Vec<f64> =
        resources.iter().map(|event| event.resource.status_code.unwrap_or_default()).collect();
    assert_eq!(statuses, page::statuses_of("resource"));
    for ResourceEvent { resource } in resources {
        assert!(resource.duration.is_some_and(|nanos| nanos >= 0.0), "{}", resource.url);
    }
}

#[wasm_bindgen_test]
fn that_are_cut_off_or_absurd_do_no_harm() {
    let page = Page::started();
    for kind in 0..=255 {
        add(kind, &[], &[]);
        add(kind, &[1.0], &[]);
        for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -1.0, f64::MAX] {
            add(kind, &[number; 40], &["", "\u{1f525}", "not a URL"]);
        }
    }
    browser::set_interaction_count(f64::NAN);
    add_action("still there");
    hide();
    assert_eq!(page.event::<ActionEvent>("action").action.target.name, "still there");
}
