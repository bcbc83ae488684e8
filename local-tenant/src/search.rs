//! The queries that lists take as `q`: terms of a member and a value, joined by `AND` and `OR`.
//!
//! Of the language of Lucene this is what tools send: `name:"value"`, `name:val*`, members of members with
//! dots, `-` or `NOT` before a term, and `AND` before `OR`; without parentheses and ranges.

use serde_json::Value;

use crate::answer::Object;

/// Whether an entity is one that the query asks for; every entity is, of an empty one.
pub fn finds(query: &str, entity: &Object) -> bool {
    let words = words(query);
    if words.is_empty() {
        return true;
    }
    words.split(|word| word == "OR").any(|terms| {
        let mut negated = false;
        terms.iter().filter(|word| *word != "AND").all(|word| {
            if word == "NOT" {
                negated = true;
                return true;
            }
            let (word, minus) =
                word.strip_prefix('-').map_or((word.as_str(), false), |w| (w, true));
            let wanted = !(std::mem::take(&mut negated) || minus);
            is_term_of(word, entity) == wanted
        })
    })
}

/// The words between spaces; what stands in quotes is part of its word.
fn words(query: &str) -> Vec<String> {
    let (mut words, mut quoted) = (vec![String::new()], false);
    for letter in query.chars() {
        let last = words.len() - 1;
        match letter {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            _ => words[last].push(letter),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn is_term_of(term: &str, entity: &Object) -> bool {
    match term.split_once(':') {
        Some((path, wanted)) => {
            let mut members = path.split('.');
            let first = members.next().and_then(|member| entity.get(member));
            first.is_some_and(|value| holds(value, &members.collect::<Vec<_>>(), wanted))
        }
        None => entity.values().any(|value| holds(value, &[], term)),
    }
}

/// Whether a value, or one that its members lead to, is the wanted one; of a list, whether any is.
fn holds(value: &Value, members: &[&str], wanted: &str) -> bool {
    match (value, members) {
        (Value::Array(elements), _) => elements.iter().any(|e| holds(e, members, wanted)),
        (Value::Object(entity), [member, rest @ ..]) => {
            entity.get(*member).is_some_and(|value| holds(value, rest, wanted))
        }
        (Value::String(text), []) => is_like(text, wanted),
        (Value::Bool(_) | Value::Number(_), []) => is_like(&value.to_string(), wanted),
        _ => false,
    }
}

/// Whether a text is the wanted one, whatever the case; a `*` at either end is for anything.
fn is_like(text: &str, wanted: &str) -> bool {
    let (text, wanted) = (text.to_lowercase(), wanted.to_lowercase());
    match (wanted.strip_prefix('*'), wanted.strip_suffix('*')) {
        (Some(_), Some(_)) => text.contains(wanted.trim_matches('*')),
        (Some(end), None) => text.ends_with(end),
        (None, Some(start)) => text.starts_with(start),
        (None, None) => text == wanted,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn terms_are_joined_negated_and_cut() {
        struct Case {
            query: &'static str,
            finds: bool,
        }
        let cases = [
            Case { query: "", finds: true },
            Case { query: r#"email:"ann@example.com""#, finds: true },
            Case { query: "email:ANN@*", finds: true },
            Case { query: "email:bob@*", finds: false },
            Case { query: "name:\"Ann Other\" AND blocked:false", finds: true },
            Case { query: "name:\"Ann Other\" AND blocked:true", finds: false },
            Case { query: "blocked:true OR identities.connection:db", finds: true },
            Case { query: "NOT blocked:true", finds: true },
            Case { query: "-blocked:false", finds: false },
            Case { query: "app_metadata.plan:*old", finds: true },
            Case { query: "nickname:*", finds: false },
            Case { query: "other", finds: false },
            Case { query: "*other", finds: true },
        ];
        let user = json!({
            "email": "ann@example.com",
            "name": "Ann Other",
            "blocked": false,
            "identities": [{"connection": "db"}],
            "app_metadata": {"plan": "gold"},
        });
        for Case { query, finds: wanted } in cases {
            assert_eq!(finds(query, user.as_object().unwrap()), wanted, "{query}");
        }
    }
}
