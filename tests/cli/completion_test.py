"""Completion scripts, each asked by its own shell: every verb, option and choice is offered."""

import os
import pty
import re
import select
import subprocess
import time

from harness import Case, main
from reference import below, read_arguments, read_reference

SECONDS = 60
ALWAYS = {"--help"}  # no verb's reference repeats it
FILES = ["thing.json", "a file"]
PATHS = {"REGISTRY", "DIR", "FILE", "PREFIX", "APPLICATION"}


def typed(verb, last):
    """The line with the word to complete at its end."""
    return " ".join(["comity", *verb.split(), last])


class Completion(Case):
    shell = ""

    def setUp(self):
        super().setUp()
        self.script = self.write("completion", self.ok("completion", self.shell))
        reference = self.ok("help-markdown")
        self.verbs = read_reference(reference)
        self.arguments = read_arguments(reference)
        self.assertIn("key rotate", self.verbs)
        for name in FILES:
            self.write(name, "")

    def run_shell(self, *command):
        home = {"PATH": os.environ["PATH"], "HOME": str(self.dir), "LC_ALL": "C.UTF-8"}
        done = subprocess.run(command, cwd=self.dir, env=home, stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=SECONDS, check=False)
        self.assertEqual((done.returncode, done.stderr), (0, b""), command)
        return done.stdout.decode()


class Everything:
    """Asks for all that the reference lists."""

    def test_verbs(self):
        groups = [verb for verb in self.verbs if below(self.verbs, verb)]
        offered = self.complete(*(typed(verb, "") for verb in groups))
        for verb, names in zip(groups, offered):
            files = FILES if self.arguments[verb] else []  # a verb that is a group as well
            self.assertLessEqual({*below(self.verbs, verb), *files}, set(names), verb)
            if not files:
                self.assertEqual(sorted(names), sorted(below(self.verbs, verb)), verb)

    def test_options(self):
        offered = self.complete(*(typed(verb, "--") for verb in self.verbs))
        for verb, flags in zip(self.verbs, offered):
            self.assertEqual(set(flags), {*self.options_at(verb), *ALWAYS}, verb)

    def test_choices(self):
        choosing = [(verb, option, choices) for verb in self.verbs
                    for option, choices in self.options_at(verb).items() if choices]
        offered = self.complete(*(typed(f"{verb} {option}", "") for verb, option, _ in choosing))
        for (verb, option, choices), found in zip(choosing, offered):
            self.assertEqual(set(found), choices, (verb, option))

    def test_arguments(self):
        places = [(verb, list(names)[:place], name, names[name])
                  for verb, names in self.arguments.items() for place, name in enumerate(names)
                  if not below(self.verbs, verb)]
        self.assertIn(["bash", "zsh", "fish"], [choices for *_, choices in places])
        offered = self.complete(*(typed(verb, " ".join([*before, ""]))
                                  for verb, before, _, _ in places))
        for (verb, _, name, choices), found in zip(places, offered):
            if choices:
                self.assertEqual(sorted(found), sorted(choices), verb)
            elif name in PATHS:
                self.assertLessEqual(set(FILES), set(found), (verb, name))
            else:
                self.assertEqual(found, [], (verb, name))


class Bash(Everything, Completion):
    shell = "bash"

    def options_at(self, verb):
        """Its own and the global ones, each with its choices."""
        return {option: set(choices) for name in ("", verb)
                for option, choices in self.verbs[name].items()}

    def complete(self, *lines):
        """What bash offers for the last word of each line; words are parted by one space."""
        script = "source ./completion\n"
        for line in lines:
            words = line.split(" ")
            script += (f"COMP_WORDS=({' '.join(map(repr, words))}); COMP_CWORD={len(words) - 1}; "
                       "_comity; printf '%s\\n' \"${COMPREPLY[@]}\" .\n")
        offered = self.run_shell("bash", "-uc", script).split(".\n")[:-1]
        self.assertEqual(len(offered), len(lines))
        return [it.splitlines() for it in offered]

    def test_words(self):
        self.run_shell("bash", "-n", "completion")
        self.assertEqual(
            self.complete("comity au", "comity key ro", "comity party apply --group i",
                          "comity file registry th", "comity --quiet show th"),
            [["audit"], ["rotate"], ["intergovernmental", "industry"], ["thing.json"],
             ["thing.json"]])

    def test_values_are_no_words(self):
        """An option's value is taken for neither a verb nor an argument, however it is given."""
        self.assertEqual(
            self.complete("comity --config thing.json key ro",
                          "comity export --out thing.json th", "comity export --out = a th",
                          "comity export registry --format =", "comity export --format = js",
                          "comity file registry a"),
            [["rotate"], ["thing.json"], ["thing.json"], ["csv", "jsonl", "stix"], ["jsonl"],
             ["a file"]])


