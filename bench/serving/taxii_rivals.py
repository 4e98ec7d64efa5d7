"""OpenTAXII and medallion, each behind gunicorn, as their documentation has them."""

import json
import os
import subprocess
import time
import uuid
from pathlib import Path

from serving.installed import Skipped
from serving.process import Process, free_port

HERE = Path(__file__).resolve().parent
TAXII = "application/taxii+json;version=2.1"
STIX = "application/stix+json;version=2.1"
# medallion keeps what it has, and where a reader is, in the memory of one process.
SETTINGS = {"opentaxii": {"gunicorn workers": 2, "threads": 1, "class": "gthread", "keep-alive": 60,
                          "database": "SQLite, a file"},
            "medallion": {"gunicorn workers": 1, "threads": 2, "class": "gthread", "keep-alive": 60,
                          "backend": "memory"}}

ADD_COLLECTION = """
import json
from opentaxii.http import server
api = server.servers.taxii2.persistence.api
root = api.add_api_root(title="Bench", default=True, is_public=True)
collection = api.add_collection(root.id, "Bench", is_public=True, is_public_write=True)
print(json.dumps([str(root.id), str(collection.id)]))
"""


def gunicorn(python, name, directory, application, environment=None, options=()):
    port = free_port()
    its = SETTINGS[name]
    return Process([python, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers",
                    its["gunicorn workers"], "--worker-class", its["class"], "--threads",
                    its["threads"], "--keep-alive", its["keep-alive"], "--timeout", 600,
                    *options, application], port, directory, environment=environment)


class OpenTaxii:
    """On SQLite, with one public collection."""

    fields = {"Accept": TAXII}

    def __init__(self, python, directory):
        self.python = python
        self.directory = directory
        directory.mkdir()
        config = directory / "opentaxii.yml"  # JSON is YAML
        config.write_text(json.dumps({
            "domain": "127.0.0.1",
            "auth_api": {"class": "opentaxii.auth.sqldb.SQLDatabaseAPI",
                         "parameters": {"db_connection": f"sqlite:///{directory}/auth.db",
                                        "create_tables": True, "secret": "bench"}},
            "taxii1": None,
            "taxii2": {"persistence_api": {
                "class": "opentaxii.persistence.sqldb.Taxii2SQLDatabaseAPI",
                "parameters": {"db_connection": f"sqlite:///{directory}/data.db",
                               "create_tables": True}},
                       "title": "Bench", "public_discovery": True,
                       "max_content_length": 1 << 30},
            "logging": {"opentaxii": "error", "root": "error"}}))
        self.environment = {**os.environ, "OPENTAXII_CONFIG": str(config),
                            "PYTHONPATH": str(HERE)}
        done = subprocess.run([python, "-c", ADD_COLLECTION], env=self.environment, cwd=directory,
                              capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise Skipped("OpenTAXII: " + " ".join(done.stderr.strip().splitlines()[-1:]))
        root, collection = json.loads(done.stdout.strip().splitlines()[-1])
        self.path = f"/taxii2/{root}/collections/{collection}/"

    def serve(self):
        return gunicorn(self.python, "opentaxii", self.directory, "opentaxii_app:app",
                        self.environment, ("--config", "python:opentaxii.http"))

    def add_all(self, server, envelopes):
        """Seconds until the last was stored, which is when it can be read."""
        begin = time.perf_counter()
        for envelope in envelopes:
            status, body = server.ask("POST", self.path + "objects/", envelope,
                                      {**self.fields, "Content-Type": TAXII})
            if status != 202:
                raise RuntimeError(f"OpenTAXII answered {status}: {body[:500]!r}")
        return time.perf_counter() - begin


class Medallion:
    """With all objects in memory from the start."""

    fields = {"Accept": TAXII, "Authorization": "Basic dXNlcjpwYXNz"}  # user, pass
    user, password = "user", "pass"

    def __init__(self, python, directory, objects):
        self.python = python
        self.directory = directory
        directory.mkdir()
        collection = str(uuid.UUID(int=(4 << 76) | (8 << 60)))
        self.path = f"/bench/collections/{collection}/"
        manifest = [{"id": it["id"], "version": it["modified"], "media_type": STIX,
                     "date_added": f"2026-01-01T00:{number // 60000:02}:"
                                   f"{number // 1000 % 60:02}.{number % 1000:03}000Z"}
                    for number, it in enumerate(objects)]
        data = {"/discovery": {"title": "Bench", "default": "/bench/", "api_roots": ["/bench/"]},
                "bench": {"information": {"title": "Bench", "versions": [TAXII],
                                          "max_content_length": 1 << 30},
                          "status": [],
                          "collections": [{"id": collection, "title": "Bench", "can_read": True,
                                           "can_write": False, "media_types": [STIX],
                                           "objects": objects, "manifest": manifest}]}}
        (directory / "data.json").write_text(json.dumps(data))
        self.config = directory / "config.json"
        self.config.write_text(json.dumps({
            "backend": {"module": "medallion.backends.memory_backend",
                        "module_class": "MemoryBackend",
                        "filename": str(directory / "data.json"), "session_timeout": 3600},
            "users": {self.user: self.password}, "taxii": {"max_page_size": 1000}}))

    def serve(self):
        return gunicorn(self.python, "medallion", self.directory,
                        f'medallion:load_app("{self.config}")')
