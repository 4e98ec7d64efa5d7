"""What a watchdog reads over HTTP is what lies in the directory, byte for byte, and no more."""

import gzip
import json
import re

from served import ServedCase, incident, main


class Reading(ServedCase):
    def setUp(self):
        super().setUp()
        self.write("objects.jsonl",
                   "\n".join(json.dumps(incident(self.party, f"Incident {n}")) for n in range(5)))
        self.json("file", "registry", "objects.jsonl", "--key", "alice.key", "--party", self.party)

    def test_files_are_served_as_they_lie(self):
        server = self.serve()
        registry = self.dir / "registry"
        compared = 0
        for path in sorted(registry.rglob("*")):
            name = path.relative_to(registry).as_posix()
            if path.is_dir() or not re.match(r"(checkpoint$|tile/|segments/public/|trust)", name):
                continue
            status, fields, body = server.get(f"/{name}")
            self.assertEqual(status, 200, name)
            self.assertEqual(body, path.read_bytes(), name)
            self.assertEqual(int(fields["content-length"]), len(body))
            compared += 1
            if name.startswith("tile/"):
                self.assertEqual(fields["content-type"], "application/octet-stream")
                self.assertIn("immutable", fields["cache-control"])
            head = server.ask("HEAD", f"/{name}")
            self.assertEqual((head[0], head[2]), (200, b""), name)
            self.assertEqual(head[1]["content-length"], fields["content-length"], name)
        self.assertGreater(compared, 6)
        status, fields, _ = server.get("/checkpoint")
        self.assertEqual(fields["content-type"], "text/plain; charset=utf-8")
        self.assertEqual(fields["cache-control"], "no-cache")
        vkey = server.get("/log.vkey")[2].decode().strip()
        self.assertEqual(json.loads(self.read("trust.json"))["vkey"], vkey)
        self.assertEqual(server.stop(), 0)

    def test_targets_may_name_the_server(self):
        server = self.serve()
        for name in (b"http://registry.example", b"HTTP://x:80", b"https://[::1]"):
            answer = server.send_raw(b"GET %s/checkpoint HTTP/1.1\r\nHost: x\r\n"
                                     b"Connection: close\r\n\r\n" % name)
            self.assertTrue(answer.startswith(b"HTTP/1.1 200 "), answer)
            self.assertEqual(answer.split(b"\r\n\r\n", 1)[1], self.read("checkpoint"))

    def test_what_is_private_or_not_there_is_not_found(self):
        server = self.serve()
        for target in ("/private/note.key", "/tile/../private/note.key", "/segments/hidden/index",
                       "/segments/hidden/00000000.seg", "/segments/public/../hidden/index",
                       "/segments/public/00000001.seg", "/segments/public/0.seg",
                       "/segments/public/", "/state/admission.sqlite", "/index/record.sqlite",
                       "/lock", "/epoch", "/tile/0/000", "/tile/0/000.p/255", "/tile/0/x001/000",
                       "/tile/8/000", "/tile/entries/000.p/0", "/tile/entries/000.p/01",
                       "/tile/entries/999", "/tile/0/000.p", "/tile", "//checkpoint",
                       "/checkpoint/x", "/%2e%2e/private/note.key", "/tile/%2e%2e/%2e%2e/epoch",
                       "/tile/..%2fprivate", "/tile/..%2F..%2Fprivate%2Fnote.key",
                       "/tile/0%2F000.p/1", "/tile%2F0/000", "/segments/public/..%2Fhidden%2Findex",
                       "/segments/public/%2Fetc%2Fpasswd", "/%2Fcheckpoint",
                       "/segments%2Fpublic/index"):
            status, fields, body = server.get(target)
            self.assertEqual(status, 404, target)
            problem = json.loads(body)
            self.assertEqual(fields["content-type"], "application/problem+json")
            self.assertEqual(problem["status"], 404)
            self.assertIn(" ", problem["detail"])
        self.assertEqual(server.get("/%")[0], 400)

    def test_who_reads_is_not_journalled(self):
        server = self.serve()
        for target, status in (("/checkpoint", 200), ("/nothing", 404)):
            self.assertEqual(server.get(target, Forwarded="for=192.0.2.1")[0], status)
        self.assertEqual(server.stop(), 0)
        self.assertEqual([it["event"] for it in server.events()], ["ready", "draining", "stopped"])

    def test_ranges(self):
        server = self.serve()
        whole = self.read("segments/public/00000000.seg")
        size = len(whole)
        target = "/segments/public/00000000.seg"
        for field, begin, end in (("bytes=0-0", 0, 1), ("bytes=3-9", 3, 10),
                                  (f"bytes={size - 1}-", size - 1, size),
                                  ("bytes=-7", size - 7, size), ("bytes=5-99999999999", 5, size),
                                  ("bytes=-99999999999", 0, size)):
            status, fields, body = server.get(target, Range=field)
            self.assertEqual((status, body), (206, whole[begin:end]), field)
            self.assertEqual(fields["content-range"], f"bytes {begin}-{end - 1}/{size}")
        for field in ("bytes=9-3", "bytes=a-b", "bytes=", "lines=0-1", "bytes=0-1,3-4", "bytes=-"):
            status, fields, body = server.get(target, Range=field)
            self.assertEqual((status, body), (200, whole), field)
            self.assertEqual(fields["accept-ranges"], "bytes")
        for field in (f"bytes={size}-", "bytes=-0", "bytes=99999999999999999999-"):
            status, fields, _ = server.get(target, Range=field)
            self.assertEqual((status, fields["content-range"]), (416, f"bytes */{size}"), field)
        self.assertEqual(server.get(target, Range="bytes=0-1", If_Range='"x"')[0], 200)
        index = self.read("segments/public/index")
        self.assertEqual(server.get("/segments/public/index", Range="bytes=24-47")[2],
                         index[24:48])

    def test_bundles_are_compressed_for_who_takes_it(self):
        server = self.serve()
        name = next((self.dir / "registry/tile/entries").rglob("*.p/*"))
        target = "/" + name.relative_to(self.dir / "registry").as_posix()
        status, fields, body = server.get(target, Accept_Encoding="br, gzip;q=0.5")
        self.assertEqual((status, fields["content-encoding"]), (200, "gzip"))
        self.assertEqual(fields["vary"], "Accept-Encoding")
        self.assertEqual(gzip.decompress(body), name.read_bytes())
        self.assertNotIn("content-encoding", server.get(target, Accept_Encoding="gzip;q=0")[1])

    def test_taxii_tells_whom_to_ask_and_how_much_may_be_sent(self):
        objects = "/taxii2/public/collections/statements/objects/"
        taxii = {"Accept": "application/taxii+json;version=2.1",
                 "Content-Type": "application/taxii+json;version=2.1"}
        asked = "contact = 'Ada, ada@registry.example'\n[limits]\nbody_bytes = 1000\n"
        for settings, contact, most in (("", None, 32 << 20),
                                        (asked, "Ada, ada@registry.example", 1000)):
            server = self.serve(*self.configure(settings))
            said = lambda path: json.loads(server.get(path, Accept=taxii["Accept"])[2])
            self.assertEqual(said("/taxii2/").get("contact"), contact)
            self.assertEqual(said("/taxii2/public/")["max_content_length"], most)
            self.assertEqual(server.ask("POST", objects, b"x" * 1000, taxii)[0], 403)
            status = 413 if most == 1000 else 403
            self.assertEqual(server.ask("POST", objects, b"x" * 1001, taxii)[0], status)
            self.assertEqual(server.stop(), 0)

    def test_what_is_on_hold_is_withheld(self):
        secret = incident(self.party, "Held back for a while")
        self.write("held.json", secret)
        filed = self.json("file", "registry", "held.json", "--key", "alice.key",
                          "--party", self.party)
        entry = str(filed["filings"][0]["entry"])
        self.json("item", "hold", "registry", entry, "0", "--ground", "court order",
                  "--authority", "a court")
        whole = self.read("segments/public/00000000.seg")
        begin = whole.index(b"Held back for a while")
        server = self.serve()
        target = "/segments/public/00000000.seg"
        status, _, body = server.get(target)
        self.assertEqual(status, 451)
        self.assertEqual(json.loads(body)["code"], "content-not-shown")
        self.assertEqual(server.get(target, Range=f"bytes={begin}-{begin}")[0], 451)
        self.assertEqual(server.get(target, Range=f"bytes={begin - 20}-")[0], 451)
        status, _, body = server.get(target, Range="bytes=0-99")
        self.assertEqual((status, body), (206, whole[:100]))
        # A watchdog is told what is withheld, and reads all the rest.
        audited = self.json("audit", server.address)
        self.assertEqual((audited["clean"], audited["held_objects"]), (True, 1))
        self.assertEqual(server.stop(), 0)
        self.assertEqual(self.json("audit", "registry")["held_objects"], 0)
        self.json("item", "release", "registry", entry, "0", "--ground", "lifted",
                  "--authority", "a court")
        server = self.serve()
        self.assertEqual(server.get(target)[0], 200)

    def test_what_was_held_or_erased_is_shown_by_no_view_once_that_is_answered(self):
        server = self.serve()
        shown = "/taxii2/public/collections/incidents/objects/"
        accept = {"Accept": "application/taxii+json;version=2.1"}
        for n, verb in enumerate(("hold", "erase") * 5):
            name = f"Taken away {n}"
            self.write("away.json", incident(self.party, name))
            filed = self.json("file", "registry", "away.json", "--key", "alice.key", "--party",
                              self.party, "--to", server.address)
            entry = str(filed["filings"][0]["entry"])
            self.json("item", verb, "registry", entry, "0", "--ground", "order", "--authority",
                      "court", "--to", server.address)
            for target in (shown, "/api/v1/export/jsonl", "/feed.atom?limit=1000"):
                status, _, body = server.get(target, **(accept if target == shown else {}))
                self.assertEqual(status, 200, body)
                self.assertNotIn(name.encode(), body, target)
        self.assertEqual(server.get("/readyz")[0], 200)
        self.assertEqual(server.stop(), 0)


if __name__ == "__main__":
    main()