class Fish(Everything, Completion):
    shell = "fish"

    def options_at(self, verb):
        """Those of all that it is part of too, each with its choices."""
        options = {}
        words = verb.split()
        for length in range(len(words) + 1):
            for option, choices in self.verbs[" ".join(words[:length])].items():
                options[option] = options.get(option, set()) | set(choices)
        return options

    def complete(self, *lines):
        script = "source ./completion\n"
        for line in lines:
            script += f"complete -C '{line}'; echo .\n"
        offered = self.run_shell("fish", "--no-config", "-c", script).split(".\n")[:-1]
        self.assertEqual(len(offered), len(lines))
        return [[choice.split("\t")[0] for choice in it.splitlines()] for it in offered]

    def test_words(self):
        self.run_shell("fish", "-n", "completion")
        self.assertEqual(
            self.complete("comity au", "comity key ro", "comity party apply --group i",
                          "comity audit --aga", "comity file registry th"),
            [["audit"], ["rotate"], ["industry", "intergovernmental"], ["--against"],
             ["thing.json"]])

    def test_values_are_no_words(self):
        self.assertEqual(
            self.complete("comity --config thing.json key ro",
                          "comity key --passphrase-file thing.json ro",
                          "comity export --format=js"),
            [["rotate"], ["rotate"], ["--format=jsonl"]])


class Zsh(Completion):
    shell = "zsh"

    def complete(self, *lines):
        """What becomes of each line by the tab key, in a zsh at a terminal."""
        self.script.rename(self.dir / "_comity")
        self.write(".zshrc", "PS1='ready> '\nfpath=($PWD $fpath)\n"
                             "autoload -U compinit; compinit -u -D\n"
                             "keep() { print -r -- $BUFFER >>lines; BUFFER=; }\n"
                             "zle -N keep; bindkey '^G' keep\n")
        child, terminal = pty.fork()
        if child == 0:
            os.chdir(self.dir)
            os.execvpe("zsh", ["zsh", "-d", "-i"],
                       {"PATH": os.environ["PATH"], "HOME": str(self.dir), "LC_ALL": "C.UTF-8",
                        "ZDOTDIR": str(self.dir), "TERM": "dumb"})
        self.addCleanup(os.close, terminal)
        typed = "".join(f"{line}\t\a" for line in lines) + "exit\n"
        self.talk(terminal, typed.encode())
        self.assertEqual(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), 0)
        return (self.dir / "lines").read_text().splitlines()

    def talk(self, terminal, typed):
        """Types it when the shell is ready, and reads until it is gone."""
        shown = b""
        until = time.monotonic() + SECONDS
        while True:
            self.assertTrue(select.select([terminal], [], [], until - time.monotonic())[0], shown)
            try:
                more = os.read(terminal, 4096)
            except OSError:  # the shell is gone, and its end of the terminal with it
                return
            if not more:
                return
            shown += more
            if typed and b"ready> " in shown:
                os.write(terminal, typed)
                typed = b""

    def test_words(self):
        self.run_shell("zsh", "-n", "completion")
        self.assertEqual(
            self.complete("comity au", "comity key ro", "comity party apply --group ind",
                          "comity audit --aga", "comity file registry --rec",
                          "comity file registry th", "comity --quiet sho",
                          "comity completion zs", "comity stats tre", "comity stats thi"),
            ["comity audit ", "comity key rotate ", "comity party apply --group industry ",
             "comity audit --against ", "comity file registry --receipts ",
             "comity file registry thing.json ", "comity --quiet show ",
             "comity completion zsh ", "comity stats trends ", "comity stats thing.json "])

    def test_verbs_options_and_choices_stand_in_the_script(self):
        functions = dict(re.findall(r"^(_\w+)\(\) \{\n(.*?)^\}\n", self.script.read_text(),
                                    re.DOTALL | re.MULTILINE))
        self.assertEqual(len(functions), len(self.verbs))
        for verb, options in self.verbs.items():
            said = functions["_" + "_".join(["comity", *verb.replace("-", "_").split()])]
            for name in below(self.verbs, verb):
                self.assertIn(f"\n        '{name}:", said, verb)
                self.assertIn(f" {name}) _", said, verb)
            for option, choices in options.items():
                self.assertRegex(said, rf"'\*?{option}\[", (verb, option))
                self.assertIn(f":({' '.join(choices)})'" if choices else option, said, verb)


if __name__ == "__main__":
    main()
