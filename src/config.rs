//! Turns what the page passed to `init` into a [`Config`] that cannot be invalid.
//!
//! In: the options as JSON text, made by the shim, which stands in for what JSON cannot hold with
//! `{"function":true}` and `{"regexp":"…"}`. Out: the configuration and what was wrong with the
//! options. Names, defaults and what makes an option fatal are those of `@datadog/browser-rum`
//! 7.16, so that a page can change its import and nothing else.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use crate::json::read;

/// A valid configuration.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// `application.id` of every event.
    pub application_id: String,
    /// `service` of every event; the application's id where the page names none (as 7.16 does).
    pub service: String,
    /// `version` of every event.
    pub version: Option<String>,
    /// A tag of every event.
    pub env: Option<String>,
    /// Which share of the sessions is sent, in percent.
    pub session_sample_rate: f64,
    /// Which share of the requests is traced, in percent; only reported so far.
    pub trace_sample_rate: f64,
    /// Whether resources become events.
    pub track_resources: bool,
    /// Whether only `startView` starts views.
    pub track_views_manually: bool,
    /// Whether `usr.anonymous_id` is kept for a year.
    pub track_anonymous_user: bool,
    /// Sent with views as `privacy.replay_level`.
    pub default_privacy_level: &'static str,
}

/// An option with a value that is none of those it allows.
#[derive(Clone, Debug, PartialEq)]
pub struct ConfigError {
    /// The option's name.
    pub option: &'static str,
    /// What the option allows.
    pub expected: Expected,
    /// What the page passed, as JSON text, cut at 80 bytes; empty when it passed nothing.
    pub value: String,
    /// Whether the engine cannot run with it. Otherwise the default stands in.
    pub is_fatal: bool,
}

/// Options of the official SDK that change what is collected or sent, and that have no effect here.
const UNSUPPORTED: [&str; 14] = [
    BEFORE_SEND,
    "allowedGraphQlUrls",
    "allowedTracingUrls",
    "compressIntakeRequests",
    "plugins",
    "remoteConfigurationId",
    "sessionPersistence",
    "sessionReplaySampleRate",
    "storeContextsAcrossPages",
    "trackFeatureFlagsForEvents",
    "trackResourceHeaders",
    "trackSessionAcrossSubdomains",
    "usePartitionedCrossSiteSessionCookie",
    "useSecureSessionCookie",
];
/// The one that is vital: it may be there to remove what must not be sent.
const BEFORE_SEND: &str = "beforeSend";

/// Bytes of a bad value shown in a message.
const SHOWN: usize = 80;

/// What an option allows, and hence how to mend it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// The option must be given.
    Required,
    /// A string that is not empty.
    Text,
    /// A number from 0 to 100.
    Percentage,
    /// A domain of Datadog's.
    Site,
    /// A URL, or a function that makes one.
    Proxy,
    /// `'granted'` or `'not-granted'`
    Consent,
    /// One of the four privacy levels.
    PrivacyLevel,
    /// Nothing: the official SDK knows it, this version does not.
    Nothing,
}

impl Expected {
    /// The official SDK's wording where it has one.
    const fn message(self) -> &'static str {
        match self {
            Self::Required => "is required: pass the one of your RUM application",
            Self::Text => "must be a non-empty string",
            Self::Percentage => "must be a number between 0 and 100",
            Self::Site => {
                "must be a valid Datadog site. More details: \
                 https://docs.datadoghq.com/getting_started/site/."
            }
            Self::Proxy => "must be a non-empty string or a function",
            Self::Consent => "must be one of: \"granted\", \"not-granted\"",
            Self::Nothing => "is not supported by this version: remove it",
            Self::PrivacyLevel => {
                "must be one of: \"allow\", \"mask\", \"mask-user-input\", \
                 \"mask-unless-allowlisted\""
            }
        }
    }
}

impl ConfigError {
    /// One sentence for the console: the option, what it must be, and what it was.
    pub fn message(&self) -> String {
        let mut text = String::from("\"");
        text.push_str(self.option);
        text.push_str("\" ");
        text.push_str(self.expected.message());
        if !self.value.is_empty() {
            text.push_str(" (got ");
            text.push_str(&self.value);
            text.push(')');
        }
        text.push_str(if self.is_fatal {
            ". Nothing is collected."
        } else {
            ". Using the default."
        });
        text
    }
}

impl Config {
    /// Reads the options. Without a configuration at least one of the errors is fatal; with one,
    /// the errors are warnings.
    pub fn from_json(options: &str) -> (Option<Self>, Vec<ConfigError>) {
        let mut reader = Options { json: options, errors: Vec::new() };
        let config = reader.config();
        let is_fatal = reader.errors.iter().any(|error| error.is_fatal);
        (config.filter(|_| !is_fatal), reader.errors)
    }
}

