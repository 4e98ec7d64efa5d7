"""The rules of the tree that a program can check, each with its reason.

`python3 tests/structure.py [ROOT]` prints one line per breach, `file:line: what; why`, and ends
with 1 if there is any. tests/structure_test.py breaks each rule in a small tree of its own.
"""

import re
import sys
from dataclasses import dataclass
from pathlib import Path

CODE = {".cc", ".h"}
MEASURED = CODE | {".py", ".sh", ".cmake", ".mjs", ".ts"}
LINES = 500
TEST_LINES = 800
COLUMNS = 100
FORBIDDEN_WORDS = {
    "util", "utils", "common", "helper", "helpers", "manager", "impl", "ng", "v2", "misc",
}
CODE_OF_A_REFUSAL = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")

WHY = {
    "edge": "a layer sees only the layers that src/CMakeLists.txt gives it, so that no cycle grows",
    "sockets": "a handler is a function from values to values, tested without a network",
    "order": "a dependency stands before what uses it, and nothing stands on intake",
    "length": "a file that is read in one sitting is one concept",
    "columns": "two files fit side by side",
    "pragma": "headers are included once",
    "own": "a header is seen to compile by itself where its file, read alone, begins with it",
    "using": "a name says where it comes from",
    "word": "a name that could be anything's is nothing's: the concept is not clear yet",
    "throw": "errors of ours are values; only what a library throws is caught, at the call",
    "parse": "nlohmann's parser takes quadratic time; codec::parse_ordered doesn't",
    "unadmitted": "a log holds what the rules admitted; tests and benchmarks alone go around them",
    "literal": "refusals are found, listed and documented by their literal codes",
    "code": "a code is lower-case words joined by hyphens, stable for ever",
    "refusal": "whoever is refused can look up what to do",
    "layers": "a newcomer reads the layers in the order in which they are built",
    "format": "every byte format is found from docs/formats/README.md",
    "rows": "what a signed digest covers can be written from docs/formats alone",
    "link": "a link of ours that leads nowhere wastes a reader's time",
    "orphan": "a page that nothing leads to is not read",
    "nolint": "a silenced warning says which and why",
}


@dataclass(frozen=True, order=True)
class Breach:
    file: str
    line: int
    what: str
    rule: str

    def __str__(self):
        return f"{self.file}:{self.line}: {self.what}; {WHY[self.rule]}"


class Tree:
    """The files under a root that are ours: no build output, no data, no hidden folders but .ci."""

    FOLDERS = ("src", "apps", "tests", "bench", "cmake", "tools", "docs")

    def __init__(self, root):
        self.root = Path(root)
        self.texts = {}
        for folder in self.FOLDERS:
            for path in sorted((self.root / folder).rglob("*")):
                if path.is_file() and (path.suffix in MEASURED | {".md", ".sql"}
                                       or not path.suffix or path.name == "CMakeLists.txt"):
                    self._read(path)
        for path in sorted(self.root.glob("*.md")):
            self._read(path)

    def _read(self, path):
        name = path.relative_to(self.root).as_posix()
        if "__pycache__" not in name and not name.startswith("tests/corpus/"):
            try:
                self.texts[name] = path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                pass  # not text, so no source of ours

    def named(self, *suffixes):
        return ((n, t) for n, t in self.texts.items() if Path(n).suffix in suffixes)

    def text(self, name):
        return self.texts.get(name, "")


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def is_test(name):
    return name.startswith(("tests/", "bench/")) or Path(name).stem.endswith(("_test", "_fuzz"))


def modules(tree):
    """{module: dependencies} in the order of src/CMakeLists.txt."""
    found = {}
    for call in re.finditer(r"^comity_module\(([^)]*)\)", tree.text("src/CMakeLists.txt"), re.M):
        words = call.group(1).split()
        depends, collecting = [], False
        for word in words[1:]:
            if word.isupper():
                collecting = word == "DEPENDS"
            elif collecting:
                depends.append(word)
        found[words[0]] = depends
    return found


def check_order(tree):
    seen = set()
    for module, depends in modules(tree).items():
        for other in depends:
            if other not in seen or other == "intake":
                yield Breach("src/CMakeLists.txt", 1, f"{module} depends on {other}", "order")
        seen.add(module)


