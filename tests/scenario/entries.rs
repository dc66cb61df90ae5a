//! Performance entries, with what a story needs to say about them and nothing else. Times are in
//! milliseconds since the time origin.

use ferrum::entry::{
    Entry, EventTiming, LargestContentfulPaint, LayoutShift, Mark, Navigation, ResourceTiming,
};
use ferrum::time::{Duration, RelativeTime};

/// An instant on the page's clock.
pub(crate) fn ms(millis: f64) -> RelativeTime {
    RelativeTime::from_millis(millis)
}

/// `first-contentful-paint`
pub(crate) fn fcp(at: f64) -> Entry<'static> {
    Entry::FirstContentfulPaint(ms(at))
}

/// `largest-contentful-paint` of an image.
pub(crate) fn lcp(at: f64, size: f64) -> Entry<'static> {
    Entry::LargestContentfulPaint(LargestContentfulPaint {
        start_time: ms(at),
        size,
        target: "main>img",
        url: "https://cdn.example/hero.avif",
        request: [ms(0.0), ms(0.0)],
    })
}

/// `layout-shift` that nobody asked for.
pub(crate) fn shift(at: f64, value: f64) -> Entry<'static> {
    Entry::LayoutShift(LayoutShift {
        start_time: ms(at),
        value,
        target: "#banner",
        ..LayoutShift::default()
    })
}

/// `event` of an interaction whose handlers start 4 ms after it and run for 8 ms.
pub(crate) fn interaction(id: u64, at: f64, latency: f64) -> Entry<'static> {
    Entry::Event(EventTiming {
        is_first_input: false,
        start_time: ms(at),
        duration: Duration::from_millis(latency),
        processing_start: ms(at + 4.0),
        processing_end: ms(at + 12.0),
        interaction_id: id,
        target: "#buy",
    })
}

/// `first-input` whose handlers had to wait for `delay`.
pub(crate) fn first_input(at: f64, delay: f64) -> Entry<'static> {
    Entry::Event(EventTiming {
        is_first_input: true,
        start_time: ms(at),
        duration: Duration::from_millis(16.0),
        processing_start: ms(at + delay),
        processing_end: ms(at + delay + 1.0),
        interaction_id: 7,
        target: "#buy",
    })
}

/// `visibility-state` named `hidden`.
pub(crate) fn hidden_since(at: f64) -> Entry<'static> {
    Entry::VisibilityState { start_time: ms(at), hidden: true }
}

/// `navigation` of a document whose load event ended a second after its first byte.
pub(crate) fn navigation(activation_start: f64, response_start: f64) -> Entry<'static> {
    let later = |span: f64| Some(ms(response_start + span));
    Entry::Navigation(Navigation {
        activation_start: ms(activation_start),
        response_start: Some(ms(response_start)),
        dom_interactive: later(400.0),
        dom_content_loaded_event_end: later(500.0),
        dom_complete: later(900.0),
        load_event_end: later(1_000.0),
    })
}

/// `resource` of a script.
pub(crate) fn resource(url: &str, at: f64) -> Entry<'_> {
    let mut marks = [0.0; Mark::COUNT];
    marks[Mark::StartTime as usize] = at;
    marks[Mark::Duration as usize] = 90.0;
    marks[Mark::FetchStart as usize] = at;
    marks[Mark::ResponseEnd as usize] = at + 90.0;
    Entry::Resource(ResourceTiming {
        name: url,
        initiator_type: "script",
        marks,
        ..ResourceTiming::default()
    })
}
