"""Two whole servers on one PostgreSQL and one Redis behind nginx: the topology of deploy/, as plain processes of this machine."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet

from bot.settings import ROOT
from tests.conftest import free_port
from tests.operation.servers import Server, eventually, program


class Redis:
    """A Redis of this run. It keeps nothing over a restart, as in production it need not."""

    def __init__(self) -> None:
        self.command = program("redis-server", package="redis-server")
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start it."""
        command = [self.command, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        eventually(self._answers, 30)

    def _answers(self) -> bool:
        assert self.process.poll() is None, "redis-server does not run on this machine"
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def kill(self) -> None:
        """End it as a crash would."""
        self.process.kill()
        self.process.wait()


class Postgres:
    """The PostgreSQL server of `tests/databases.py`, to be stopped and started, with a database of its own."""

    def __init__(self, server: str, data: Path) -> None:
        self._data = data
        self._port = sa.engine.make_url(server).port
        control = sa.create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT")
        with control.connect() as connection:
            connection.execute(sa.text("CREATE DATABASE cluster"))
        control.dispose()
        self.url = f"{server}/cluster"

    def kill(self) -> None:
        """End it without a goodbye to anybody."""
        self._control("-m", "immediate", "stop")

    def start(self) -> None:
        """Start it again."""
        self._control("-o", f"-h 127.0.0.1 -p {self._port} -k {self._data.parent} -F", "start")

    def _control(self, *arguments: str) -> None:
        programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl")) or [Path(shutil.which("pg_ctl") or "pg_ctl")]
        user = "postgres" if self._data.owner() == "postgres" else None
        command = [str(programs[-1]), "-D", str(self._data), "-w", "-l", str(self._data.parent / "log"), *arguments]
        subprocess.run(command, check=True, cwd=self._data.parent, user=user, stdout=subprocess.DEVNULL)


def nginx_main(folder: Path) -> str:
    """nginx's main configuration, which keeps all that it writes in a folder, and includes `site.conf` there."""
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    return f"pid {folder}/pid;\nerror_log {folder}/error.log;\nevents {{}}\nhttp {{\naccess_log off;\n{temporary}include {folder}/site.conf;\n}}\n"


class Nginx:
    """The configuration of deploy/, with this run's ports in it."""

    def __init__(self, folder: Path, servers: list[Server]) -> None:
        self.command = program("nginx", package="nginx-light")
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        site = (ROOT / "deploy" / "nginx.conf").read_text()
        upstreams = "\n".join(f"    server 127.0.0.1:{server.web_port} max_fails=1 fail_timeout=5s;" for server in servers)
        begin, end = site.index("    server 10."), site.index("}", site.index("    server 10."))
        site = site[:begin] + upstreams + "\n" + site[end:]
        site = site[: site.index("# TLS")] + site[site.index("# End of TLS") :]
        site = site.replace(
            "listen 443 ssl;", f"listen 127.0.0.1:{self.port};\n    set_real_ip_from 127.0.0.1;\n    real_ip_header X-Forwarded-For;"
        )
        (folder / "site.conf").write_text(site)
        (folder / "nginx.conf").write_text(nginx_main(folder))
        self.folder = folder

    def start(self) -> None:
        """Start it."""
        command = [self.command, "-c", str(self.folder / "nginx.conf"), "-e", str(self.folder / "error.log"), "-g", "daemon off;"]
        self.process = subprocess.Popen(command)

    def stop(self) -> None:
        """Stop it."""
        self.process.send_signal(signal.SIGQUIT)
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()


class Cluster:
    """All of it."""

    def __init__(self, folder: Path, postgres: Postgres) -> None:
        self.postgres, self.redis = postgres, Redis()
        program("nginx", package="nginx-light")
        shared = {
            "DATABASE_URL": postgres.url,
            "REDIS_URL": self.redis.url,
            "COACH_DATA_KEYS": Fernet.generate_key().decode(),
            "COACH_SESSION_KEY": "b" * 40,
        }
        self.servers = [Server(folder / name, **shared) for name in ("one", "two")]
        front = Path(tempfile.mkdtemp(prefix="nginx-", dir=folder))
        self.nginx = Nginx(front, self.servers)
        for server in self.servers:
            server.environment["COACH_ALLOWED_ORIGINS"] = self.nginx.address

    def start(self) -> None:
        """Start all, and wait until both servers are there."""
        self.redis.start()
        for server in self.servers:
            server.start()
        self.nginx.start()
        self.wait()

    def wait(self) -> None:
        """Until both servers are well, and nginx has noticed."""
        for server in self.servers:
            server.wait()
        eventually(lambda: httpx.get(f"{self.nginx.address}/ready", timeout=10).status_code == 200, 30)
        time.sleep(1)

    def stop(self) -> None:
        """Stop all."""
        self.nginx.stop()
        for server in self.servers:
            server.stop()
        self.redis.kill()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory, postgres: tuple[str, Path]) -> Iterator[Cluster]:
    """The topology, running."""
    made = Cluster(tmp_path_factory.mktemp("cluster"), Postgres(*postgres))
    try:
        made.start()
        yield made
    finally:
        made.stop()
