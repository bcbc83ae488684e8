//! Tables, and the code beside them.

use crate::provider::erased::{AnyAnswer, AnyHandler};

/// Tables of resources or functions, and the code that all of these have.
///
/// [`crate::provider::by`] and [`crate::provider::answered_by`] make one; so a package has no table without code.
pub struct By<T: 'static, C: ?Sized + 'static> {
    /// The tables.
    pub tables: &'static [&'static T],
    code: Option<&'static C>,
}

impl<T, C: ?Sized> By<T, C> {
    pub(crate) const fn code(tables: &'static [&'static T], code: &'static C) -> Self {
        By { tables, code: Some(code) }
    }

    /// The table that passes, and its code.
    pub(super) fn find(&self, passes: impl Fn(&T) -> bool) -> Option<(&'static T, &'static C)> {
        let table = self.tables.iter().copied().find(|table| passes(table))?;
        Some((table, self.code?))
    }
}

/// The code of the bare tables that [`without_code`] makes.
pub trait Bare {}

impl Bare for dyn AnyHandler<()> {}
impl Bare for dyn AnyAnswer<()> {}

/// Bare tables, in the package of no provider: for documents and tests.
pub const fn without_code<T, C: Bare + ?Sized>(tables: &'static [&'static T]) -> By<T, C> {
    By { tables, code: None }
}
