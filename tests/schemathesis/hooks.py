"""Bodies for schemathesis: filings that were signed, such filings damaged, and noise."""

import os
from pathlib import Path

import schemathesis
from hypothesis import strategies

SIGNED = [path.read_bytes() for path in sorted(Path(os.environ["COMITY_FILINGS"]).iterdir())]


@strategies.composite
def damaged(draw):
    filing = bytearray(draw(strategies.sampled_from(SIGNED)))
    for _ in range(draw(strategies.integers(1, 3))):
        filing[draw(strategies.integers(0, len(filing) - 1))] = draw(strategies.integers(0, 255))
    return bytes(filing[:draw(strategies.integers(0, len(filing)))] if draw(strategies.booleans())
                 else filing)


schemathesis.openapi.media_type(
    "application/cose",
    strategies.one_of(strategies.sampled_from(SIGNED), damaged(), strategies.binary(max_size=200)))
