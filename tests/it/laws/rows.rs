//! Every settable row of a table, inside its blocks too, and programs that reach it.

use pulumi_rs_sdk::table::{Field, Kind, ObjectType, Presence, Resource, Rule, When};
use pulumi_rs_sdk::value::{Object, Value};
use tests::{Pick, sample};

/// A row, and the way to it through the blocks that it is in.
#[derive(Clone)]
pub struct Row {
    way: Vec<&'static Field>,
}

/// The settable rows of the resource, outer ones before those inside them.
pub fn rows(resource: &Resource) -> Vec<Row> {
    let mut found = Vec::new();
    find(resource.fields, &[], &mut found);
    found
}

fn find(fields: &'static [Field], way: &[&'static Field], found: &mut Vec<Row>) {
    for field in fields.iter().filter(|field| field.is_input()) {
        let way = [way, &[field]].concat();
        found.push(Row { way: way.clone() });
        if let Some(of) = block(field.kind) {
            find(of.fields, &way, found);
        }
    }
}

/// The type of a block, or of the blocks of a list.
fn block(kind: Kind) -> Option<&'static ObjectType> {
    match kind {
        Kind::Object(of) => Some(of),
        Kind::List(of) => block(*of),
        _ => None,
    }
}

impl Row {
    pub fn field(&self) -> &'static Field {
        self.way.last().expect("a way leads somewhere")
    }

    /// The top-level property that it is in.
    pub fn top(&self) -> &'static Field {
        self.way[0]
    }

    /// The rows on the way to it, and it at the end.
    pub fn way(&self) -> &[&'static Field] {
        &self.way
    }

    /// The names on the way to it.
    pub fn names(&self) -> Vec<&'static str> {
        self.way.iter().map(|field| field.name).collect()
    }

    /// Whether it is a block, or a list of blocks.
    pub fn is_block(&self) -> bool {
        block(self.field().kind).is_some()
    }

    /// Its path in a program, in the first element of a list.
    pub fn path(&self) -> String {
        self.beside(self.field().name)
    }

    /// The path of what stands beside it under that name.
    pub fn beside(&self, name: &str) -> String {
        let mut path = String::new();
        for field in &self.way[..self.way.len() - 1] {
            path.push_str(field.name);
            path.push_str(if matches!(field.kind, Kind::List(_)) { "[0]." } else { "." });
        }
        path + name
    }

    /// Changes the properties that hold it, which are made with what they require.
    pub fn edit(&self, program: &mut Object, edit: impl FnOnce(&mut Object)) {
        let mut holder = program;
        for field in &self.way[..self.way.len() - 1] {
            let of = block(field.kind).expect("only blocks hold rows");
            let is_list = matches!(field.kind, Kind::List(_));
            let entry = holder.entry(field.name.to_owned()).or_insert_with(|| match is_list {
                true => Value::Array(vec![required(of).into()]),
                false => required(of).into(),
            });
            let inner = match entry {
                Value::Array(items) => items.first_mut(),
                other => Some(other),
            };
            holder = match inner {
                Some(Value::Object(inner)) => inner,
                other => panic!("{}: {other:?} is no block", field.name),
            };
        }
        edit(holder);
    }

    /// Gives it the value in a program.
    pub fn set(&self, program: &mut Object, value: Value) {
        self.edit(program, |holder| _ = holder.insert(self.field().name.to_owned(), value));
    }

    /// Has the row count in a program that gives it: what it and the blocks around it depend on is given a value with
    /// which they do.
    pub fn let_count(&self, resource: &Resource, program: &mut Object) {
        // Rows of a block that are of different types each stand alone in it.
        if let (Some(inner), Some(Value::Object(block))) =
            (self.way.get(1), program.get_mut(self.top().name))
            && block.is_empty()
        {
            block.insert(inner.name.to_owned(), sample(inner, Pick::First));
        }
        for (depth, field) in self.way.iter().enumerate() {
            let Some(When { row, values }) = field.when else { continue };
            let fields_of = |blocks: &[&Field]| {
                let last = blocks.last().and_then(|block| self::block(block.kind));
                last.map_or(resource.fields, |of| of.fields)
            };
            let has_it = |blocks: &&[&Field]| fields_of(blocks).iter().any(|f| f.name == row);
            let around = (0..=depth).rev().map(|end| &self.way[..end]);
            let blocks = around.clone().find(has_it).expect("a law of tables: there is such a row");
            let holder =
                blocks.iter().fold(&mut *program, |at, block| match at.get_mut(block.name) {
                    Some(Value::Object(inner)) => inner,
                    other => panic!("{}: {other:?} is no block", block.name),
                });
            let counts =
                holder.get(row).and_then(Value::as_str).is_some_and(|v| values.contains(&v));
            if !counts {
                holder.insert(row.to_owned(), values[0].into());
                // Beside it, what counts by other values would be in its way.
                let idle = |field: &&Field| {
                    field
                        .when
                        .is_some_and(|when| when.row == row && !when.values.contains(&values[0]))
                };
                for other in fields_of(blocks).iter().filter(idle) {
                    holder.remove(other.name);
                }
            }
        }
    }

    /// Gives in a program what the rules of the resource want beside the row, where it is not there.
    pub fn meet_needs(&self, resource: &Resource, program: &mut Object) {
        let path = self.path();
        for rule in resource.rules {
            let needed = match rule {
                Rule::Needs(first, needed) if *first == path => needed,
                _ => continue,
            };
            let around = self.way[..self.way.len() - 1].last();
            let block = around.and_then(|around| block(around.kind));
            let fields = block.map_or(resource.fields, |of| of.fields);
            for field in fields.iter().filter(|f| needed.contains(&self.beside(f.name).as_str())) {
                self.edit(program, |holder| {
                    holder
                        .entry(field.name.to_owned())
                        .or_insert_with(|| sample(field, Pick::First));
                });
            }
        }
    }

    /// Whether what stands there is secret, alone or with what it is in.
    pub fn is_secret_in(&self, properties: &Object) -> bool {
        let mut at = properties.get(self.top().name);
        for field in &self.way[1..] {
            let inner = match at {
                Some(Value::Array(items)) => items.first(),
                other => other,
            };
            at = match inner {
                Some(Value::Object(inner)) => inner.get(field.name),
                other => other,
            };
        }
        matches!(at, Some(Value::Secret(_)))
    }

    /// What stands there in a program or in outputs.
    pub fn get<'a>(&self, program: &'a Object) -> Option<&'a Value> {
        let mut holder = program;
        for field in &self.way[..self.way.len() - 1] {
            let inner = match holder.get(field.name)? {
                Value::Array(items) => items.first()?,
                other => other,
            };
            holder = inner.as_object()?;
        }
        holder.get(self.field().name)
    }
}

fn required(of: &ObjectType) -> Object {
    let required = of.fields.iter().filter(|field| field.presence == Presence::Required);
    required.map(|field| (field.name.to_owned(), sample(field, Pick::First))).collect()
}
