//! A page of the documents: its sections, what stands in fences, and the commands that its sentences name.

use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};

use tests::root;

/// A page.
pub struct Page {
    /// Where it is, from the root: `docs/install.md`.
    pub path: String,
    pub sections: Vec<Section>,
}

/// What stands under one heading; the first has the page's own.
#[derive(Default)]
pub struct Section {
    pub heading: String,
    pub blocks: Vec<Block>,
    /// The sentences, tables and lists.
    pub prose: String,
}

/// What stands between two fences.
pub struct Block {
    /// The first word after the fence: `sh`, `python`, ...
    pub language: String,
    /// Whether the fence says that no test runs it.
    pub untested: bool,
    pub text: String,
    used: AtomicBool,
}

/// What can be run, or is a part of something that can.
const LANGUAGES: [&str; 3] = ["sh", "python", "yaml"];

impl Page {
    /// All that tell users of the provider how to use it.
    pub fn all() -> Vec<Page> {
        let folder = fs::read_dir(root().join("docs")).expect("the guides");
        let guides = folder.map(|file| file.expect("a file").file_name().into_string());
        let guides = guides.map(|name| format!("docs/{}", name.expect("a name of ASCII")));
        let mut paths: Vec<String> = ["README.md".to_owned()].into_iter().chain(guides).collect();
        paths.sort();
        paths.iter().map(|path| Page::read(path)).collect()
    }

    pub fn read(path: &str) -> Page {
        let text = fs::read_to_string(root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"));
        Page { path: path.to_owned(), sections: sections(&text) }
    }

    #[track_caller]
    pub fn section(&self, heading: &str) -> &Section {
        let found = self.sections.iter().find(|section| section.heading == heading);
        found.unwrap_or_else(|| panic!("{} has no section {heading:?}", self.path))
    }
}

impl Section {
    /// What the section has in a language, in its order; a test that asks for it uses it.
    pub fn of(&self, language: &str) -> Vec<&str> {
        let blocks = self.blocks.iter().filter(|block| block.language == language);
        let used = blocks.filter(|block| !block.untested).map(|block| {
            block.used.store(true, Ordering::Relaxed);
            block.text.as_str()
        });
        used.collect()
    }

    /// The only thing that the section has in a language.
    #[track_caller]
    pub fn only(&self, language: &str) -> &str {
        let found = self.of(language);
        let [text] = found[..] else { panic!("{}: {} of {language}", self.heading, found.len()) };
        text
    }

    /// What no test has used yet.
    pub fn unused(&self) -> Vec<&str> {
        let of_use = |block: &&Block| {
            LANGUAGES.contains(&block.language.as_str())
                && !block.untested
                && !block.used.load(Ordering::Relaxed)
        };
        self.blocks.iter().filter(of_use).map(|block| block.text.as_str()).collect()
    }

    /// The commands that its sentences name: what stands between backticks and begins with a tool of ours.
    pub fn mentioned(&self) -> Vec<String> {
        const TOOLS: [&str; 4] = ["pulumi ", "make ", "cargo ", "auth0-local-tenant "];
        let code = self.prose.split('`').skip(1).step_by(2);
        // A sentence may break a command at the end of a line.
        let code = code.map(|code| code.split_whitespace().collect::<Vec<_>>().join(" "));
        let begins =
            |code: &String| TOOLS.iter().any(|tool| without_setting(code).starts_with(tool));
        code.filter(begins).collect()
    }
}

/// A command without the variable that is set for it: `KEEP=1 make demo`.
fn without_setting(code: &str) -> &str {
    match code.split_once(' ') {
        Some((setting, command)) if setting.contains('=') => command,
        _ => code,
    }
}

fn sections(text: &str) -> Vec<Section> {
    let mut sections = vec![Section::default()];
    // The block that is open, and how far it is indented.
    let mut open: Option<(Block, usize)> = None;
    for line in text.lines() {
        let section = sections.last_mut().expect("there is one from the start");
        let bare = line.trim_start();
        match (&mut open, bare.strip_prefix("```")) {
            (Some(_), Some(_)) => section.blocks.extend(open.take().map(|(block, _)| block)),
            (Some((block, indent)), None) => {
                block.text += line.get(*indent..).unwrap_or(bare);
                block.text.push('\n');
            }
            (None, Some(info)) => {
                let mut words = info.split_whitespace();
                let language = words.next().unwrap_or_default().to_owned();
                let untested = words.any(|word| word == "untested");
                let block =
                    Block { language, untested, text: String::new(), used: AtomicBool::new(false) };
                open = Some((block, line.len() - bare.len()));
            }
            (None, None) if line.starts_with('#') => {
                let heading = line.trim_start_matches('#').trim().to_owned();
                sections.push(Section { heading, ..Section::default() });
            }
            (None, None) => {
                section.prose += line;
                section.prose.push('\n');
            }
        }
    }
    assert!(open.is_none(), "a fence is not closed");
    sections
}

#[test]
fn fences_headings_and_what_sentences_name_are_told_apart() {
    let text = "# Page\nRun `KEEP=1 make demo` or `x`.\n## One\n1. do\n\n   ```sh\n   # no heading\n     two\n   ```\n\
                ```sh untested\nthree\n```\n";
    let page = sections(text);
    let headings: Vec<&str> = page.iter().map(|section| section.heading.as_str()).collect();
    assert_eq!(headings, ["", "Page", "One"]);
    assert_eq!(page[1].mentioned(), ["KEEP=1 make demo"]);
    assert_eq!(page[2].blocks.len(), 2);
    assert_eq!(page[2].unused(), ["# no heading\n  two\n"], "the other says that it is not tested");
    assert_eq!(page[2].only("sh"), "# no heading\n  two\n");
    assert!(page[2].unused().is_empty());
}
