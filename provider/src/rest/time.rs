//! Times as outputs hold them: the published provider's forms of what the API writes in RFC 3339.

/// `2026-06-08T19:51:58.370Z` as Go prints it: `2026-06-08 19:51:58.37 +0000 UTC`. What has another form stays as it is.
pub(super) fn as_go(time: &str) -> String {
    let Some((day, clock)) = time.strip_suffix('Z').and_then(|time| time.split_once('T')) else {
        return time.to_owned();
    };
    let clock = match clock.split_once('.') {
        Some((seconds, fraction)) => match fraction.trim_end_matches('0') {
            "" => seconds.to_owned(),
            fraction => format!("{seconds}.{fraction}"),
        },
        None => clock.to_owned(),
    };
    format!("{day} {clock} +0000 UTC")
}

/// `2026-07-06T10:24:38.766279Z` without its fraction: `2026-07-06T10:24:38Z`.
pub(super) fn in_seconds(time: &str) -> String {
    match time.strip_suffix('Z').and_then(|time| time.split_once('.')) {
        Some((seconds, _)) => format!("{seconds}Z"),
        None => time.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_the_forms_of_the_published_provider() {
        let times = [
            ("2026-06-08T19:51:58.379Z", "2026-06-08 19:51:58.379 +0000 UTC"),
            ("2026-06-08T19:51:58.370Z", "2026-06-08 19:51:58.37 +0000 UTC"),
            ("2026-06-08T19:51:58.000Z", "2026-06-08 19:51:58 +0000 UTC"),
            ("2026-06-08T19:51:58Z", "2026-06-08 19:51:58 +0000 UTC"),
            ("yesterday", "yesterday"),
        ];
        for (written, held) in times {
            assert_eq!(as_go(written), held);
        }
        assert_eq!(in_seconds("2026-07-06T10:24:38.766279Z"), "2026-07-06T10:24:38Z");
        assert_eq!(in_seconds("2026-07-06T10:24:38Z"), "2026-07-06T10:24:38Z");
    }
}
