"""OpenTAXII's application, with the one correction without which its release 0.9.3 can't be filled.

It answers with ids from its SQL storage, which are UUIDs, and Python's JSON refuses those: 500
where a collection is described and where objects are added. Pages of objects have none, so their
speed is its own."""

import functools
import json
import types

import opentaxii.taxii2.http

opentaxii.taxii2.http.json = types.SimpleNamespace(
    dumps=functools.partial(json.dumps, default=str))

from opentaxii.http import app  # noqa: E402,F401 (after the correction)
