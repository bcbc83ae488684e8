//! Which elements of a list came, went or changed.

use super::walk::ChangeKind;

/// A change of one element, by its position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ElementChange {
    pub index: usize,
    pub kind: ChangeKind,
}

/// Compares two lists by `same`; where order means nothing, as multisets.
///
/// Positions of deletions are those of the old list, all others those of the new one; a position appears
/// once.
pub(super) fn compare<T>(
    old: &[T],
    new: &[T],
    unordered: bool,
    same: impl Fn(&T, &T) -> bool,
) -> Vec<ElementChange> {
    let (gone, come) = match unordered {
        true => multiset_difference(old, new, same),
        false => changed_middle(old, new, same),
    };
    let mut changes: Vec<ElementChange> = Vec::new();
    for &index in &come {
        let kind = match gone.contains(&index) {
            true => ChangeKind::Update,
            false => ChangeKind::Add,
        };
        changes.push(ElementChange { index, kind });
    }
    for index in gone.into_iter().filter(|index| !come.contains(index)) {
        changes.push(ElementChange { index, kind: ChangeKind::Delete });
    }
    changes.sort_by_key(|change| change.index);
    changes
}

fn multiset_difference<T>(
    old: &[T],
    new: &[T],
    same: impl Fn(&T, &T) -> bool,
) -> (Vec<usize>, Vec<usize>) {
    let mut gone: Vec<usize> = (0..old.len()).collect();
    let mut come = Vec::new();
    for (index, item) in new.iter().enumerate() {
        match gone.iter().position(|&at| same(&old[at], item)) {
            Some(position) => {
                gone.remove(position);
            }
            None => come.push(index),
        }
    }
    (gone, come)
}

/// What lies between the common beginning and the common end.
fn changed_middle<T>(
    old: &[T],
    new: &[T],
    same: impl Fn(&T, &T) -> bool,
) -> (Vec<usize>, Vec<usize>) {
    let shorter = old.len().min(new.len());
    let head = (0..shorter).take_while(|&i| same(&old[i], &new[i])).count();
    let tail = (0..shorter - head)
        .take_while(|&i| same(&old[old.len() - 1 - i], &new[new.len() - 1 - i]))
        .count();
    ((head..old.len() - tail).collect(), (head..new.len() - tail).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changes(old: &[&str], new: &[&str], unordered: bool) -> String {
        let changes = compare(old, new, unordered, |a, b| a == b);
        let text = changes.iter().map(|change| match change.kind {
            ChangeKind::Add => format!("+{}", change.index),
            ChangeKind::Update => format!("~{}", change.index),
            ChangeKind::Delete => format!("-{}", change.index),
        });
        text.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn elements_are_told_apart_by_position_or_as_a_set() {
        struct Case {
            old: &'static [&'static str],
            new: &'static [&'static str],
            ordered: &'static str,
            unordered: &'static str,
        }
        let cases = [
            Case { old: &["a", "b"], new: &["a", "b"], ordered: "", unordered: "" },
            Case { old: &["a", "b"], new: &["b", "a"], ordered: "~0 ~1", unordered: "" },
            Case { old: &["a"], new: &["a", "b"], ordered: "+1", unordered: "+1" },
            Case { old: &["a", "b", "c"], new: &["a", "c"], ordered: "-1", unordered: "-1" },
            Case { old: &["a", "b"], new: &["x", "b"], ordered: "~0", unordered: "~0" },
            Case { old: &["a", "a"], new: &["a"], ordered: "-1", unordered: "-1" },
            Case { old: &["a"], new: &["a", "a"], ordered: "+1", unordered: "+1" },
            Case { old: &[], new: &[], ordered: "", unordered: "" },
        ];
        for case in cases {
            assert_eq!(changes(case.old, case.new, false), case.ordered, "{:?}", case.new);
            assert_eq!(changes(case.old, case.new, true), case.unordered, "{:?}", case.new);
        }
    }
}
