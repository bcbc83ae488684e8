//! Durations as they are written on a command line.

use std::time::Duration;

/// A duration such as `50ms` or `1.5s`.
///
/// # Errors
/// Where it is none.
pub fn read(text: &str) -> Result<Duration, String> {
    let (number, unit) = match text.strip_suffix("ms") {
        Some(number) => (number, 1e-3),
        None => (text.strip_suffix('s').unwrap_or_default(), 1.0),
    };
    number
        .parse::<f64>()
        .ok()
        .and_then(|number| Duration::try_from_secs_f64(number * unit).ok())
        .ok_or_else(|| "not a duration such as 50ms or 1s".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_with_their_unit() {
        assert_eq!(read("50ms"), Ok(Duration::from_millis(50)));
        assert_eq!(read("1.5s"), Ok(Duration::from_millis(1500)));
        for bad in ["", "50", "ms", "-1s", "fast"] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}
