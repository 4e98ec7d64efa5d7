"""What a server bounds when many come at once, or one that won't go: memory, queues, time."""

import json
import resource
import threading
import time

from served import COSE, ServedCase, incident, main, read_all

POST = (b"POST /api/v1/filings HTTP/1.1\r\nHost: x\r\nContent-Type: application/cose\r\n"
        b"Connection: close\r\nContent-Length: %d\r\n\r\n%s")
HEAD = b"GET /checkpoint HTTP/1.1\r\nHost: x\r\n"
IDLE = 3000


def raise_file_limit(wanted):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(wanted, hard), hard))


class Limits(ServedCase):
    def test_thousands_of_idle_connections(self):
        raise_file_limit(IDLE + 500)
        server = self.serve(*self.configure(
            f"drain_seconds = 1\n[limits]\nconnections_per_address = {IDLE + 100}\n"
            "header_seconds = 600\nidle_seconds = 600\n"))
        self.assertEqual(server.get("/checkpoint")[0], 200)
        before = server.resident()
        for _ in range(IDLE):
            raw = server.socket()
            self.addCleanup(raw.close)
            raw.sendall(HEAD)  # and never the rest
        self.assertEqual(server.get("/checkpoint")[0], 200)
        grown = server.resident() - before
        self.assertLess(grown, IDLE * 32 * 1024)  # a quarter of it is used
        self.assertEqual(server.stop(), 0)
        (draining,) = (it for it in server.events() if it["event"] == "draining")
        self.assertGreaterEqual(draining["connections"], IDLE)

    def test_what_no_queue_has_room_for_may_come_again(self):
        filing = self.signed(*(incident(self.party, f"Number {n}") for n in range(1000)))
        server = self.serve(*self.configure(
            "[threads]\nwriters = 1\n[limits]\nqueued_requests = 1\n"))
        answers = []

        def file():
            answers.append(server.ask("POST", "/api/v1/filings", filing, COSE))

        threads = [threading.Thread(target=file) for _ in range(40)]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            self.assertEqual(server.get("/checkpoint")[0], 200)
        for thread in threads:
            thread.join()
        refused = [it for it in answers if it[0] == 503]
        filed = [it for it in answers if it[0] != 503]
        self.assertEqual(len(answers), 40)
        self.assertGreater(len(refused), 0)
        for _, fields, _ in refused:
            self.assertIn("retry-after", fields)
        self.assertEqual(sorted(it[0] for it in filed), [200] * (len(filed) - 1) + [201])
        self.assertEqual(len({json.loads(it[2])["index"] for it in filed}), 1)
        self.assertEqual(server.ask("POST", "/api/v1/filings", filing, COSE)[0], 200)

    def file_many(self, count):
        self.write("objects.jsonl", "\n".join(
            json.dumps(incident(self.party, f"Number {n}")) for n in range(count)))
        self.json("file", "registry", "objects.jsonl", "--key", "alice.key", "--party", self.party)

    def test_health_is_told_while_readers_are_busy(self):
        self.file_many(1500)
        server = self.serve(*self.configure(
            "[threads]\nreaders = 1\n"
            "[limits]\nqueued_requests = 1\nrequests_per_second = 0\n"))
        self.until(lambda: server.get("/readyz")[0] == 200)
        answers, checked = [], []
        end = time.monotonic() + 2

        def read():
            while time.monotonic() < end:
                answers.append(server.get("/feed.atom?limit=1000")[:2])
                time.sleep(0.002)

        threads = [threading.Thread(target=read) for _ in range(8)]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            checked.extend(server.get(target)[0] for target in ("/healthz", "/readyz"))
        self.assertGreater(len(checked), 10)
        self.assertEqual(set(checked), {200})
        self.assertEqual({status for status, _ in answers}, {200, 503})
        refused = [fields for status, fields in answers if status == 503]
        self.assertGreater(len(refused), 10)
        for fields in refused:
            self.assertIn("retry-after", fields)
        self.assertEqual(server.get("/checkpoint")[0], 200)

    def file_at_once(self, server, filings):
        """The whole answer to each. Meanwhile readers are served."""
        sockets = [server.socket() for _ in filings]
        for raw, filing in zip(sockets, filings):
            raw.sendall(POST % (len(filing), filing))
        answers = []
        for raw in sockets:
            for target in ("/checkpoint", "/api/v1/stats"):
                self.assertEqual(server.get(target)[0], 200)
            answers.append(read_all(raw))
            raw.close()
        return answers

    def test_what_the_log_has_no_room_for_may_come_again(self):
        filings = [self.signed(incident(self.party, f"Number {n}")) for n in range(60)]
        # All of them have a place before the threads that file, and one before the log.
        server = self.serve(*self.configure(
            "[limits]\nqueued_filings = 1\nrequests_per_second = 0\n"))
        told, refused, waiting = {}, 0, filings
        while waiting:
            again = []
            for filing, answer in zip(waiting, self.file_at_once(server, waiting)):
                head, _, body = answer.partition(b"\r\n\r\n")
                if head.startswith(b"HTTP/1.1 201 "):
                    told[filing] = json.loads(body)["index"]
                    continue
                self.assertTrue(head.startswith(b"HTTP/1.1 503 "), answer)
                self.assertIn(b"\r\nretry-after: 1\r\n", head.lower() + b"\r\n")
                again.append(filing)
            self.assertLess(len(again), len(waiting))
            refused += len(again)
            waiting = again
        self.assertGreater(refused, 0)
        self.assertEqual(server.stop(), 0)
        self.assertEqual(len(set(told.values())), len(filings))
        self.assertTrue(self.json("audit", "registry")["clean"])
        # What was answered is there, by a server that knows nothing but the log.
        server = self.serve()
        for filing, index in told.items():
            status, _, body = server.ask("POST", "/api/v1/filings", filing, COSE)
            self.assertEqual((status, json.loads(body)["index"]), (200, index))


if __name__ == "__main__":
    main()
