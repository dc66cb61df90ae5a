//! Identifiers of events, views and sessions: random UUIDs from a seeded generator, so that the
//! engine needs no source of randomness of its own and a replay gives the same ids.

use alloc::string::String;

/// A UUID, shown as 36 lower-case characters, which is what the schema of RUM events asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Uuid(u128);

impl Uuid {
    /// Reads the text form; absent when it is anything else (upper-case digits included, as the
    /// official SDK writes none): what would be written otherwise.
    pub fn parse(text: &str) -> Option<Self> {
        let digit = |byte: u8| u128::from(byte & 15) + if byte < b'a' { 0 } else { 9 };
        let digits = text.bytes().filter(|byte| *byte != b'-');
        let id = Self(digits.fold(0, |value, byte| value << 4 | digit(byte)));
        let mut written = String::new();
        id.write(&mut written);
        (written == text).then_some(id)
    }

    /// Appends the text form.
    pub fn write(self, out: &mut String) {
        let mut rest = self.0;
        for index in 0..32 {
            if matches!(index, 8 | 12 | 16 | 20) {
                out.push('-');
            }
            out.push(hex_digit((rest >> 124) as u8));
            rest <<= 4;
        }
    }

    /// The last group of the text form, which Datadog's sampling hashes.
    pub fn last_group(self) -> u64 {
        self.0 as u64 & 0xffff_ffff_ffff
    }
}

/// Of a number below 16.
pub(crate) fn hex_digit(number: u8) -> char {
    char::from(number + if number < 10 { b'0' } else { b'a' - 10 })
}

impl core::fmt::Display for Uuid {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let mut text = String::new();
        self.write(&mut text);
        f.write_str(&text)
    }
}

/// Where ids come from: SplitMix64 over a random id from the browser's `crypto`.
///
/// Ids must not collide across users, and 122 random bits see to that; they need not be secret.
#[derive(Clone, Debug)]
pub struct Ids {
    states: [u64; 2],
}

impl Ids {
    /// `seed` must be random, and another one on every page.
    pub const fn new(seed: Uuid) -> Self {
        Self { states: [(seed.0 >> 64) as u64, seed.0 as u64] }
    }

    /// The next version 4 UUID.
    pub fn uuid(&mut self) -> Uuid {
        let [high, low] = &mut self.states;
        let (high, low) = (split_mix(high), split_mix(low));
        let version = (high & !0xf000) | 0x4000;
        let variant = (low & !(3 << 62)) | (2 << 62);
        Uuid(u128::from(version) << 64 | u128::from(variant))
    }
}

/// Steele, Lea, Flood: "Fast splittable pseudorandom number generators" (2014).
#[inline(never)]
const fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_back_what_it_writes() {
        let mut ids = Ids::new(Uuid(1 << 64 | 2));
        for _ in 0..100 {
            let id = ids.uuid();
            assert_eq!(Uuid::parse(&id.to_string()), Some(id));
        }
    }

    #[test]
    fn marks_ids_as_random_version_4() {
        let mut ids = Ids::new(Uuid(3 << 64 | 4));
        for _ in 0..100 {
            let text = ids.uuid().to_string();
            assert_eq!(text.as_bytes()[14], b'4', "{text}");
            assert!(b"89ab".contains(&text.as_bytes()[19]), "{text}");
        }
    }

    #[test]
    fn never_gives_the_same_id_twice_in_a_row_of_ten_thousand() {
        let mut ids = Ids::new(Uuid(5 << 64 | 6));
        let mut seen: Vec<String> = (0..10_000).map(|_| ids.uuid().to_string()).collect();
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 10_000);
    }

    #[test]
    fn refuses_text_that_is_no_lower_case_uuid() {
        for text in [
            "",
            "171787ce-8bad-4b17-a196-700640722e4",
            "171787CE-8bad-4b17-a196-700640722e42",
            "171787ce-8bad-4b17-a196_700640722e42",
            "171787ceg8bad-4b17-a196-700640722e42",
            "171787ce-8bad-4b17-a196-700640722e42 ",
        ] {
            assert_eq!(Uuid::parse(text), None, "{text}");
        }
    }
}
