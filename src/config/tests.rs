use super::*;

const REQUIRED: &str = r#""applicationId":"5b2c","clientToken":"pub""#;

fn read(options: &str) -> (Option<Config>, Vec<ConfigError>) {
    Config::from_json(&["{", REQUIRED, options, "}"].concat())
}

fn messages(errors: &[ConfigError]) -> Vec<String> {
    errors.iter().map(ConfigError::message).collect()
}

#[test]
fn fills_in_the_defaults_of_the_official_sdk() {
    let (config, errors) = read("");
    assert_eq!(errors, []);
    assert_eq!(
        config.unwrap(),
        Config {
            application_id: "5b2c".into(),
            service: "5b2c".into(),
            version: None,
            env: None,
            session_sample_rate: 100.0,
            trace_sample_rate: 100.0,
            track_resources: true,
            track_views_manually: false,
            track_anonymous_user: true,
            default_privacy_level: "mask-user-input",
        }
    );
}

#[test]
fn takes_what_the_page_passed() {
    let (config, errors) = read(
        r#","service":"shop","version":"1.4.2","env":"prod","sessionSampleRate":20.5,
           "trackResources":0,"trackViewsManually":"yes","trackAnonymousUser":false,
           "site":"us5.datadoghq.com","proxy":{"function":true},"traceSampleRate":0,
           "trackingConsent":"granted","defaultPrivacyLevel":"allow""#,
    );
    assert_eq!(errors, []);
    let config = config.unwrap();
    assert_eq!(config.service, "shop");
    assert_eq!(config.version.as_deref(), Some("1.4.2"));
    assert_eq!(config.env.as_deref(), Some("prod"));
    assert_eq!((config.session_sample_rate, config.trace_sample_rate), (20.5, 0.0));
    assert!(!config.track_resources && config.track_views_manually);
    assert!(!config.track_anonymous_user);
    assert_eq!(config.default_privacy_level, "allow");
}

#[test]
fn names_every_missing_required_option() {
    let (config, errors) = Config::from_json(r#"{"clientToken":null}"#);
    assert_eq!(config, None);
    assert_eq!(
        messages(&errors),
        [
            "\"applicationId\" is required: pass the one of your RUM application. \
             Nothing is collected.",
            "\"clientToken\" is required: pass the one of your RUM application. \
             Nothing is collected.",
        ]
    );
}

#[test]
fn says_what_was_passed_and_what_to_pass_instead() {
    for (options, message) in [
        (
            r#","sessionSampleRate":"all""#,
            "\"sessionSampleRate\" must be a number between 0 and 100 (got \"all\")",
        ),
        (
            r#","sessionSampleRate":100.1"#,
            "\"sessionSampleRate\" must be a number between 0 and 100 (got 100.1)",
        ),
        (r#","service":42"#, "\"service\" must be a non-empty string (got 42)"),
        (r#","proxy":7"#, "\"proxy\" must be a non-empty string or a function (got 7)"),
        (
            r#","trackingConsent":"maybe""#,
            "\"trackingConsent\" must be one of: \"granted\", \"not-granted\" (got \"maybe\")",
        ),
        (
            r#","site":"example.com""#,
            "\"site\" must be a valid Datadog site. More details: \
             https://docs.datadoghq.com/getting_started/site/. (got \"example.com\")",
        ),
    ] {
        let (config, errors) = read(options);
        assert_eq!(config, None, "{options}");
        assert_eq!(messages(&errors), [[message, ". Nothing is collected."].concat()]);
    }
}

#[test]
fn goes_on_with_the_default_of_an_option_that_is_not_vital() {
    let (config, errors) = read(r#","defaultPrivacyLevel":"none""#);
    assert_eq!(config.unwrap().default_privacy_level, "mask-user-input");
    assert!(errors[0].message().ends_with("(got \"none\"). Using the default."));
}

#[test]
fn says_which_options_of_the_official_sdk_have_no_effect() {
    let (config, errors) = read(r#","plugins":[{"name":"react"}],"allowedTracingUrls":[]"#);
    assert!(config.is_some());
    assert_eq!(
        messages(&errors),
        ["\"plugins\" is not supported by this version: remove it \
          (got [{\"name\":\"react\"}]). Using the default."]
    );
}

#[test]
fn collects_nothing_when_the_page_counts_on_before_send_to_remove_something() {
    let (config, errors) = read(r#","beforeSend":{"function":true}"#);
    assert_eq!(config, None);
    assert!(errors[0].message().starts_with("\"beforeSend\" is not supported"));
}

#[test]
fn cuts_a_long_bad_value_between_characters() {
    let long = "é".repeat(100);
    let (_, errors) = read(&[r#","site":""#, &long, "\""].concat());
    assert_eq!(errors[0].value.chars().count(), 40);
}
