//! The word that somebody probably meant.

/// `: did you mean ...?`, or nothing where no word is near enough.
pub(crate) fn suggest<'a>(words: impl Iterator<Item = &'a str>, given: &str) -> String {
    match closest(words, given) {
        Some(close) => format!(": did you mean `{close}`?"),
        None => String::new(),
    }
}

/// The word that was probably meant: one that is spelled almost alike, else one that begins alike, else one of whose
/// letters some were left out.
pub(crate) fn closest<'a>(words: impl Iterator<Item = &'a str>, given: &str) -> Option<&'a str> {
    let words: Vec<&str> = words.collect();
    let shortest = |fits: fn(&str, &str) -> bool| {
        let longer = words.iter().filter(|word| fits(&word.to_lowercase(), &given.to_lowercase()));
        longer.min_by_key(|word| (word.len(), **word)).copied()
    };
    let (distance, word) = words.iter().map(|word| (distance(word, given), *word)).min()?;
    if distance <= 2 || distance * 3 <= given.len() {
        return Some(word);
    }
    shortest(begin_alike).or_else(|| shortest(is_shortened))
}

/// Whether one word, of more than two letters, is how the other begins.
fn begin_alike(word: &str, given: &str) -> bool {
    let whole = |part: &str, of: &str| part.len() > 2 && of.starts_with(part);
    whole(given, word) || whole(word, given)
}

/// Whether the letters given, more than three, are in the word in that order, from its first on.
fn is_shortened(word: &str, given: &str) -> bool {
    let mut letters = word.chars();
    given.len() > 3
        && word.chars().next() == given.chars().next()
        && given.chars().all(|wanted| letters.any(|letter| letter == wanted))
}

/// The number of letters to add, drop or change to make one word of the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.to_lowercase().chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.to_lowercase().chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let changed = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_near_is_suggested() {
        let words = || ["content", "name"].into_iter();
        assert_eq!(suggest(words(), "contnet"), ": did you mean `content`?");
        assert_eq!(suggest(words(), "Name"), ": did you mean `name`?");
        assert_eq!(suggest(words(), "elsewhere"), "");
    }
}
