"""Holds the tree to its rules (tests/structure.py), and the rules to trees that break them."""

import tempfile
import unittest
from pathlib import Path

import structure

MODULES = """comity_module(base LIBRARIES x::y)
comity_module(intake DEPENDS base)
comity_module(log DEPENDS base
              LIBRARIES z LABELS threads)
"""
SCHEMA = """-- Rows; and what is none.
CREATE TABLE stamp(one INTEGER PRIMARY KEY CHECK (one = 1), size INTEGER);
CREATE TABLE name(
  version INTEGER NOT NULL, ordinal INTEGER NOT NULL, text TEXT,
  PRIMARY KEY (version, ordinal)) WITHOUT ROWID;
CREATE TABLE finding(version INTEGER PRIMARY KEY, verdict INTEGER REFERENCES word);
"""
ROWS = """# Rows

### 1 `name`

| Column | Made of |
|---|---|
| `ordinal`, `text` | `name` |

### 2 `finding`

| Column | Made of |
|---|---|
| `verdict` | `verdict` |
"""
GOOD = {
    "src/CMakeLists.txt": MODULES,
    "src/README.md": "# Layers\n\n- `base`: b\n- `intake`: i\n- `log`: l\n",
    "src/base/error.h": "#pragma once\n\nRefusal refuse(int code);\n",
    "src/log/store.h": '#pragma once\n\n#include <map>\n\n#include "base/error.h"\n',
    "src/log/store.cc": '#include "log/store.h"\n\n// throw using namespace\n'
                        'auto f() { return refuse(\n  "log-full", "throw"); }\n',
    "src/log/committer.h": "#pragma once\n\nvoid commit_unadmitted(int batch);\n",
    "src/log/committer.cc": '#include "log/committer.h"\n\n'
                            "void commit(int batch) { commit_unadmitted(batch); }\n",
    "src/log/reader.h": "#pragma once\n\n// Whatever commit_unadmitted has written.\n",
    "src/log/store_test.cc": '#include "log/store.h"\n#include "tests/disk.h"\n'
                             'auto g() { return refuse("test-only", "x"); }\n',
    "src/intake/csv.cc": '#include "base/error.h"  // NOLINT(misc-include): it is needed\n',
    "apps/program/main.cc": '#include <boost/asio.hpp>\n#include "log/store.h"\n'
                            '#include "verbs/show.h"\n',
    "apps/program/verbs/show.h": "#pragma once\n",
    "apps/program/show_fuzz.cc": '#include "tests/disk.h"\n',
    "tests/disk.h": '#pragma once\n#include "base/error.h"\n',
    "bench/append.cc": "void f() { commit_unadmitted(1); }\n",
    "docs/README.md": "[r](reference/refusals.md) [f](formats/README.md) [w](https://a.example)\n",
    "docs/reference/refusals.md": "| Code | Meaning |\n|---|---|\n| `log-full` | full |\n",
    "docs/formats/README.md": "[s](segment.md#head) [r](record-rows.md)\n",
    "docs/formats/segment.md": "# Segment\n",
    "docs/formats/record-rows.md": ROWS,
    "src/record/schema.sql": SCHEMA,
    "README.md": "[docs](docs/README.md)\n",
}