def allowed_folders(name, edges):
    """The first parts of a quoted include that a file may name."""
    parts = name.split("/")
    everything = set(edges)
    if parts[0] == "src" and len(parts) > 2:
        own = {parts[1], *edges.get(parts[1], [])}
    elif parts[0] == "apps":
        own = everything | {"apps"}
    else:
        own = everything | {"bench"}
    return own | {"tests"} if is_test(name) or parts[0] not in ("src", "apps") else own


def check_edges(tree):
    edges = modules(tree)
    for name, text in tree.named(*CODE):
        allowed = allowed_folders(name, edges)
        for include in re.finditer(r'^\s*#\s*include\s+(["<])([^">]+)[">]', text, re.M):
            quote, path = include.groups()
            first = path.split("/")[0]
            ours = quote == '"' or (first in edges and "/" in path)
            if name.startswith("apps/") and "/".join([*name.split("/")[:2], path]) in tree.texts:
                continue  # a program's own files, named from its folder
            if ours and ("/" not in path or first not in allowed):
                yield Breach(name, line_of(text, include.start()), f"includes {path}", "edge")


def check_sockets(tree):
    for name, text in tree.named(*CODE):
        if not name.startswith("src/"):
            continue
        for include in re.finditer(r"^\s*#\s*include\s+<(boost/(asio|beast)\b[^>]*)", text, re.M):
            yield Breach(name, line_of(text, include.start()), f"includes {include.group(1)}",
                         "sockets")


def check_size(tree):
    for name, text in tree.named(*MEASURED):
        limit = TEST_LINES if is_test(name) else LINES
        lines = text.splitlines()
        if len(lines) > limit:
            yield Breach(name, limit + 1, f"has {len(lines)} lines, above {limit}", "length")
        for number, line in enumerate(lines, 1):
            if len(line) > COLUMNS:
                yield Breach(name, number, f"has {len(line)} columns, above {COLUMNS}", "columns")


def check_words(tree):
    for name in tree.texts:
        for word in re.split(r"[/_.\-]", name):
            if word in FORBIDDEN_WORDS:
                yield Breach(name, 1, f"is named {word}", "word")


def without_comments(text):
    """The same text, comments blanked, so that positions hold."""
    pattern = r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"'
    blank = lambda m: m.group() if m.group()[0] == '"' else re.sub(r"[^\n]", " ", m.group())
    return re.sub(pattern, blank, text, flags=re.S)


def check_code(tree):
    for name, text in tree.named(*CODE):
        if name.endswith(".h") and not text.startswith("#pragma once\n"):
            yield Breach(name, 1, "does not begin with #pragma once", "pragma")
        own = name[:-2] + "h"
        first = re.search(r'^#include\s+["<]([^">]+)[">]', text, re.M)
        if name.endswith(".cc") and own in tree.texts and not (
                first and f"/{own}".endswith(f"/{first.group(1)}")):
            yield Breach(name, 1, f"does not include {own} before all else", "own")
        bare = without_comments(text)
        # The entry point of a fuzz target is global, so it may open the namespace it tests.
        for found in re.finditer(r"\busing\s+namespace\b", bare):
            if not name.endswith("_fuzz.cc"):
                yield Breach(name, line_of(text, found.start()), "has a using-directive", "using")
        if not is_test(name):
            for found in re.finditer(r"\bthrow\b", re.sub(r'"(?:\\.|[^"\\\n])*"', "", bare)):
                yield Breach(name, 1, "throws", "throw")
            for found in re.finditer(r"[Jj]son::parse\(", bare):
                yield Breach(name, line_of(text, found.start()), "has nlohmann parse", "parse")
        for found in re.finditer(r"\bNOLINT(NEXTLINE|BEGIN)?\b(?!\([a-z0-9.,\s-]+\): \S)", text):
            yield Breach(name, line_of(text, found.start()),
                         "has a NOLINT not written as NOLINT(check): reason", "nolint")


def check_unadmitted(tree):
    own = ("src/log/committer.h", "src/log/committer.cc")
    for name, text in tree.named(*CODE):
        if is_test(name) or name in own:
            continue
        for found in re.finditer(r"\bcommit_unadmitted\b", without_comments(text)):
            yield Breach(name, line_of(text, found.start()), "names commit_unadmitted",
                         "unadmitted")


