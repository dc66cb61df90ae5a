//! Requests and their timing: a `PerformanceResourceTiming` in, the `resource` part of an event
//! out. Rules and order of tests are those of `@datadog/browser-rum-core` 7.16
//! (`domain/resource/resourceUtils`).

use crate::entry::ResourceTiming;
use crate::json::Writer;
use crate::text;
use crate::time::{Duration, RelativeTime};

impl ResourceTiming<'_> {
    /// Whether this is a request of an SDK of Datadog's, Ferrum included, to its intake. Proxies
    /// keep the three names, escaped or not.
    pub fn is_intake_request(&self) -> bool {
        let url = self.name.as_bytes();
        let names: [&[u8]; 3] = [b"ddsource", b"dd-api-key", b"dd-request-id"];
        names.iter().all(|name| url.windows(name.len()).any(|at| at == *name))
    }

    /// When the page asked for it.
    pub const fn start(&self) -> RelativeTime {
        RelativeTime::from_millis(self.start_time)
    }

    /// When it had arrived, or had failed.
    pub fn end(&self) -> RelativeTime {
        RelativeTime::from_millis(self.start_time + self.whole())
    }

    /// Whether the browser made sense of it: some give negative durations.
    pub fn is_valid(&self) -> bool {
        self.duration >= 0.0 && self.whole() >= 0.0
    }

    /// Writes all of the `resource` part but its id.
    pub fn write(&self, w: &mut Writer) {
        w.text("type", self.kind());
        w.text("url", trim_data_url(self.name));
        if self.response_status > 0.0 {
            w.whole("status_code", self.response_status as u64);
        }
        w.span("duration", Duration::from_millis(self.whole()));
        w.nonempty("protocol", self.next_hop_protocol);
        if let Some(delivery) = self.delivery_type {
            w.text("delivery_type", if delivery.is_empty() { "other" } else { delivery });
        }
        w.nonempty("render_blocking_status", self.render_blocking_status);
        if self.is_answered() {
            w.whole("size", self.decoded_body_size as u64);
            w.whole("encoded_body_size", self.encoded_body_size as u64);
            w.whole("decoded_body_size", self.decoded_body_size as u64);
            w.whole("transfer_size", self.transfer_size as u64);
        }
        if self.has_valid_times() {
            self.write_phases(w);
        }
    }

    fn is_answered(&self) -> bool {
        self.start_time < self.response_start
    }

    fn write_phases(&self, w: &mut Writer) {
        let connects = self.fetch_start < self.connect_end;
        let is_secured = self.connect_start <= self.secure_connection_start
            && self.fetch_start < self.secure_connection_start;
        let has_worker = 0.0 < self.worker_start && self.worker_start < self.fetch_start;
        let phases = [
            ("worker", has_worker, self.worker_start, self.fetch_start),
            ("redirect", self.is_redirected(), self.redirect_start, self.redirect_end),
            (
                "dns",
                self.fetch_start < self.domain_lookup_end,
                self.domain_lookup_start,
                self.domain_lookup_end,
            ),
            ("connect", connects, self.connect_start, self.connect_end),
            ("ssl", is_secured, self.secure_connection_start, self.connect_end),
            ("first_byte", self.is_answered(), self.request_start, self.response_start),
            ("download", self.is_answered(), self.response_start, self.response_end),
        ];
        for (name, exists, from, to) in phases {
            if exists && self.start_time <= from && from <= to {
                w.nested(name, |w| {
                    w.span("duration", Duration::from_millis(to - from));
                    w.span("start", Duration::from_millis(from - self.start_time));
                });
            }
        }
    }

    fn is_redirected(&self) -> bool {
        self.start_time < self.redirect_end
    }

    /// The document's duration is not in its entry; nor is that of some failed requests.
    fn whole(&self) -> f64 {
        let is_missing = self.duration == 0.0 && self.start_time < self.response_end;
        if self.initiator_type == "navigation" || is_missing {
            self.response_end - self.start_time
        } else {
            self.duration
        }
    }

    /// Browsers hide the phases of other origins (zeros) and sometimes give times out of order.
    fn has_valid_times(&self) -> bool {
        let times = [
            self.start_time,
            self.fetch_start,
            self.domain_lookup_start,
            self.domain_lookup_end,
            self.connect_start,
            self.connect_end,
            self.request_start,
            self.response_start,
            self.response_end,
        ];
        let redirect = [self.start_time, self.redirect_start, self.redirect_end, self.fetch_start];
        times.is_sorted() && (!self.is_redirected() || redirect.is_sorted())
    }

    fn kind(&self) -> &'static str {
        let initiator = self.initiator_type;
        match initiator {
            "navigation" => return "document",
            "xmlhttprequest" => return "xhr",
            "fetch" => return "fetch",
            "beacon" => return "beacon",
            _ => {}
        }
        let extension = path_extension(self.name);
        let is = |extensions: &[&str]| extensions.iter().any(|e| e.eq_ignore_ascii_case(extension));
        if is(&["css"]) {
            "css"
        } else if is(&["js"]) {
            "js"
        } else if matches!(initiator, "image" | "img" | "icon")
            || is(&["gif", "jpg", "jpeg", "tiff", "png", "svg", "ico"])
        {
            "image"
        } else if is(&["woff", "eot", "woff2", "ttf"]) {
            "font"
        } else if matches!(initiator, "audio" | "video") || is(&["mp3", "mp4"]) {
            "media"
        } else {
            "other"
        }
    }
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
