//! Functions: what their tables say that they look up.

use pulumi_rs_sdk::error::{Error, ErrorKind};
use pulumi_rs_sdk::looked_up::{self, given, noun, nouns};
use pulumi_rs_sdk::provider::{Context, InvokeRequest};
use pulumi_rs_sdk::state::Moment;
use pulumi_rs_sdk::table::rest::{
    All, Beside, Class, Field, Function, Kind, Lookup, One, Or, Resource, Sent, Template,
    WireObject,
};
use pulumi_rs_sdk::value::{Object, Value};
use serde_json::Value as Json;

use super::find::Found;
use super::list::{Filters, all_entries};
use super::site::{Home, Site, path_of};
use super::tenant::{Tenant, header};
use super::wire::{self, Occasion, encode};
use crate::api::{ApiError, Asked, Path, Request};

impl Tenant {
    /// Answers a function as its table says.
    ///
    /// # Errors
    /// There is no such object. What the API refused.
    pub(crate) async fn answer(
        &self,
        context: &Context,
        request: &InvokeRequest,
    ) -> Result<Object, Error> {
        let InvokeRequest { function, arguments } = request;
        match &function.lookup {
            Lookup::Own => {
                let text = format!("{} looks nothing up: report this", function.name);
                Err(Error::new(ErrorKind::Unimplemented, text))
            }
            Lookup::One(one) => {
                let found = self.found_by(context, function, one, arguments).await?;
                self.gives(context, function, one, arguments, found).await
            }
            Lookup::All(all) => {
                let found = self.listed(context, function, all, arguments).await?;
                Ok(looked_up::lists(function, all, arguments, found))
            }
        }
    }

    /// The object that the arguments say.
    ///
    /// # Errors
    /// There is none; the error says what was looked for. What the API refused.
    pub(crate) async fn found_by(
        &self,
        context: &Context,
        function: &Function,
        one: &One,
        arguments: &Object,
    ) -> Result<Found, Error> {
        let text = |name| given(arguments, name).and_then(Value::as_str);
        let nothing = |what: &str| {
            let (noun, domain) = (noun(one.noun, one.of), self.domain());
            Error::new(ErrorKind::NotFound, format!("no {noun} on {domain} has the {what}"))
        };
        let Some(id) = one.id else {
            let (site, call) = (place(one.of, arguments)?, self.call(context, None));
            let found = self.found_at(&call, site, None).await?;
            return found.ok_or_else(|| {
                let at: Vec<String> = function
                    .inputs
                    .iter()
                    .filter_map(|row| Some(format!("{} {:?}", row.name, text(row.name)?)))
                    .collect();
                nothing(&at.join(" and the "))
            });
        };
        if let Some(id) = text(id) {
            let found = self.look_up(context, one.of, id, arguments).await?;
            return found.ok_or_else(|| nothing(&format!("ID {id:?}")));
        }
        match one.or {
            Or::Nothing => Err(nothing("ID \"\"")),
            Or::Only => self.only(context, function, one, arguments).await,
            Or::First(argument) => {
                let value = text(argument).unwrap_or_default();
                let found = self.first(context, function, one, argument, arguments).await?;
                found.ok_or_else(|| {
                    nothing(&format!("{argument} {value:?}, which is compared letter for letter"))
                })
            }
            Or::At(argument, path) => {
                let value = text(argument).unwrap_or_default();
                let home = Home::of(one.of, arguments)?;
                let found = self.at(context, &home, filled(path, arguments)).await?;
                found.ok_or_else(|| nothing(&format!("{argument} {value:?}")))
            }
        }
    }

    /// The only one in the list.
    async fn only(
        &self,
        context: &Context,
        function: &Function,
        one: &One,
        arguments: &Object,
    ) -> Result<Found, Error> {
        let filters = filters(function, one.of.class.path(), one.beside, arguments);
        let header = header(one.of.fields, arguments);
        let mut pages = self.all(context, one.of, filters)?.through(header);
        let mut found = Vec::new();
        while let Some(page) = pages.next().await? {
            found.extend(page);
        }
        let (noun, domain) = (noun(one.noun, one.of), self.domain());
        match <[Found; 1]>::try_from(found) {
            Ok([only]) => Ok(only),
            Err(none) if none.is_empty() => {
                Err(Error::new(ErrorKind::NotFound, format!("{domain} has no {noun}")))
            }
            Err(several) => {
                let ids: Vec<String> = several.into_iter().map(|(site, _)| site.id).collect();
                let text = format!(
                    "{domain} has several of the kind {noun}: give `{}`, one of {}",
                    one.id.unwrap_or("id"),
                    ids.join(", ")
                );
                Err(Error::new(ErrorKind::InvalidArgument, text))
            }
        }
    }

    /// The first in the list whose row has the value of the argument; the pages after it are not read.
    async fn first(
        &self,
        context: &Context,
        function: &Function,
        one: &One,
        argument: &str,
        arguments: &Object,
    ) -> Result<Option<Found>, Error> {
        let name = arguments.get(argument).and_then(Value::as_str).unwrap_or_default();
        let wire_name = one.of.field(argument).map(|row| row.wire_name()).unwrap_or(argument);
        let path = one.of.class.path();
        let filters = filters(function, path, one.beside, arguments);
        let mut pages = self.all(context, one.of, filters)?;
        while let Some(page) = pages.next().await? {
            let is_it = |found: &WireObject| {
                wire::get(found, wire_name).and_then(Json::as_str) == Some(name)
            };
            let mut found = page.into_iter().filter(|(_, object)| is_it(object));
            let Some(first) = found.next() else { continue };
            let others: Vec<String> = found.map(|(site, _)| site.id).collect();
            if !others.is_empty() {
                let nouns = nouns(&noun(one.noun, one.of));
                context.log.warning(format!(
                    "several {nouns} have the {argument} {name:?}: {} was taken, and not {}; give `{}` to say \
                     which one is meant",
                    first.0.id,
                    others.join(", "),
                    one.id.unwrap_or("id")
                ));
            }
            return Ok(Some(first));
        }
        Ok(None)
    }

