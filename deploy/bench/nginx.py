"""nginx in front of the same services, asking registry about a token and remembering the answer for 30 seconds."""

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.launcher.layout import HOST, Layout

PORT_OFFSET = 110
SIGNED_IN_ONLY = "/api/v1/registry/clock"
START_SECONDS = 10.0
CONFIGURATION = """
daemon off; worker_processes 1; pid {home}/nginx.pid; error_log {home}/error.log; {user}
events {{ worker_connections 256; }}
http {{
  access_log off; client_body_temp_path {home}/body; proxy_temp_path {home}/proxy; fastcgi_temp_path {home}/f;
  uwsgi_temp_path {home}/u; scgi_temp_path {home}/s; keepalive_requests 1000000;
  proxy_cache_path {home}/cache keys_zone=tokens:10m;
  proxy_http_version 1.1; proxy_set_header Connection "";
  {upstreams}
  server {{
    listen {host}:{port};
    {locations}
    location = /_token {{
      internal; proxy_pass http://registry{signed_in_only}; proxy_pass_request_body off;
      proxy_set_header Content-Length ""; proxy_set_header Connection "";
      proxy_cache tokens; proxy_cache_key $http_authorization; proxy_cache_valid 200 30s; proxy_cache_methods GET POST;
    }}
  }}
}}
"""
UPSTREAM = "upstream {name} {{ server {host}:{port}; keepalive 32; keepalive_requests 1000000; }}"
LOCATION = "location /api/v1/{name}/ {{ auth_request /_token; proxy_pass http://{name}; }}"
SERVICES = ("registry", "scoring", "training")


def is_installed() -> bool:
    return shutil.which("nginx") is not None


def port_of(layout: Layout) -> int:
    return layout.port + PORT_OFFSET


@contextmanager
def nginx(layout: Layout) -> Iterator[None]:
    with tempfile.TemporaryDirectory(prefix="liangxin-nginx-") as home:
        file = Path(home) / "nginx.conf"
        file.write_text(_configuration(home, layout), encoding="ascii")
        server = subprocess.Popen(["nginx", "-c", file, "-e", f"{home}/error.log"], cwd=home)  # noqa: S603, S607 - Debian's
        try:
            _wait_for(port_of(layout))
            yield
        finally:
            server.terminate()
            server.wait()


def _configuration(home: str, layout: Layout) -> str:
    return CONFIGURATION.format(
        home=home,
        user="user root;" if Path(home).owner() == "root" else "",
        host=HOST,
        port=port_of(layout),
        signed_in_only=SIGNED_IN_ONLY,
        upstreams=" ".join(UPSTREAM.format(name=one, host=HOST, port=layout.port_of(one)) for one in SERVICES),
        locations=" ".join(LOCATION.format(name=one) for one in SERVICES),
    )


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.05)