def check_refusals(tree):
    page = "docs/reference/refusals.md"
    rows = {}
    for row in re.finditer(r"^\|\s*`([^`]+)`\s*\|", tree.text(page), re.M):
        rows[row.group(1)] = line_of(tree.text(page), row.start())
    used = set()
    for name, text in tree.named(*CODE):
        if is_test(name) or name.startswith("src/base/error."):
            continue
        bare = without_comments(text)
        for call in re.finditer(r'\b(?:refuse\(|Refusal\{)\s*("([^"]*)")?', bare):
            line = line_of(text, call.start())
            if call.group(1) is None:
                yield Breach(name, line, "refuses with a code that is no literal", "literal")
                continue
            code = call.group(2)
            used.add(code)
            if not CODE_OF_A_REFUSAL.fullmatch(code):
                yield Breach(name, line, f"refuses with the code {code}", "code")
            elif code not in rows:
                yield Breach(name, line, f"refuses {code}, which {page} does not list", "refusal")
    for code in rows.keys() - used:
        yield Breach(page, rows[code], f"lists {code}, which nothing refuses with", "refusal")


def check_layers(tree):
    listed = re.findall(r"^- `(\w+)`", tree.text("src/README.md"), re.M)
    if listed != list(modules(tree)):
        yield Breach("src/README.md", 1, "does not list the modules of src/CMakeLists.txt in order",
                     "layers")


def links(tree, name):
    """(line, target path) of each relative link of a page."""
    text = tree.text(name)
    for link in re.finditer(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
        if not re.match(r"[a-z]+:", link.group(1)):
            target = (tree.root / name).parent / link.group(1)
            yield line_of(text, link.start()), target.resolve()


def check_pages(tree):
    index = "docs/formats/README.md"
    linked = {target for _, target in links(tree, index)}
    reached = set()
    for name, _ in tree.named(".md"):
        for line, target in links(tree, name):
            reached.add(target)
            if not target.exists():
                yield Breach(name, line, f"links to {target.name}, which is missing", "link")
    for name, _ in tree.named(".md"):
        path = (tree.root / name).resolve()
        if name.startswith("docs/formats/") and name != index and path not in linked:
            yield Breach(name, 1, f"is not linked from {index}", "format")
        elif name.startswith("docs/") and path not in reached:
            yield Breach(name, 1, "is linked from no page", "orphan")


def made_columns(sql):
    """[(table, [column])] of the tables of rows: those whose first column is `version`."""
    for table, body in re.findall(r"CREATE TABLE (\w+)\(([^;]*)\)", re.sub("--.*", "", sql)):
        flat = re.sub(r"\([^()]*\)", "", body)  # a comma within is none between columns
        first, *names = (part.split()[0] for part in flat.split(","))
        if first == "version":
            yield table, [name for name in names if name not in ("PRIMARY", "UNIQUE", "CHECK")]


def told_columns(page):
    """The same of a page, by its headings `### <number> <table>`: [(number, table, [column])]."""
    for part in re.split(r"^#+ ", page, flags=re.M):
        head = re.match(r"(\d+) `(\w+)`\n", part)
        if head:
            cells = re.findall(r"^\|([^|]*)\|", part, re.M)
            yield int(head[1]), head[2], re.findall(r"`(\w+)`", " ".join(cells))


def check_rows(tree):
    page = "docs/formats/record-rows.md"
    made = list(made_columns(tree.text("src/record/schema.sql")))
    told = list(told_columns(tree.text(page)))
    for number, (table, columns) in enumerate(made, 1):
        if (number, table, columns) not in told:
            yield Breach(page, 1, f"has not {number} {table} with schema.sql's columns", "rows")
    if len(told) != len(made):
        yield Breach(page, 1, f"has {len(told)} tables, schema.sql {len(made)}", "rows")


CHECKS = (check_order, check_edges, check_sockets, check_size, check_words, check_code,
          check_unadmitted, check_refusals, check_layers, check_pages, check_rows)


def breaches(root):
    tree = Tree(root)
    return sorted({breach for check in CHECKS for breach in check(tree)})


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent
    found = breaches(root)
    for breach in found:
        print(breach)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
