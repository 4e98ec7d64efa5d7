"""Drains a collection once with taxii2-client, and prints how long that took.

    taxii_client.py URL PER_REQUEST [USER PASSWORD]     with the Python that has taxii2-client
"""

import json
import sys
import time

from taxii2client.v21 import Collection, as_pages


def main():
    url, per_request = sys.argv[1], int(sys.argv[2])
    user, password = sys.argv[3:5] if len(sys.argv) > 3 else (None, None)
    collection = Collection(url, user=user, password=password)
    collection.refresh()
    size = [0]

    def count(answer, *_, **__):
        size[0] += len(answer.content)

    collection._conn.session.hooks["response"].append(count)
    objects = 0
    begin = time.perf_counter()
    for page in as_pages(collection.get_objects, per_request=per_request):
        objects += len(page.get("objects", []))
    print(json.dumps({"objects": objects, "body_bytes": size[0],
                      "seconds": time.perf_counter() - begin}))


if __name__ == "__main__":
    main()
