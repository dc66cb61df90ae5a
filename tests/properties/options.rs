//! The options of `init`, right, wrong, and no options at all.

use ferrum::config::{Config, ConfigError};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

use crate::json::value;

const NAMES: &[&str] = &[
    "applicationId",
    "clientToken",
    "site",
    "proxy",
    "trackingConsent",
    "service",
    "version",
    "env",
    "sessionSampleRate",
    "traceSampleRate",
    "trackResources",
    "trackViewsManually",
    "trackAnonymousUser",
    "defaultPrivacyLevel",
];

/// Without trailing zeros and without an exponent, as `JSON.stringify` writes them.
fn percentage() -> impl Strategy<Value = f64> {
    (0..=100_000_u32).prop_map(|thousandths| f64::from(thousandths) / 1_000.0)
}

fn text() -> impl Strategy<Value = String> {
    any::<String>().prop_filter("an empty option is none", |text| !text.is_empty())
}

fn optional(value: impl Strategy<Value = impl Into<Value>>) -> impl Strategy<Value = Value> {
    proptest::option::of(value).prop_map(|value| value.map_or(Value::Null, Into::into))
}

fn valid() -> impl Strategy<Value = Value> {
    const LEVELS: &[&str] = &["allow", "mask", "mask-user-input", "mask-unless-allowlisted"];
    const CONSENTS: &[&str] = &["granted", "not-granted"];
    const SITES: &[&str] = &["datadoghq.com", "us5.datadoghq.com", "ddog-gov.com", "datad0g.com"];
    let texts = (text(), text(), optional(text()), optional(text()), optional(text()));
    let rates = (optional(percentage()), optional(percentage()));
    let flags = (optional(any::<bool>()), optional(any::<bool>()), optional(any::<bool>()));
    let proxy = prop_oneof![
        Just(Value::Null),
        Just(json!({ "function": true })),
        text().prop_map(Value::from)
    ];
    let choices =
        (optional(select(LEVELS)), optional(select(CONSENTS)), optional(select(SITES)), proxy);
    (texts, rates, flags, choices).prop_map(|(texts, rates, flags, choices)| {
        json!({
            "applicationId": texts.0,
            "clientToken": texts.1,
            "service": texts.2,
            "version": texts.3,
            "env": texts.4,
            "sessionSampleRate": rates.0,
            "traceSampleRate": rates.1,
            "trackResources": flags.0,
            "trackViewsManually": flags.1,
            "trackAnonymousUser": flags.2,
            "defaultPrivacyLevel": choices.0,
            "trackingConsent": choices.1,
            "site": choices.2,
            "proxy": choices.3,
        })
    })
}

/// Values that the option does not allow.
fn wrong() -> impl Strategy<Value = (&'static str, Value)> {
    let not_text =
        || prop_oneof![any::<i32>().prop_map(Value::from), Just(json!([])), Just(json!({}))];
    let texts = &["applicationId", "clientToken", "service", "version", "env"][..];
    let rates = &["sessionSampleRate", "traceSampleRate"][..];
    let choices = &["site", "trackingConsent", "defaultPrivacyLevel"][..];
    prop_oneof![
        (select(texts), not_text()),
        (select(rates), (100_001..9_000_000_u32).prop_map(|n| json!(f64::from(n) / 1_000.0))),
        (select(rates), (1..9_000_u32).prop_map(|n| json!(-f64::from(n) / 1_000.0))),
        (select(rates), text().prop_map(Value::from)),
        (select(choices), not_text()),
        (select(choices), "[e-z]{1,9}".prop_map(Value::from)),
        (Just("proxy"), any::<i32>().prop_map(Value::from)),
    ]
}

/// An object with the options' names and any values.
fn almost_options() -> impl Strategy<Value = Value> {
    prop::collection::vec((select(NAMES), value()), 0..8).prop_map(|members| {
        members
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect::<Map<_, _>>()
            .into()
    })
}

/// With a configuration every error is a warning; without one, at least one is fatal.
fn check(options: &str) -> Result<(), TestCaseError> {
    let (config, errors) = Config::from_json(options);
    prop_assert_eq!(config.is_none(), errors.iter().any(|error| error.is_fatal));
    for error in &errors {
        prop_assert!(NAMES.contains(&error.option));
        let message = error.message();
        let start = format!("\"{}\" ", error.option);
        prop_assert!(message.starts_with(&start) && message.ends_with('.'), "{message}");
        prop_assert!(error.value.len() <= 80);
    }
    Ok(())
}

fn text_of(options: &Value, name: &str) -> Option<String> {
    options[name].as_str().map(str::to_owned)
}

proptest! {
    #[test]
    fn any_text_can_be_read(options: String) {
        check(&options)?;
    }

    #[test]
    fn any_json_can_be_read(options in value()) {
        check(&options.to_string())?;
    }

    #[test]
    fn any_values_of_the_options_can_be_read(options in almost_options()) {
        check(&options.to_string())?;
    }

    #[test]
    fn options_cut_anywhere_can_be_read(options in valid(), at: prop::sample::Index) {
        let text = options.to_string();
        let cut: String = text.chars().take(at.index(text.len())).collect();
        check(&cut)?;
    }

    #[test]
    fn valid_options_arrive_as_they_were_passed(options in valid()) {
        let (config, errors) = Config::from_json(&options.to_string());
        prop_assert_eq!(errors, Vec::<ConfigError>::new());
        let application_id = text_of(&options, "applicationId").unwrap_or_default();
        let service = text_of(&options, "service").unwrap_or_else(|| application_id.clone());
        let expected = Config {
            application_id,
            service,
            version: text_of(&options, "version"),
            env: text_of(&options, "env"),
            session_sample_rate: options["sessionSampleRate"].as_f64().unwrap_or(100.0),
            trace_sample_rate: options["traceSampleRate"].as_f64().unwrap_or(100.0),
            track_resources: options["trackResources"].as_bool().unwrap_or(true),
            track_views_manually: options["trackViewsManually"].as_bool().unwrap_or(false),
            track_anonymous_user: options["trackAnonymousUser"].as_bool().unwrap_or(true),
            default_privacy_level: match options["defaultPrivacyLevel"].as_str() {
                Some("allow") => "allow",
                Some("mask") => "mask",
                Some("mask-unless-allowlisted") => "mask-unless-allowlisted",
                _ => "mask-user-input",
            },
        };
        prop_assert_eq!(config, Some(expected));
    }

    #[test]
    fn a_wrong_option_is_named_and_no_other(options in valid(), (name, wrong) in wrong()) {
        let mut options = options;
        options[name] = wrong;
        let (_, errors) = Config::from_json(&options.to_string());
        let names: Vec<_> = errors.iter().map(|error| error.option).collect();
        prop_assert_eq!(names, [name]);
    }
}
