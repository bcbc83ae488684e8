//! Where an object is looked for whose ID nobody knows.

use super::Template;

/// A row of which the API has no two objects with the same value, and where it shows the one that has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sought {
    /// The row.
    pub row: &'static str,
    /// The path that is asked.
    pub path: &'static str,
    /// The name in the query under which the value stands.
    pub filter: &'static str,
    /// How it stands there, `{value}` being the value.
    pub form: Template,
}

/// The object with that value of the row is looked for at that path, by that name in the query.
pub const fn sought(row: &'static str, path: &'static str, filter: &'static str) -> Sought {
    Sought { row, path, filter, form: Template::of("{value}") }
}

impl Sought {
    /// How the value stands in the query: `{value}` is the value, with a backslash before each quote and backslash.
    pub const fn form(mut self, form: &'static str) -> Self {
        self.form = Template::of(form);
        self
    }

    /// What stands in the query for that value.
    pub fn asked(&self, value: &str) -> String {
        match self.form.as_str() {
            "{value}" => value.to_owned(),
            _ => {
                let escaped = value.replace('\\', r"\\").replace('"', "\\\"");
                self.form.filled(|_| &escaped)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_stands_in_the_query_as_the_api_wants_it() {
        let plain = sought("email", "users-by-email", "email");
        assert_eq!(plain.asked("a\"b@x.com"), "a\"b@x.com");
        let quoted = sought("username", "users", "q").form("username:\"{value}\"");
        assert_eq!(quoted.asked(r#"a"b\c"#), r#"username:"a\"b\\c""#);
    }
}
