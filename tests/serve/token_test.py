"""Bearer tokens: each a rate of its own; what nobody knows is refused; nothing needs one."""

import hashlib
import json
import signal
import time

from served import COSE, ServedCase, incident, main

# Slow enough that nothing is saved up while a test runs.
RATES = """
[limits]
requests_per_second = 0.001
burst = {burst}
token_requests_per_second = 0.001
token_burst = 6
"""
INVALID = 'Bearer error="invalid_token"'


def bearer(token, scheme="Bearer"):
    return {"Authorization": f"{scheme} {token}"}


class Token(ServedCase):
    def new(self, *options):
        return self.json("token", "new", "registry", "--party", self.party, *options)

    def limited(self, burst):
        return self.serve(*self.configure(RATES.format(burst=burst)))

    def ask(self, server, token=None, target="/checkpoint"):
        return server.ask("GET", target, headers=bearer(token) if token else {})[0]

    def reload(self, server, event):
        """The journal's line about a SIGHUP."""
        before = sum(it["event"] == event for it in server.events())
        server.process.send_signal(signal.SIGHUP)
        for _ in range(200):
            told = [it for it in server.events() if it["event"] == event]
            if len(told) > before:
                return told[-1]
            time.sleep(0.05)
        self.fail(server.journal_text())

    def test_each_token_has_a_rate_of_its_own(self):
        first, second = self.new()["token"], self.new()["token"]
        own = self.new("--burst", "2")["token"]
        free = self.new("--requests-per-second", "0")["token"]
        server = self.limited(burst=4)
        self.assertEqual([self.ask(server, first) for _ in range(7)], [200] * 6 + [429])
        self.assertEqual([self.ask(server, second) for _ in range(7)], [200] * 6 + [429])
        self.assertEqual([self.ask(server, own) for _ in range(3)], [200] * 2 + [429])
        status, fields, body = server.ask("GET", "/checkpoint", headers=bearer(first))
        self.assertEqual((status, json.loads(body)["code"]), (429, "too-many-requests"))
        self.assertIn("retry-after", fields)
        self.assertIn("token", json.loads(body)["detail"])
        # None of them has taken anything of the address, nor can it hold them back.
        self.assertEqual([self.ask(server) for _ in range(5)], [200] * 4 + [429])
        self.assertEqual([self.ask(server, free) for _ in range(20)], [200] * 20)

    def test_a_token_that_nobody_knows_is_refused(self):
        token = self.new()["token"]
        server = self.serve()
        for bad in ("x", token[:-1], token + "A", token.upper(), "comity_" + "A" * 43, "", "a b",
                    token.removeprefix("comity_"), hashlib.sha256(token.encode()).hexdigest(),
                    "x" * 8000):
            status, fields, body = server.ask("GET", "/checkpoint", headers=bearer(bad))
            self.assertEqual((status, fields["www-authenticate"]), (401, INVALID), bad)
            self.assertEqual(fields["content-type"], "application/problem+json")
            said = json.loads(body)
            self.assertEqual((said["code"], said["status"]), ("token-unknown", 401))
            self.assertNotIn("retry-after", fields)
        for method, target, type_ in (
                ("GET", "/api/v1/search", "application/problem+json"),
                ("GET", "/nowhere", "application/problem+json"),
                ("POST", "/api/v1/filings", "application/problem+json"),
                ("GET", "/taxii2/", "application/taxii+json;version=2.1"),
                ("GET", "/entries/0", "application/concise-problem-details+cbor"),
                ("POST", "/entries", "application/concise-problem-details+cbor"),
                ("GET", "/.well-known/scitt-keys", "application/concise-problem-details+cbor")):
            status, fields, body = server.ask(method, target, headers={**COSE, **bearer("x")})
            self.assertEqual((status, fields["www-authenticate"], fields["content-type"]),
                             (401, INVALID, type_), target)
            if type_.endswith("cbor"):
                self.assertEqual(body[:16], b"\xa3\x20\x6dtoken-unknown")

    def test_how_it_is_sent(self):
        token = self.new()["token"]
        server = self.serve()
        plain = server.get("/checkpoint")
        for headers in (bearer(token), bearer(token, "bearer"), bearer("  " + token, "BEARER"),
                        bearer("YWxpY2U6eA==", "Basic"), bearer("x", "Bearers")):
            status, fields, body = server.ask("GET", "/checkpoint", headers=headers)
            self.assertEqual((status, body), (200, plain[2]))
            self.assertEqual(set(fields), set(plain[1]))
        line = f"Authorization: Bearer {token}\r\n".encode()
        answer = server.send_raw(b"GET /checkpoint HTTP/1.1\r\nHost: x\r\n" + line * 2 + b"\r\n")
        self.assertIn(b"HTTP/1.1 400 ", answer)
        self.assertIn(b"request-malformed", answer)
        filing = self.signed(incident(self.party))
        status, _, _ = server.ask("POST", "/entries", filing, {**COSE, **bearer(token)})
        self.assertEqual(status, 201)

    def test_guesses_are_counted_by_address(self):
        token = self.new()["token"]
        server = self.limited(burst=3)
        self.assertEqual([self.ask(server, "guess") for _ in range(5)], [401] * 3 + [429] * 2)
        self.assertEqual(self.ask(server), 429)
        self.assertEqual(self.ask(server, token), 200)

    def test_tokens_are_given_out_and_revoked_while_it_runs(self):
        first = self.new()
        server = self.serve()
        second = self.new()
        self.assertEqual((self.ask(server, first["token"]), self.ask(server, second["token"])),
                         (200, 401))
        self.assertEqual(self.reload(server, "tokens-reloaded")["tokens"], 2)
        self.assertEqual(self.ask(server, second["token"]), 200)
        self.json("token", "revoke", "registry", first["id"])
        self.assertEqual(self.ask(server, first["token"]), 200)
        self.assertEqual(self.reload(server, "tokens-reloaded")["tokens"], 1)
        self.assertEqual((self.ask(server, first["token"]), self.ask(server, second["token"])),
                         (401, 200))
        # What can't be read changes nothing.
        file = self.dir / "registry/private/tokens.json"
        file.write_text("nonsense")
        self.assertIn("tokens.json", self.reload(server, "tokens-kept")["detail"])
        self.assertEqual((self.ask(server, first["token"]), self.ask(server, second["token"])),
                         (401, 200))
        file.unlink()
        self.assertEqual(self.reload(server, "tokens-reloaded")["tokens"], 0)
        self.assertEqual((self.ask(server, second["token"]), self.ask(server)), (401, 200))
        self.assertEqual(server.stop(), 0)

    def test_a_reload_gives_no_rate_back(self):
        token = self.new()["token"]
        server = self.limited(burst=100)
        self.assertEqual([self.ask(server, token) for _ in range(7)], [200] * 6 + [429])
        self.reload(server, "tokens-reloaded")
        self.assertEqual(self.ask(server, token), 429)

    def test_the_journal_and_metrics_have_no_token(self):
        made = self.new("--label", "night shift", "--burst", "1")
        server = self.serve(*self.configure("journal_requests = true\n" + RATES.format(burst=9)))
        sent = (made["token"], made["token"], "comity_" + "B" * 43)
        answers = [server.ask("GET", "/checkpoint", headers=bearer(token)) for token in sent]
        self.assertEqual([it[0] for it in answers], [200, 429, 401])
        metrics = server.get("/metrics")[2].decode()
        self.assertIn('code="401"', metrics)
        self.assertEqual(server.stop(), 0)
        told = [it["status"] for it in server.events() if it["event"] == "request"]
        self.assertEqual(told[:3], [200, 429, 401])
        answered = b"".join(body + str(fields).encode() for _, fields, body in answers).decode()
        for text in (server.journal_text(), metrics, answered):
            for secret in (made["token"][7:], "B" * 43, made["id"], "night shift"):
                self.assertNotIn(secret, text)


if __name__ == "__main__":
    main()
