"""OASIS's own TAXII client, unmodified, walks everything that the real server has."""

import json
import time
import xml.etree.ElementTree as xml
from datetime import datetime, timezone
from urllib.parse import urlsplit

from requests.exceptions import HTTPError
from taxii2client.exceptions import AccessError
from taxii2client.v21 import Server as TaxiiServer
from taxii2client.v21 import as_pages

from served import ServedCase, main

ATOM = "{http://www.w3.org/2005/Atom}"
RFC_3339 = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$"


class TaxiiClient(ServedCase):
    def setUp(self):
        super().setUp()
        self.ok("import", "landmarks", "registry")
        self.filed = [json.loads(line) for line in
                      self.ok("export", "registry", "--kind", "objects").splitlines()]
        self.shown = self.json("show", "registry", "notpetya")
        self.counted = self.json("stats", "registry")
        self.server = self.serve()
        self.url = f"http://127.0.0.1:{self.server.port}"
        deadline = time.monotonic() + 60
        while self.client().get_objects(limit=1).get("objects") is None:
            self.assertLess(time.monotonic(), deadline, "the record is not there")
            time.sleep(0.1)

    def client(self, alias="statements"):
        root = TaxiiServer(self.url + "/taxii2/").default
        return next(c for c in root.collections if c.alias == alias)

    def walk(self, function, per_request, **filters):
        return [item for page in as_pages(function, per_request=per_request, **filters)
                for item in page.get("objects", [])]

    def test_every_object_in_pages_of_any_size(self):
        for per_request in (0, 1000, 100, 7):
            self.assertEqual(self.walk(self.client().get_objects, per_request), self.filed)

    def test_manifests_and_objects_say_the_same(self):
        collection = self.client()
        records = self.walk(collection.get_manifest, 50)
        self.assertEqual([r["id"] for r in records], [o["id"] for o in self.filed])
        added = [r["date_added"] for r in records]
        self.assertEqual(added, sorted(set(added)))
        middle = added[len(added) // 2]
        self.assertEqual([o["id"] for o in self.walk(collection.get_objects, 100,
                                                     added_after=middle)],
                         [r["id"] for r in records if r["date_added"] > middle])
        self.assertEqual(self.walk(collection.get_objects, 9,
                                   added_after=datetime(2999, 1, 1, tzinfo=timezone.utc)), [])

    def test_every_collection_in_pages_of_any_size(self):
        root = TaxiiServer(self.url + "/taxii2/").default
        self.assertEqual({c.alias for c in root.collections},
                         {"statements", "incidents", "norms", "cases"})
        for collection in root.collections:
            with self.subTest(collection.alias):
                whole = self.walk(collection.get_objects, 1000)
                ids = [o["id"] for o in whole]
                self.assertGreater(len(ids), 20)
                self.assertEqual(len(set(ids)), len(ids), "some come twice")
                for per_request in (1, 7):
                    self.assertEqual(self.walk(collection.get_objects, per_request), whole)
                for per_request in (1, 7, 1000):
                    records = self.walk(collection.get_manifest, per_request)
                    self.assertEqual([r["id"] for r in records], ids)
                self.assertEqual([r["version"] for r in records], [o["modified"] for o in whole])
                self.assertEqual([r["date_added"] for r in records],
                                 sorted(r["date_added"] for r in records))
                self.assertEqual(self.drain_by_time(collection.alias), ids)

    def drain_by_time(self, alias):
        """The ids, page by page, by the time of the last one alone."""
        ids, after = [], ""
        while True:
            status, fields, body = self.server.get(
                f"/taxii2/public/collections/{alias}/objects/?limit=5{after}")
            self.assertEqual(status, 200, body)
            envelope = json.loads(body)
            ids += [o["id"] for o in envelope.get("objects", [])]
            if not envelope.get("more"):
                return ids
            after = "&added_after=" + fields["x-taxii-date-added-last"]

    def test_filters_as_the_client_writes_them(self):
        collection = self.client()
        incidents = [o for o in self.filed if o["type"] == "incident"]
        self.assertEqual(self.walk(collection.get_objects, 10, type="incident"), incidents)
        self.assertEqual(self.walk(self.client("incidents").get_objects, 10), incidents)
        ids = [o["id"] for o in incidents[:3]]
        self.assertEqual(self.walk(collection.get_objects, 2, id=ids), incidents[:3])
        self.assertEqual(self.walk(collection.get_objects, 10, id=ids, type=["note", "report"]), [])
        for version in ("all", ["first", "last"]):
            self.assertEqual(self.walk(collection.get_objects, 10, version=version, id=ids),
                             incidents[:3])

    def test_one_object_and_its_versions(self):
        collection = self.client()
        incident = next(o for o in self.filed if o["type"] == "incident")
        self.assertEqual(collection.get_object(incident["id"])["objects"], [incident])
        self.assertEqual(collection.object_versions(incident["id"])["versions"],
                         [incident["modified"]])
        with self.assertRaises(HTTPError) as failed:
            collection.get_object("incident--00000000-0000-4000-8000-000000000000")
        self.assertEqual(failed.exception.response.status_code, 404)

    def test_nothing_can_be_added(self):
        with self.assertRaises(AccessError):
            self.client().add_objects({"objects": []})
        status, _, body = self.server.ask(
            "DELETE", f"/taxii2/public/collections/statements/objects/{self.filed[0]['id']}/")
        self.assertEqual((status, json.loads(body)["error_code"]), (403, "collection-read-only"))

    def test_the_feed_is_xml_and_the_api_is_json(self):
        status, fields, body = self.server.get("/feed.atom?limit=100")
        self.assertEqual((status, fields["content-type"]), (200, "application/atom+xml"))
        entries = xml.fromstring(body).findall("{http://www.w3.org/2005/Atom}entry")
        incidents = [o for o in self.filed if o["type"] == "incident"]
        self.assertEqual(len(entries), len(incidents))
        self.check_atom(xml.fromstring(body))
        self.check_atom(xml.fromstring(self.server.get("/feed.atom?kind=claims&limit=100")[2]))
        tag = fields["etag"]
        self.assertEqual(self.server.get("/feed.atom", If_None_Match=tag)[0], 304)
        self.assertEqual(json.loads(self.server.get("/api/v1/objects/notpetya")[2])["current"],
                         self.shown["current"])
        self.assertEqual(json.loads(self.server.get("/api/v1/stats")[2])["victim_countries"],
                         self.counted["victim_countries"])
        lines = self.server.get("/api/v1/export/jsonl?kind=objects")[2].decode().splitlines()
        self.assertEqual([json.loads(line) for line in lines], self.filed)

    def check_atom(self, feed):
        """What RFC 4287 demands of a feed and of each entry (sections 4.1.1 and 4.1.2)."""
        entries = feed.findall(ATOM + "entry")
        self.assertGreater(len(entries), 0)
        ids = [entry.findtext(ATOM + "id") for entry in entries]
        self.assertEqual(len(set(ids)), len(ids))
        for element in (feed, *entries):
            for name in ("id", "title", "updated"):
                (child,) = element.findall(ATOM + name)
                self.assertTrue(child.text and child.text.strip(), name)
            self.assertTrue(urlsplit(element.findtext(ATOM + "id")).scheme)
            self.assertRegex(element.findtext(ATOM + "updated"), RFC_3339)
            datetime.fromisoformat(element.findtext(ATOM + "updated").replace("Z", "+00:00"))
        # A feed needs no author where each of its entries has one.
        for entry in entries:
            (author,) = entry.findall(ATOM + "author")
            (name,) = author.findall(ATOM + "name")
            self.assertTrue(name.text and name.text.strip())
            # Without content an entry needs a link to what it is about.
            links = [link.get("href") for link in entry.findall(ATOM + "link")
                     if link.get("rel") == "alternate"]
            self.assertEqual(len(links), 1)
        (self_link,) = [link for link in feed.findall(ATOM + "link") if link.get("rel") == "self"]
        self.assertTrue(self_link.get("href"))


if __name__ == "__main__":
    main()
