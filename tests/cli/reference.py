"""The verbs of the program, their options and choices, as `comity help-markdown` lists them."""

import re

HEADING = re.compile(r"#{2,4} comity ?(.*)")
OPTION = re.compile(r"\| `(--[a-z-]+)[^`]*` \| (.*) \|")
CHOICES = re.compile(r"One of ([^.]*)\.")


def read_reference(markdown):
    """Of each verb ("key new") its options, each with its choices; of "" the global ones."""
    verbs = {}
    for line in markdown.splitlines():
        if heading := HEADING.fullmatch(line):
            options = verbs[heading[1]] = {}
        elif option := OPTION.fullmatch(line):
            choices = CHOICES.search(option[2])
            options[option[1]] = choices[1].split(", ") if choices else []
    return verbs


def below(verbs, verb):
    """The names that may stand next after the verb."""
    words = verb.split()
    return [name.split()[-1] for name in verbs if name and name.split()[:-1] == words]
