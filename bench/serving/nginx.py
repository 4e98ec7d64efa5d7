"""nginx before a directory of files, set as one would set it to serve these well."""

import getpass
import os

from serving.process import Process, free_port

# As Debian has it (a worker for each core, sendfile), without a log of accesses, for `comity serve`
# writes none, and with connections that are never closed for their age. tcp_nopush, which Debian
# sets, is off: on the loopback it holds the end of 64 KiB back for 40 ms.
SETTINGS = {"worker_processes": os.cpu_count(), "sendfile": "on", "tcp_nopush": "off",
            "keepalive_requests": 100000000, "open_file_cache": "off", "access_log": "off",
            "gzip_comp_level": 1}
CONFIG = """daemon off;
{user}worker_processes {worker_processes};
pid {directory}/nginx.pid;
error_log {directory}/nginx.errors warn;
events {{ worker_connections 1024; }}
http {{
  sendfile {sendfile};
  tcp_nopush {tcp_nopush};
  keepalive_timeout 65;
  keepalive_requests {keepalive_requests};
  open_file_cache {open_file_cache};
  access_log {access_log};
  client_body_temp_path {directory}/body;
  proxy_temp_path {directory}/proxy;
  fastcgi_temp_path {directory}/fastcgi;
  uwsgi_temp_path {directory}/uwsgi;
  scgi_temp_path {directory}/scgi;
  types {{ }}
  server {{
    listen 127.0.0.1:{port};
    root {root};
{locations}
  }}
}}
"""
# A registry's directory, as any static web server serves it. Bundles are compressed as they are
# sent, for who accepts it, and at the level at which the registry does so.
REGISTRY = """    default_type application/octet-stream;
    gzip_comp_level {gzip_comp_level};
    gzip_types application/octet-stream;
    location /tile/entries/ {{ gzip on; }}
    location /private/ {{ deny all; }}
    location /segments/hidden/ {{ deny all; }}
""".format(**SETTINGS)
# Pages that were kept in files, under the same URL as those of the registry.
PAGES = """    location = {path} {{
      default_type "application/taxii+json;version=2.1";
      try_files /page-$arg_next.json =404;
    }}
"""


def pages(path):
    return PAGES.format(path=path)


def serve(program, environment, directory, root, locations):
    directory.mkdir()
    port = free_port()
    # Its workers would not be let into a directory of the user who runs the bench.
    user = f"user {getpass.getuser()};\n" if os.geteuid() == 0 else ""
    config = directory / "nginx.conf"
    config.write_text(CONFIG.format(user=user, directory=directory, root=root, port=port,
                                    locations=locations, **SETTINGS))
    return Process([program, "-e", directory / "nginx.errors", "-p", directory, "-c", config], port,
                   directory, environment=environment)