    /// What the API has at that path, which may be another than that of the object itself.
    async fn at(&self, context: &Context, home: &Home, path: Path) -> Result<Option<Found>, Error> {
        let request = Request::get(path);
        let object = match self.call(context, None).send(&request).await {
            Ok(answer) => answer.into_json(),
            Err(ApiError::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        match object.and_then(|object| home.object(object)) {
            Some(found) => Ok(Some(found)),
            None => Err(ApiError::incomplete(Asked::of(&request)?).into()),
        }
    }

    /// What the function gives of an object that was found, with the lists of it.
    ///
    /// # Errors
    /// What the API refused of these.
    pub(crate) async fn gives(
        &self,
        context: &Context,
        function: &Function,
        one: &One,
        arguments: &Object,
        (site, answer): Found,
    ) -> Result<Object, Error> {
        let mut outputs = outputs(one.of, one.more, &site, &answer);
        for list in one.beside {
            let is_left_out = list.unless.is_some_and(|unless| given(arguments, unless).is_some());
            if !is_left_out {
                outputs.extend(self.beside(context, list, &site.own).await?);
            }
        }
        Ok(looked_up::gives(function, one, arguments, &site.id, &outputs))
    }

    async fn beside(
        &self,
        context: &Context,
        list: &'static Beside,
        parent: &str,
    ) -> Result<Object, Error> {
        let path = path_of(list.of.path, |_| parent);
        let with = list.with.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let call = self.call(context, None);
        let items = match all_entries(&call, &path, list.of, &with.collect::<Filters>()).await {
            Err(error @ ApiError::Forbidden { .. }) if list.may_be_hidden => {
                context.log.warning(format!("{error}: `{}` is left empty", list.row.name));
                Vec::new()
            }
            items => items?,
        };
        let item = |item: Json| match (list.row.kind, item) {
            (Kind::List(Kind::String), Json::Object(mut item)) => {
                item.remove(list.of.key[0]).unwrap_or_default()
            }
            (_, item) => item,
        };
        let mut answer = WireObject::new();
        wire::put(&mut answer, list.row.wire_name(), items.into_iter().map(item).collect());
        Ok(wire::rows(std::slice::from_ref(&list.row), &answer))
    }

    /// What the function gives of each in its list.
    ///
    /// # Errors
    /// What the API refused.
    pub(crate) async fn listed(
        &self,
        context: &Context,
        function: &Function,
        all: &All,
        arguments: &Object,
    ) -> Result<Vec<Object>, Error> {
        let filters = filters(function, Some(all.path()), &[], arguments);
        let mut home = Home::of(all.of, arguments)?;
        if let Some((path, _)) = all.at {
            home.path = filled(path, arguments);
        }
        let mut pages = self.pages(context, &home, filters);
        if let Some((_, paging)) = all.at {
            pages = pages.paged(paging);
        }
        let mut found = Vec::new();
        while let Some(page) = pages.next().await? {
            found.extend(page.into_iter().map(|(site, answer)| {
                looked_up::each(all, &site.own, &outputs(all.of, all.more, &site, &answer))
            }));
        }
        Ok(found)
    }
}

/// Where the only one lives that the arguments say.
fn place(of: &'static Resource, arguments: &Object) -> Result<Site, Error> {
    let home = Home::of(of, arguments)?;
    Ok(match of.class {
        Class::Member(_) => home.entry(arguments),
        _ => home.alone(),
    })
}

/// What a list is filtered by: the arguments that are given, less those that stand in its path or are not for the API.
fn filters(
    function: &Function,
    path: Option<Template>,
    beside: &[Beside],
    arguments: &Object,
) -> Filters {
    let is_for_it = |row: &str| {
        !path.is_some_and(|path| path.names(row))
            && !beside.iter().any(|list| list.unless == Some(row))
    };
    let rows = function.inputs.iter().filter(|row| row.sent != Sent::Never && is_for_it(row.name));
    let filter = |row: &Field| {
        let value = given(arguments, row.name)?;
        let text = match encode(row, value, Occasion::Create) {
            Json::String(text) => text,
            Json::Array(items) => {
                // Which of them comes first says nothing.
                let mut texts: Vec<&str> = items.iter().filter_map(Json::as_str).collect();
                texts.sort_unstable();
                texts.dedup();
                texts.join(",")
            }
            json => json.to_string(),
        };
        Some((row.wire_name().to_owned(), text))
    };
    rows.filter_map(filter).collect()
}

/// The outputs of an object by the rows of its resource and more, which only functions have.
fn outputs(of: &Resource, more: &'static [Field], site: &Site, answer: &WireObject) -> Object {
    let mut outputs = wire::outputs(of, site, answer, Moment::Read, &Object::new());
    outputs.extend(wire::rows(more, answer));
    outputs
}

fn filled(template: Template, arguments: &Object) -> Path {
    path_of(template, |row| arguments.get(row).and_then(Value::as_str).unwrap_or_default())
}
