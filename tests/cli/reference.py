"""The verbs of the program, their options and choices, as `comity help-markdown` lists them."""

import re

HEADING = re.compile(r"#{2,4} comity ?(.*)")
OPTION = re.compile(r"\| `(--[a-z-]+)[^`]*` \| (.*) \|")
ARGUMENT = re.compile(r"\| `([A-Z_]+)[^`]*` \| (.*) \|")
CHOICES = re.compile(r"One of ([^.]*)\.")


def read_rows(markdown, row):
    """Of each verb ("key new") the names in such rows, each with its choices; of "" the globals."""
    verbs = {}
    for line in markdown.splitlines():
        if heading := HEADING.fullmatch(line):
            names = verbs[heading[1]] = {}
        elif found := row.fullmatch(line):
            choices = CHOICES.search(found[2])
            names[found[1]] = choices[1].split(", ") if choices else []
    return verbs


def read_reference(markdown):
    """The options of each verb."""
    return read_rows(markdown, OPTION)


def read_arguments(markdown):
    """What stands at the places of each verb, in their order."""
    return read_rows(markdown, ARGUMENT)


def below(verbs, verb):
    """The names that may stand next after the verb."""
    words = verb.split()
    return [name.split()[-1] for name in verbs if name and name.split()[:-1] == words]