struct Options<'a> {
    json: &'a str,
    errors: Vec<ConfigError>,
}

impl<'a> Options<'a> {
    fn config(&mut self) -> Option<Config> {
        let application_id = self.required("applicationId");
        self.required("clientToken");
        self.site();
        self.proxy();
        let consent = ["granted", "not-granted"];
        self.one_of("trackingConsent", &consent, Expected::Consent, true);
        let service = self.text("service");
        self.refuse_unsupported();
        Some(Config {
            version: self.text("version"),
            env: self.text("env"),
            session_sample_rate: self.percentage("sessionSampleRate"),
            trace_sample_rate: self.percentage("traceSampleRate"),
            track_resources: self.flag("trackResources", true),
            track_views_manually: self.flag("trackViewsManually", false),
            track_anonymous_user: self.flag("trackAnonymousUser", true),
            default_privacy_level: self.privacy_level(),
            service: service.or_else(|| application_id.clone())?,
            application_id: application_id?,
        })
    }

    /// `undefined`, `null` and `''` mean that the option was not given, as in the official SDK.
    fn given(&self, option: &str) -> Option<&'a str> {
        read::member(self.json, option).filter(|value| !matches!(*value, "null" | "\"\""))
    }

    fn reject(&mut self, option: &'static str, expected: Expected, is_fatal: bool) {
        let value = self.given(option).unwrap_or_default();
        let mut end = value.len().min(SHOWN);
        while !value.is_char_boundary(end) {
            end -= 1;
        }
        let value = value.get(..end).unwrap_or_default().to_owned();
        self.errors.push(ConfigError { option, expected, value, is_fatal });
    }

    fn required(&mut self, option: &'static str) -> Option<String> {
        if self.given(option).is_none() {
            self.reject(option, Expected::Required, true);
        }
        self.text(option)
    }

    fn text(&mut self, option: &'static str) -> Option<String> {
        let text = read::string(self.given(option)?);
        if text.is_none() {
            self.reject(option, Expected::Text, true);
        }
        text
    }

    fn percentage(&mut self, option: &'static str) -> f64 {
        let Some(value) = self.given(option) else {
            return 100.0;
        };
        let number = read::number(value).filter(|number| (0.0..=100.0).contains(number));
        if number.is_none() {
            self.reject(option, Expected::Percentage, true);
        }
        number.unwrap_or(100.0)
    }

    /// Truthiness, as in JavaScript: the official SDK coerces without a word.
    fn flag(&self, option: &str, default: bool) -> bool {
        match read::member(self.json, option) {
            None | Some("null") => default,
            Some(value) => !matches!(value, "false" | "0" | "\"\""),
        }
    }

    fn refuse_unsupported(&mut self) {
        for option in UNSUPPORTED {
            let is_on = |value: &&str| !matches!(*value, "false" | "0" | "[]");
            if self.given(option).filter(is_on).is_some() {
                self.reject(option, Expected::Nothing, option == BEFORE_SEND);
            }
        }
    }

    /// The official test of a site: it mentions one of Datadog's names.
    fn site(&mut self) {
        const NAMES: [&[u8]; 4] = [b"datadog", b"ddog", b"datad0g", b"dd0g"];
        let Some(value) = self.given("site") else {
            return;
        };
        let is_datadog = |name: &&[u8]| value.as_bytes().windows(name.len()).any(|at| at == *name);
        if !value.starts_with('"') || !NAMES.iter().any(is_datadog) {
            self.reject("site", Expected::Site, true);
        }
    }

    fn proxy(&mut self) {
        let is_valid =
            |value: &str| value.starts_with('"') || read::member(value, "function") == Some("true");
        if self.given("proxy").is_some_and(|value| !is_valid(value)) {
            self.reject("proxy", Expected::Proxy, true);
        }
    }

    fn one_of(
        &mut self,
        option: &'static str,
        values: &[&'static str],
        expected: Expected,
        is_fatal: bool,
    ) -> Option<&'static str> {
        let text = read::string(self.given(option)?);
        let value = values.iter().find(|value| text.as_deref() == Some(**value)).copied();
        if value.is_none() {
            self.reject(option, expected, is_fatal);
        }
        value
    }

    fn privacy_level(&mut self) -> &'static str {
        let levels = ["allow", "mask", "mask-user-input", "mask-unless-allowlisted"];
        let expected = Expected::PrivacyLevel;
        self.one_of("defaultPrivacyLevel", &levels, expected, false).unwrap_or("mask-user-input")
    }
}

#[cfg(test)]
mod tests;
