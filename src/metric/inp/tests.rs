use super::*;

fn at(millis: f64) -> RelativeTime {
    RelativeTime::from_millis(millis)
}

fn ms(millis: f64) -> Duration {
    Duration::from_millis(millis)
}

/// An entry whose handlers run from 10 ms to 20 ms after the input.
fn event(id: u64, start: f64, duration: f64) -> EventTiming<'static> {
    EventTiming {
        start_time: at(start),
        duration: ms(duration),
        processing_start: at(start + 10.0),
        processing_end: at(start + 20.0),
        interaction_id: id,
        ..EventTiming::default()
    }
}

fn handled(entry: EventTiming<'_>, start: f64, end: f64) -> EventTiming<'_> {
    EventTiming { processing_start: at(start), processing_end: at(end), ..entry }
}

fn aimed<'a>(entry: EventTiming<'a>, target: &'a str) -> EventTiming<'a> {
    EventTiming { target, ..entry }
}

fn inp(entries: &[EventTiming]) -> Inp {
    let mut inp = Inp::new();
    for entry in entries {
        inp.on_entry(entry);
    }
    inp
}

/// Interactions a second apart, with ids as Chromium gives them.
fn interactions(latencies: &[f64]) -> Inp {
    let mut inp = Inp::new();
    let ids = (3_111..).step_by(7);
    for ((id, start), &latency) in ids.zip((1u32..).map(f64::from)).zip(latencies) {
        inp.on_entry(&event(id, start * 1_000.0, latency));
    }
    inp
}

fn latency(inp: &Inp) -> Option<f64> {
    inp.value().map(|interaction| interaction.latency.as_millis())
}

fn start(inp: &Inp) -> Option<f64> {
    inp.value()?.start_time.map(RelativeTime::as_millis)
}

fn target(inp: &Inp) -> Option<&str> {
    inp.value().map(|interaction| interaction.target)
}

/// Input delay, processing duration, presentation delay.
fn parts(inp: &Inp) -> Option<[f64; 3]> {
    let parts = inp.value()?.sub_parts?;
    let durations = [parts.input_delay, parts.processing_duration, parts.presentation_delay];
    Some(durations.map(Duration::as_millis))
}

#[test]
fn is_absent_without_interactions() {
    assert_eq!(Inp::new().value(), None);
    assert_eq!(inp(&[event(0, 1_000.0, 96.0)]).value(), None);
}

#[test]
fn tells_the_interaction() {
    let inp = inp(&[aimed(event(7, 1_000.0, 96.0), "#buy")]);
    let sub_parts = SubParts {
        input_delay: ms(10.0),
        processing_duration: ms(10.0),
        presentation_delay: ms(76.0),
    };
    let expected = Interaction {
        latency: ms(96.0),
        start_time: Some(at(1_000.0)),
        target: "#buy",
        sub_parts: Some(sub_parts),
    };
    assert_eq!(inp.value(), Some(expected));
}

#[test]
fn the_longest_of_few_interactions_counts() {
    assert_eq!(latency(&interactions(&[48.0, 96.0, 64.0])), Some(96.0));
}

#[test]
fn the_longest_entry_of_an_interaction_counts_and_the_first_of_equals() {
    let entries = [
        event(7, 1_000.0, 48.0),
        event(7, 1_010.0, 96.0),
        event(7, 1_020.0, 96.0),
        event(7, 1_030.0, 8.0),
    ];
    assert_eq!(latency(&inp(&entries)), Some(96.0));
    assert_eq!(start(&inp(&entries)), Some(1_010.0));
}

#[test]
fn every_fifty_interactions_excuse_one_outlier() {
    let mut inp = interactions(&[48.0, 96.0, 64.0, 56.0]);
    let mut with_count = |count| {
        inp.on_interaction_count(count);
        latency(&inp)
    };
    assert_eq!(with_count(49), Some(96.0));
    assert_eq!(with_count(50), Some(64.0));
    assert_eq!(with_count(99), Some(64.0));
    assert_eq!(with_count(100), Some(56.0));
    assert_eq!(with_count(100_000), Some(48.0));
}

#[test]
fn equal_interactions_rank_in_the_order_in_which_they_came() {
    let mut inp = interactions(&[96.0, 96.0, 96.0]);
    assert_eq!(start(&inp), Some(1_000.0));
    inp.on_interaction_count(50);
    assert_eq!(start(&inp), Some(2_000.0));
}

#[test]
fn ten_interactions_are_kept_and_the_shortest_makes_room() {
    let latencies = [40.0, 72.0, 64.0, 80.0, 40.0, 88.0, 96.0, 104.0, 112.0, 120.0];
    let mut inp = interactions(&latencies);
    inp.on_interaction_count(450);
    assert_eq!((latency(&inp), start(&inp)), (Some(40.0), Some(5_000.0)));
    inp.on_entry(&event(7, 11_000.0, 40.0));
    assert_eq!((latency(&inp), start(&inp)), (Some(40.0), Some(5_000.0)));
    inp.on_entry(&event(14, 12_000.0, 48.0));
    assert_eq!((latency(&inp), start(&inp)), (Some(40.0), Some(1_000.0)));
    inp.on_entry(&event(21, 13_000.0, 56.0));
    assert_eq!((latency(&inp), start(&inp)), (Some(48.0), Some(12_000.0)));
    assert_eq!(inp.longest.len(), 10);
}

#[test]
fn without_a_native_count_ids_tell_how_many_interactions_there_were() {
    let last = |id| latency(&inp(&[event(3_111, 1_000.0, 96.0), event(id, 2_000.0, 48.0)]));
    assert_eq!(last(3_111 + 48 * 7), Some(96.0));
    assert_eq!(last(3_111 + 49 * 7), Some(48.0));
    assert_eq!(last(3_111 - 49 * 7), Some(48.0));
}

#[test]
fn the_native_count_wins_over_ids() {
    let mut inp = inp(&[event(7, 1_000.0, 96.0), event(7_000, 2_000.0, 48.0)]);
    inp.on_interaction_count(2);
    assert_eq!(latency(&inp), Some(96.0));
}

#[test]
fn a_later_view_counts_from_its_own_start() {
    let mut inp = Inp::starting_late(1_000);
    inp.on_entry(&event(7, 1_000.0, 96.0));
    inp.on_entry(&event(14, 2_000.0, 48.0));
    inp.on_interaction_count(1_049);
    assert_eq!(latency(&inp), Some(96.0));
    inp.on_interaction_count(1_050);
    assert_eq!(latency(&inp), Some(48.0));
}

#[test]
fn interactions_too_fast_for_entries_make_8_ms_in_a_later_view() {
    let mut inp = Inp::starting_late(5);
    assert_eq!(inp.value(), None);
    inp.on_interaction_count(5);
    assert_eq!(inp.value(), None);
    inp.on_interaction_count(6);
    let expected = Interaction { latency: ms(8.0), start_time: None, target: "", sub_parts: None };
    assert_eq!(inp.value(), Some(expected));
    inp.on_entry(&event(7, 1_000.0, 96.0));
    assert_eq!(latency(&inp), Some(96.0));
}

#[test]
fn interactions_without_entry_make_no_value_in_the_first_view() {
    let mut inp = Inp::new();
    inp.on_interaction_count(3);
    assert_eq!(inp.value(), None);
}

#[test]
fn the_first_target_of_an_interaction_is_kept() {
    let down = event(7, 1_000.0, 96.0);
    let click = aimed(event(7, 1_040.0, 48.0), "#buy");
    let other = aimed(event(7, 1_041.0, 104.0), "#sold");
    assert_eq!(target(&inp(core::slice::from_ref(&down))), Some(""));
    assert_eq!(target(&inp(&[down, click, other])), Some("#buy"));
}

#[test]
fn sub_parts_span_all_events_of_the_frame() {
    let hover = handled(event(0, 990.0, 110.0), 1_005.0, 1_008.0);
    let down = handled(event(7, 1_000.0, 96.0), 1_010.0, 1_020.0);
    let click = handled(event(7, 1_012.0, 88.0), 1_030.0, 1_060.0);
    let expected = Some([5.0, 55.0, 36.0]);
    assert_eq!(parts(&inp(&[hover, down, click])), expected);
    assert_eq!(parts(&inp(&[down, click, hover])), expected);
}

#[test]
fn paints_more_than_8_ms_apart_are_different_frames() {
    let down = handled(event(7, 1_000.0, 96.0), 1_010.0, 1_020.0);
    let before = |end: f64| handled(event(0, 900.0, end - 900.0), 905.0, 1_015.0);
    let after = |end: f64| handled(event(0, 1_005.0, end - 1_005.0), 1_030.0, 1_050.0);
    assert_eq!(parts(&inp(&[down, before(1_088.0)])), Some([0.0, 20.0, 76.0]));
    assert_eq!(parts(&inp(&[down, before(1_087.9)])), Some([10.0, 10.0, 76.0]));
    assert_eq!(parts(&inp(&[down, after(1_104.0)])), Some([10.0, 40.0, 46.0]));
    assert_eq!(parts(&inp(&[down, after(1_104.1)])), Some([10.0, 10.0, 76.0]));
}

#[test]
fn an_older_interaction_still_learns_of_its_frame() {
    let down = handled(event(7, 1_000.0, 96.0), 1_010.0, 1_020.0);
    let next = handled(event(14, 1_100.0, 48.0), 1_110.0, 1_112.0);
    let late = handled(event(0, 1_005.0, 91.0), 1_030.0, 1_050.0);
    assert_eq!(parts(&inp(&[down, next, late])), Some([10.0, 40.0, 46.0]));
}

#[test]
fn a_longer_entry_brings_its_own_frame() {
    let down = handled(event(7, 1_000.0, 48.0), 1_010.0, 1_020.0);
    let up = handled(event(7, 1_100.0, 96.0), 1_105.0, 1_120.0);
    assert_eq!(parts(&inp(&[down, up])), Some([5.0, 15.0, 76.0]));
}

#[test]
fn an_event_handled_before_the_input_makes_no_negative_delay() {
    let hover = handled(event(0, 980.0, 116.0), 985.0, 1_008.0);
    let down = handled(event(7, 1_000.0, 96.0), 1_010.0, 1_020.0);
    assert_eq!(parts(&inp(&[hover, down])), Some([0.0, 20.0, 76.0]));
}

#[test]
fn handlers_that_outlast_the_paint_are_cut_there() {
    let alert = handled(event(7, 1_000.0, 96.0), 1_010.0, 9_000.0);
    assert_eq!(parts(&inp(&[alert])), Some([10.0, 86.0, 0.0]));
}

#[test]
fn the_paint_is_never_before_the_handlers_start() {
    let rounded = handled(event(7, 1_000.0, 0.0), 1_003.0, 1_004.0);
    assert_eq!(parts(&inp(&[rounded])), Some([3.0, 0.0, 0.0]));
    assert_eq!(latency(&inp(&[handled(event(7, 1_000.0, 0.0), 1_003.0, 1_004.0)])), Some(0.0));
}
