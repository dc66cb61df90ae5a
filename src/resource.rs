//! Requests and their timing: a `PerformanceResourceTiming` in, the `resource` part of an event
//! out. Rules and order of tests are those of `@datadog/browser-rum-core` 7.16
//! (`domain/resource/resourceUtils`).

use crate::entry::ResourceTiming;
use crate::event::{Nanos, Phase, Resource};
use crate::id::Uuid;
use crate::text;
use crate::time::Duration;

impl ResourceTiming {
    /// Whether this is a request of an SDK of Datadog's, Ferrum included, to its intake. Proxies
    /// keep the three names, escaped or not.
    pub fn is_intake_request(&self) -> bool {
        let url = self.name.as_bytes();
        let names: [&[u8]; 3] = [b"ddsource", b"dd-api-key", b"dd-request-id"];
        names.iter().all(|name| url.windows(name.len()).any(|at| at == *name))
    }

    /// As the wire has it; absent when the browser gave a negative duration.
    pub fn to_resource(&self, id: Uuid) -> Option<Resource<'_>> {
        let is_complete = self.has_valid_times();
        let is_answered = self.start_time < self.response_start;
        let phase = |from, to| self.phase(from, to).filter(|_| is_complete);
        let when = |condition: bool, from, to| phase(from, to).filter(|_| condition);
        let bytes = |size: f64| is_answered.then_some(size as u64);
        Some(Resource {
            id,
            r#type: self.kind(),
            url: trim_data_url(&self.name),
            status_code: (self.response_status > 0.0).then_some(self.response_status as u64),
            duration: Some(nanos(self.whole()).filter(|_| self.duration >= 0.0)?),
            size: bytes(self.decoded_body_size),
            encoded_body_size: bytes(self.encoded_body_size),
            decoded_body_size: bytes(self.decoded_body_size),
            transfer_size: bytes(self.transfer_size),
            protocol: present(&self.next_hop_protocol),
            delivery_type: self
                .delivery_type
                .as_deref()
                .map(|kind| present(kind).unwrap_or("other")),
            render_blocking_status: present(&self.render_blocking_status),
            worker: when(
                0.0 < self.worker_start && self.worker_start < self.fetch_start,
                self.worker_start,
                self.fetch_start,
            ),
            redirect: when(
                self.start_time < self.redirect_end,
                self.redirect_start,
                self.redirect_end,
            ),
            dns: when(
                self.fetch_start < self.domain_lookup_end,
                self.domain_lookup_start,
                self.domain_lookup_end,
            ),
            connect: when(
                self.fetch_start < self.connect_end,
                self.connect_start,
                self.connect_end,
            ),
            ssl: when(
                self.connect_start <= self.secure_connection_start
                    && self.fetch_start < self.secure_connection_start,
                self.secure_connection_start,
                self.connect_end,
            ),
            first_byte: when(is_answered, self.request_start, self.response_start),
            download: when(is_answered, self.response_start, self.response_end),
        })
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
        let is_redirected = self.start_time < self.redirect_end;
        let redirect = [self.start_time, self.redirect_start, self.redirect_end, self.fetch_start];
        times.is_sorted() && (!is_redirected || redirect.is_sorted())
    }

    fn phase(&self, from: f64, to: f64) -> Option<Phase> {
        Some(Phase { duration: nanos(to - from)?, start: nanos(from - self.start_time)? })
    }

    fn kind(&self) -> &'static str {
        let initiator = self.initiator_type.as_str();
        match initiator {
            "navigation" => return "document",
            "xmlhttprequest" => return "xhr",
            "fetch" => return "fetch",
            "beacon" => return "beacon",
            _ => {}
        }
        let extension = path_extension(&self.name);
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

fn nanos(millis: f64) -> Option<Nanos> {
    (millis >= 0.0).then(|| Duration::from_millis(millis).as_nanos())
}

fn present(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
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
