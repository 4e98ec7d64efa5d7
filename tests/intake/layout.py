"""The layout of the JSON files under data/: what fits in a line stands in one line, so that a
change of one claim is a change of one line."""

import json

WIDTH = 160


def lay_out(value, indent=0, room=WIDTH):
    """The text of a value that starts at column `indent` with `room` columns left."""
    line = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, (dict, list)) or (len(line) <= room and is_flat(value)):
        return line
    inner = " " * (indent + 2)
    if isinstance(value, list):
        parts = [lay_out(item, indent + 2, WIDTH - indent - 3) for item in value]
        opening, closing = "[", "]"
    else:
        parts = []
        for key, item in value.items():
            name = json.dumps(key, ensure_ascii=False) + ": "
            parts.append(name + lay_out(item, indent + 2, WIDTH - indent - 3 - len(name)))
        opening, closing = "{", "}"
    joined = (",\n" + inner).join(parts)
    return f"{opening}\n{inner}{joined}\n{' ' * indent}{closing}"


def is_flat(value):
    """Whether a value may stand in one line: a claim may, an incident may not."""
    return depth(value) <= 3 and not (isinstance(value, dict) and "id" in value and len(value) > 6)


def depth(value):
    if isinstance(value, dict):
        value = list(value.values())
    elif not isinstance(value, list):
        return 0
    return 1 + max((depth(item) for item in value), default=0)


def file_text(value):
    return lay_out(value) + "\n"