# What to put in place of a good file, and the rule that it must break. None removes the file.
BAD = [
    ("order", "src/CMakeLists.txt", MODULES.replace("base LIB", "base DEPENDS log LIB")),
    ("order", "src/CMakeLists.txt", MODULES.replace("log DEPENDS", "log DEPENDS intake")),
    ("edge", "src/base/fault.cc", '#include "log/store.h"\n'),
    ("edge", "src/base/fault.cc", "#include <log/store.h>\n"),
    ("edge", "src/intake/csv.cc", '#include "log/store.h"\n'),
    ("edge", "src/log/other.cc", '#include "store.h"\n'),
    ("edge", "src/log/other.cc", '#include "tests/disk.h"\n'),
    ("edge", "src/log/other.cc", '#include "apps/main.h"\n'),
    ("edge", "apps/program/other.cc", '#include "verbs/missing.h"\n'),
    ("edge", "apps/program/other.cc", '#include "tests/disk.h"\n'),
    ("edge", "apps/other/other.cc", '#include "verbs/show.h"\n'),
    ("edge", "tests/other.cc", '#include "apps/main.h"\n'),
    ("sockets", "src/log/talk.cc", "#include <boost/asio/ip/tcp.hpp>\n"),
    ("sockets", "src/log/talk_test.cc", "#include <boost/beast.hpp>\n"),
    ("sockets", "src/log/talk.h", "#pragma once\n\n# include <boost/beast/http.hpp>\n"),
    ("length", "src/log/long.cc", "\n" * 501),
    ("length", "src/log/long_test.cc", "\n" * 801),
    ("columns", "src/log/wide.cc", "//" + "x" * 99 + "\n"),
    ("columns", "tools/wide.sh", "#" * 101 + "\n"),
    ("pragma", "src/log/bare.h", "int f();\n"),
    ("own", "src/log/store.cc", '#include "base/error.h"\n\n#include "log/store.h"\n'
                                'auto f() { return refuse("log-full", "x"); }\n'),
    ("own", "apps/program/verbs/show.cc", "int f() { return 0; }\n"),
    ("using", "src/log/lazy.cc", "void f() { using namespace std; }\n"),
    ("word", "src/log/store_util.cc", "\n"),
    ("word", "src/common/x.cc", "\n"),
    ("word", "tests/helpers/x.py", "\n"),
    ("throw", "src/log/thrower.cc", "void f() { throw 1; }\n"),
    ("parse", "src/log/slow.cc", "auto f() { return Json::parse(text); }\n"),
    ("parse", "src/log/slow.cc", "auto f() { return nlohmann::ordered_json::parse(text); }\n"),
    ("unadmitted", "src/log/eager.cc", "void f() { log.commit_unadmitted(batch); }\n"),
    ("unadmitted", "src/log/store.h", "#pragma once\n\nauto f = &Log::commit_unadmitted;\n"),
    ("unadmitted", "apps/program/eager.cc", "void f() { commit_unadmitted (batch); }\n"),
    ("literal", "src/log/vague.cc", "auto f() { return refuse(code, \"x\"); }\n"),
    ("literal", "src/log/vague.cc", "auto f() { return Refusal{code}; }\n"),
    ("code", "src/log/odd.cc", "auto f() { return refuse(\"LogFull\", \"x\"); }\n"),
    ("refusal", "src/log/new.cc", "auto f() { return refuse(\"log-empty\", \"x\"); }\n"),
    ("refusal", "src/log/store.cc", '#include "log/store.h"\n'),
    ("refusal", "docs/reference/refusals.md", "# Refusals\n"),
    ("layers", "src/README.md", "- `log`: l\n- `base`: b\n- `intake`: i\n"),
    ("format", "docs/formats/README.md", "# Formats\n"),
    ("rows", "docs/formats/record-rows.md", ROWS.replace("`ordinal`, `text`", "`text`, `ordinal`")),
    ("rows", "docs/formats/record-rows.md", ROWS.replace("2 `finding`", "3 `finding`")),
    ("rows", "docs/formats/record-rows.md", ROWS + "\n### 3 `norm`\n\n| `ref` | `ref` |\n"),
    ("rows", "src/record/schema.sql", SCHEMA.replace("text TEXT", "text TEXT, folded TEXT")),
    ("rows", "src/record/schema.sql", SCHEMA + "CREATE TABLE norm(version INTEGER, ref TEXT);\n"),
    ("link", "docs/formats/segment.md", None),
    ("orphan", "docs/lost.md", "# Lost\n"),
    ("nolint", "src/log/quiet.cc", "int x;  // NOLINT\n"),
    ("nolint", "src/log/quiet.cc", "int x;  // NOLINT(misc-x)\n"),
]


def write(root, files):
    for name, text in files.items():
        path = Path(root) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            path.unlink()
        else:
            path.write_text(text, encoding="utf-8")


class Structure(unittest.TestCase):
    def test_this_tree(self):
        root = Path(__file__).resolve().parent.parent
        found = structure.breaches(root)
        self.assertGreater(len(structure.modules(structure.Tree(root))), 5)
        self.assertFalse(found, "\n" + "\n".join(map(str, found)))

    def test_a_good_tree(self):
        with tempfile.TemporaryDirectory() as root:
            write(root, GOOD)
            self.assertEqual(structure.breaches(root), [])

    def test_each_rule_can_be_broken(self):
        for rule, name, text in BAD:
            with self.subTest(rule=rule, name=name), tempfile.TemporaryDirectory() as root:
                write(root, GOOD)
                write(root, {name: text})
                found = structure.breaches(root)
                self.assertEqual({breach.rule for breach in found}, {rule}, found)
                self.assertRegex(str(found[0]), r"^[\w./-]+:\d+: .+; .+")

    def test_every_rule_has_a_bad_tree(self):
        self.assertEqual({rule for rule, _, _ in BAD}, set(structure.WHY))


if __name__ == "__main__":
    unittest.main()
