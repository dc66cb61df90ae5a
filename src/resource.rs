//! Requests and their timing: a `PerformanceResourceTiming` in, the `resource` part of an event
//! out. Rules and order of tests are those of `@datadog/browser-rum-core` 7.16
//! (`domain/resource/resourceUtils`).

use crate::entry::Mark::{self, *};
use crate::entry::ResourceTiming;
use crate::json::Writer;
use crate::text;
use crate::time::{self, RelativeTime};

/// The kinds of resource, by who requested them and by the extension of the path: the first that fits.
const KINDS: [(&str, &str, &str); 9] = [
    ("document", "navigation", ""),
    ("xhr", "xmlhttprequest", ""),
    ("fetch", "fetch", ""),
    ("beacon", "beacon", ""),
    ("css", "", "css"),
    ("js", "", "js"),
    ("image", "image img icon", "gif jpg jpeg tiff png svg ico"),
    ("font", "", "woff eot woff2 ttf"),
    ("media", "audio video", "mp3 mp4"),
];

/// What was transferred.
const SIZES: [(&str, Mark); 4] = [
    ("size", DecodedBodySize),
    ("encoded_body_size", EncodedBodySize),
    ("decoded_body_size", DecodedBodySize),
    ("transfer_size", TransferSize),
];

/// From when to when each phase lasts.
const PHASES: [(&str, Mark, Mark); 7] = [
    ("worker", WorkerStart, FetchStart),
    ("redirect", RedirectStart, RedirectEnd),
    ("dns", DomainLookupStart, DomainLookupEnd),
    ("connect", ConnectStart, ConnectEnd),
    ("ssl", SecureConnectionStart, ConnectEnd),
    ("first_byte", RequestStart, ResponseStart),
    ("download", ResponseStart, ResponseEnd),
];

/// In the order in which they come.
const TIMES: [Mark; 9] = [
    StartTime,
    FetchStart,
    DomainLookupStart,
    DomainLookupEnd,
    ConnectStart,
    ConnectEnd,
    RequestStart,
    ResponseStart,
    ResponseEnd,
];

/// The same, where there was a redirect.
const REDIRECT: [Mark; 4] = [StartTime, RedirectStart, RedirectEnd, FetchStart];

impl ResourceTiming<'_> {
    /// Whether this is a request of an SDK of Datadog's, Ferrum included, to its intake. Proxies
    /// keep the three names, escaped or not.
    pub fn is_intake_request(&self) -> bool {
        let url = self.name.as_bytes();
        let names: [&[u8]; 3] = [b"ddsource", b"dd-api-key", b"dd-request-id"];
        names.iter().all(|name| url.windows(name.len()).any(|at| at == *name))
    }

    /// When the page asked for it.
    pub fn start(&self) -> RelativeTime {
        RelativeTime::from_millis(self.at(StartTime))
    }

    /// When it had arrived, or had failed.
    pub fn end(&self) -> RelativeTime {
        RelativeTime::from_millis(self.at(StartTime) + self.whole())
    }

    /// Whether the browser made sense of it: some give negative durations.
    pub fn is_valid(&self) -> bool {
        self.at(Duration) >= 0.0 && self.whole() >= 0.0
    }

    /// Writes all of the `resource` part but its id.
    pub fn write(&self, w: &mut Writer) {
        w.text("type", self.kind());
        w.text("url", trim_data_url(self.name));
        let status = self.at(ResponseStatus);
        if status > 0.0 {
            w.whole("status_code", status as u64);
        }
        w.span("duration", time::Duration::from_millis(self.whole()));
        w.nonempty("protocol", self.next_hop_protocol);
        if let Some(delivery) = self.delivery_type {
            w.text("delivery_type", if delivery.is_empty() { "other" } else { delivery });
        }
        w.nonempty("render_blocking_status", self.render_blocking_status);
        if self.is_answered() {
            for &(name, size) in &SIZES {
                w.whole(name, self.at(size) as u64);
            }
        }
        if self.has_valid_times() {
            self.write_phases(w);
        }
    }

    fn is_answered(&self) -> bool {
        self.is_before(StartTime, ResponseStart)
    }

    fn is_before(&self, mark: Mark, other: Mark) -> bool {
        self.at(mark) < self.at(other)
    }

    fn write_phases(&self, w: &mut Writer) {
        for &(name, from, to) in &PHASES {
            let (start, end) = (self.at(from), self.at(to));
            if self.has_phase(from) && self.at(StartTime) <= start && start <= end {
                w.nested(name, |w| {
                    w.span("duration", time::Duration::from_millis(end - start));
                    w.span("start", time::Duration::from_millis(start - self.at(StartTime)));
                });
            }
        }
    }

    /// Whether there was the phase that begins with this.
    fn has_phase(&self, from: Mark) -> bool {
        match from {
            WorkerStart => self.at(WorkerStart) > 0.0 && self.is_before(WorkerStart, FetchStart),
            RedirectStart => self.is_redirected(),
            DomainLookupStart => self.is_before(FetchStart, DomainLookupEnd),
            ConnectStart => self.is_before(FetchStart, ConnectEnd),
            SecureConnectionStart => {
                self.at(ConnectStart) <= self.at(from) && self.is_before(FetchStart, from)
            }
            _ => self.is_answered(),
        }
    }

    fn is_redirected(&self) -> bool {
        self.is_before(StartTime, RedirectEnd)
    }

    /// The document's duration is not in its entry; nor is that of some failed requests.
    fn whole(&self) -> f64 {
        let duration = self.at(Duration);
        let is_missing = duration == 0.0 && self.is_before(StartTime, ResponseEnd);
        if self.initiator_type == "navigation" || is_missing {
            self.at(ResponseEnd) - self.at(StartTime)
        } else {
            duration
        }
    }

    /// Browsers hide the phases of other origins (zeros) and sometimes give times out of order.
    fn has_valid_times(&self) -> bool {
        self.are_in_order(&TIMES) && (!self.is_redirected() || self.are_in_order(&REDIRECT))
    }

    fn are_in_order(&self, marks: &[Mark]) -> bool {
        marks.is_sorted_by(|mark, next| self.at(*mark) <= self.at(*next))
    }

    fn kind(&self) -> &'static str {
        let extension = path_extension(self.name);
        let is_kind = |(_, initiators, extensions): &&(&str, &str, &str)| {
            has_word(initiators, self.initiator_type) || has_word(extensions, extension)
        };
        KINDS.iter().find(is_kind).map_or("other", |(kind, ..)| kind)
    }
}

/// Whether this is one of these words; nothing is none of any.
fn has_word(words: &str, word: &str) -> bool {
    !word.is_empty() && text::pieces(words, b' ').any(|other| other.eq_ignore_ascii_case(word))
}

/// What follows the last dot of the path, query and fragment apart; empty for none.
fn path_extension(url: &str) -> &str {
    let path = text::before(text::before(url, b'#'), b'?');
    let name = text::rsplit_once(path, b'/').map_or(path, |(_, name)| name);
    text::rsplit_once(name, b'.').map_or("", |(_, extension)| extension)
}

/// Inlined files are no use on the wire: the official SDK cuts such URLs beyond 24,000 characters
/// to their type; this one does so whatever their length.
fn trim_data_url(url: &str) -> &str {
    if !url.starts_with("data:") {
        return url;
    }
    text::before(url, b',')
}

#[cfg(test)]
mod tests;
