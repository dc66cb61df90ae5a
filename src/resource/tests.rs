use serde_json::{Value, json};

use super::*;

/// `timing` with other numbers.
fn with<'a>(mut timing: ResourceTiming<'a>, marks: &[(Mark, f64)]) -> ResourceTiming<'a> {
    for (mark, value) in marks {
        timing.marks[*mark as usize] = *value;
    }
    timing
}

fn timing() -> ResourceTiming<'static> {
    let timing = ResourceTiming {
        name: "https://shop.example/app.js?v=1",
        initiator_type: "script",
        next_hop_protocol: "h2",
        ..ResourceTiming::default()
    };
    let marks = [
        (StartTime, 10.0),
        (Duration, 90.0),
        (FetchStart, 12.0),
        (DomainLookupStart, 13.0),
        (DomainLookupEnd, 15.0),
        (ConnectStart, 15.0),
        (SecureConnectionStart, 18.0),
        (ConnectEnd, 25.0),
        (RequestStart, 26.0),
        (ResponseStart, 70.0),
        (ResponseEnd, 100.0),
        (TransferSize, 1_300.0),
        (EncodedBodySize, 1_000.0),
        (DecodedBodySize, 4_000.0),
        (ResponseStatus, 200.0),
    ];
    with(timing, &marks)
}

fn resource(timing: &ResourceTiming<'_>) -> Value {
    serde_json::from_str(&Writer::object(|w| timing.write(w))).unwrap()
}

fn millis(start: f64, duration: f64) -> Value {
    json!({ "start": (start * 1e6) as u64, "duration": (duration * 1e6) as u64 })
}

#[test]
fn splits_a_request_into_its_phases() {
    let timing = timing();
    let resource = resource(&timing);
    assert_eq!(resource["duration"], 90_000_000);
    assert_eq!(resource["dns"], millis(3.0, 2.0));
    assert_eq!(resource["connect"], millis(5.0, 10.0));
    assert_eq!(resource["ssl"], millis(8.0, 7.0));
    assert_eq!(resource["first_byte"], millis(16.0, 44.0));
    assert_eq!(resource["download"], millis(60.0, 30.0));
    for name in ["worker", "redirect"] {
        assert_eq!(resource.get(name), None, "{name}");
    }
}

#[test]
fn shows_redirects_and_service_workers_where_there_were_some() {
    let timing = with(timing(), &[(RedirectStart, 10.0), (RedirectEnd, 11.0), (WorkerStart, 11.5)]);
    let resource = resource(&timing);
    assert_eq!(resource["redirect"], millis(0.0, 1.0));
    assert_eq!(resource["worker"], millis(1.5, 0.5));
}

#[test]
fn has_no_dns_connect_or_ssl_on_a_reused_connection() {
    let timing = with(
        timing(),
        &[
            (DomainLookupStart, 12.0),
            (DomainLookupEnd, 12.0),
            (ConnectStart, 12.0),
            (ConnectEnd, 12.0),
            (SecureConnectionStart, 0.0),
        ],
    );
    let resource = resource(&timing);
    for name in ["dns", "connect", "ssl"] {
        assert_eq!(resource.get(name), None, "{name}");
    }
    assert_eq!(resource["first_byte"], millis(16.0, 44.0));
}

#[test]
fn has_no_phases_and_no_sizes_where_the_other_origin_hides_them() {
    let timing = with(
        ResourceTiming::default(),
        &[(StartTime, 10.0), (Duration, 90.0), (FetchStart, 10.0), (ResponseEnd, 100.0)],
    );
    let resource = resource(&timing);
    assert_eq!(resource["duration"], 90_000_000);
    for name in ["first_byte", "download"] {
        assert_eq!(resource.get(name), None, "{name}");
    }
    for name in ["size", "transfer_size", "status_code"] {
        assert_eq!(resource.get(name), None, "{name}");
    }
}

#[test]
fn drops_the_phases_when_the_browser_gives_times_out_of_order() {
    let timing = with(timing(), &[(ConnectEnd, 27.0)]);
    assert_eq!(resource(&timing).get("first_byte"), None);
}

#[test]
fn measures_a_document_and_a_failed_request_to_the_end_of_the_response() {
    let failed = with(timing(), &[(Duration, 0.0)]);
    assert_eq!(resource(&failed)["duration"], 90_000_000);
    let document =
        ResourceTiming { initiator_type: "navigation", ..with(timing(), &[(Duration, 5_000.0)]) };
    assert_eq!(resource(&document)["duration"], 90_000_000);
}

#[test]
fn is_not_valid_when_the_duration_is_negative() {
    let timing = with(timing(), &[(Duration, -1.0)]);
    assert!(!timing.is_valid());
}

#[test]
fn tells_types_apart_by_initiator_first_and_by_extension_second() {
    for (initiator, url, kind) in [
        ("navigation", "https://a/", "document"),
        ("xmlhttprequest", "https://a/x.js", "xhr"),
        ("fetch", "https://a/x.css", "fetch"),
        ("beacon", "https://a/", "beacon"),
        ("link", "https://a/x.css?y.js", "css"),
        ("script", "https://a/x.JS#z", "js"),
        ("img", "https://a/x", "image"),
        ("css", "https://a/x.svg", "image"),
        ("css", "https://a/x.woff2", "font"),
        ("video", "https://a/x", "media"),
        ("other", "https://a/x.mp3", "media"),
        ("other", "https://a.js/x", "other"),
        ("other", "nonsense", "other"),
    ] {
        let timing =
            ResourceTiming { name: url, initiator_type: initiator, ..ResourceTiming::default() };
        assert_eq!(timing.kind(), kind, "{initiator} {url}");
    }
}

#[test]
fn says_other_for_an_empty_delivery_type_and_nothing_for_an_unsupported_one() {
    let empty = ResourceTiming { delivery_type: Some(""), ..timing() };
    assert_eq!(resource(&empty)["delivery_type"], "other");
    assert_eq!(resource(&timing()).get("delivery_type"), None);
}

#[test]
fn keeps_the_type_of_an_inlined_file_only() {
    assert_eq!(trim_data_url("data:image/png;base64,AAAA"), "data:image/png;base64");
    assert_eq!(trim_data_url("https://a/data:,"), "https://a/data:,");
}

#[test]
fn knows_requests_to_an_intake_through_a_proxy_too() {
    let intake = "/p?ddforward=%2Fapi%2Fv2%2Frum%3Fddsource%3Dbrowser%26dd-api-key%3Dpub\
                  %26dd-request-id%3D1";
    let timing = |name| ResourceTiming { name, ..ResourceTiming::default() };
    assert!(timing(intake).is_intake_request());
    assert!(!timing("https://a/?ddsource=browser&dd-api-key=1").is_intake_request());
}
