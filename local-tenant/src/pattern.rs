//! Which requests a rule is about: `METHOD /route`, with `*` for any method or any route.

use std::fmt;
use std::str::FromStr;

use axum::http::Method;

use crate::routes;

/// The requests of a rule: a method and a route, such as `PATCH /api/v2/clients/{id}`, `GET *` or
/// `* /api/v2/*`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// Nothing for any.
    method: Option<Method>,
    route: Route,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Route {
    /// `/api/v2/clients/{id}`
    One(String),
    /// `/api/v2/*`, kept without the asterisk
    Under(String),
}

/// Why a pattern cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadPattern {
    /// There is no method, or no route, or something behind them.
    #[error("'{0}' is not 'METHOD /route'")]
    Shape(String),
    /// It fits nothing that the tenant answers.
    #[error("no request {0} is answered")]
    Unanswered(String),
}

impl Pattern {
    /// Whether a request of this method on this route is meant.
    pub fn fits(&self, method: &Method, route: &str) -> bool {
        self.method.as_ref().is_none_or(|wanted| wanted == method)
            && match &self.route {
                Route::One(wanted) => wanted == route,
                Route::Under(start) => route.starts_with(start),
            }
    }
}

impl FromStr for Pattern {
    type Err = BadPattern;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let shape = || BadPattern::Shape(text.trim().to_owned());
        let mut words = text.split_whitespace();
        let (Some(method), Some(route), None) = (words.next(), words.next(), words.next()) else {
            return Err(shape());
        };
        let method = match method {
            "*" => None,
            method => Some(Method::from_bytes(method.as_bytes()).map_err(|_| shape())?),
        };
        let route = match route.strip_suffix('*') {
            Some(start) => Route::Under(start.to_owned()),
            // One place in a path has one name here, whatever the document calls it there.
            None => Route::One(routes::with_one_name(route)),
        };
        let pattern = Self { method, route };
        if routes::all().any(|(method, route)| pattern.fits(&method, &route)) {
            Ok(pattern)
        } else {
            Err(BadPattern::Unanswered(pattern.to_string()))
        }
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let method = self.method.as_ref().map_or("*", Method::as_str);
        match &self.route {
            Route::One(route) => write!(f, "{method} {route}"),
            Route::Under(start) => write!(f, "{method} {start}*"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_asterisk_stands_for_any_method_and_for_the_rest_of_a_route() {
        let fits = |pattern: &str, method: Method, route: &str| {
            pattern.parse::<Pattern>().unwrap().fits(&method, route)
        };
        assert!(fits("GET /api/v2/clients/{client_id}", Method::GET, "/api/v2/clients/{id}"));
        assert!(!fits("GET /api/v2/clients", Method::GET, "/api/v2/clients/{id}"));
        assert!(fits("GET /api/v2/clients*", Method::GET, "/api/v2/clients/{id}"));
        assert!(fits("* *", Method::POST, "/oauth/token"));
        assert!(!fits("* /api/v2/*", Method::POST, "/oauth/token"));
        assert!(!fits("DELETE *", Method::GET, "/api/v2/clients"));
    }

    #[test]
    fn a_pattern_that_fits_no_request_is_refused() {
        for bad in ["PUT /api/v2/clients", "GET /api/v2/client", "GET /api/v3/*", "POST x"] {
            assert!(
                matches!(bad.parse::<Pattern>(), Err(BadPattern::Unanswered(_))),
                "{bad}: {:?}",
                bad.parse::<Pattern>()
            );
        }
        for bad in ["", "POST", "/api/v2/clients", "GET /oauth/token x", "G(T *"] {
            assert!(matches!(bad.parse::<Pattern>(), Err(BadPattern::Shape(_))), "{bad}");
        }
    }
}
