"""Has a server give the receipts that filers and readers get, and the key that signs them.

    fetch_receipts.py URL FILING ENTRY DIR

Files the signed FILING at URL and fetches the receipt of ENTRY in both forms. Writes
DIR/posted.receipt, DIR/posted.tlog-proof, DIR/<ENTRY>.receipt, DIR/<ENTRY>.tlog-proof and
DIR/receipt.key, and prints the index of FILING's statement in the log. Nothing is verified here:
that is the readers' job.
"""

import base64
import json
import sys
import urllib.request
from pathlib import Path

import cbor2


def ask(url, filing=None, accept="*/*"):
    fields = {"Content-Type": "application/cose", "Accept": accept}
    request = urllib.request.Request(url, filing, fields)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.read()


def main(url, filing, entry, directory):
    filing, directory = Path(filing).read_bytes(), Path(directory)
    (directory / "posted.receipt").write_bytes(ask(url + "/entries", filing))
    again = json.loads(ask(url + "/api/v1/filings", filing))
    (directory / "posted.tlog-proof").write_bytes(base64.b64decode(again["tlog_proof"]))
    (directory / f"{entry}.receipt").write_bytes(ask(f"{url}/entries/{entry}"))
    (directory / f"{entry}.tlog-proof").write_bytes(
        ask(f"{url}/entries/{entry}", accept="text/plain"))
    (key,) = cbor2.loads(ask(url + "/.well-known/scitt-keys"))
    (directory / "receipt.key").write_bytes(cbor2.dumps(key))
    print(again["index"])


if __name__ == "__main__":
    main(*sys.argv[1:])
