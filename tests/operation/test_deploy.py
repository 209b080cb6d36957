"""The files of deploy/ are what the programs that read them accept, and name settings and commands that exist."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from bot.settings import ROOT
from tests.operation.cluster import nginx_main
from tests.operation.servers import program

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*"))
EXAMPLE = (ROOT / ".env.example").read_text()


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_systemd_accepts_the_units(unit: Path, tmp_path: Path) -> None:
    verify = program("systemd-analyze", package="systemd")
    # It also wants the programs to be where the units say, which is not here.
    for path in UNITS:
        text = re.sub(r"/opt/eerste-stap/\.venv/bin/python", "/bin/true", path.read_text()).replace("/opt/eerste-stap", "/")
        (tmp_path / path.name).write_text(re.sub(r"^(User|Group)=.*$", "", text, flags=re.MULTILINE))
    name = unit.name.replace("@.", "@5005.")
    if name != unit.name:
        shutil.copy(tmp_path / unit.name, tmp_path / name)
    done = subprocess.run([verify, "verify", "--man=no", str(tmp_path / name)], capture_output=True, text=True, check=False)
    assert (done.returncode, [line for line in done.stderr.splitlines() if unit.stem.split("@")[0] in line]) == (0, [])


def test_the_service_is_shut_in() -> None:
    text = (DEPLOY / "systemd" / "eerste-stap.service").read_text()
    for option in ("NoNewPrivileges=yes", "ProtectSystem=strict", "CapabilityBoundingSet=\n", "UMask=0077", "StateDirectoryMode=0700"):
        assert option in text


def test_every_setting_and_command_exists() -> None:
    commands = set(re.findall(r'add_parser\("([a-z-]+)"', (ROOT / "bot" / "__main__.py").read_text()))
    for path in [*UNITS, *(p for p in DEPLOY.glob("*") if p.is_file())]:
        text = path.read_text()
        for setting in set(re.findall(r"\b(COACH_[A-Z_]+|TELEGRAM_[A-Z_]+)\b", text)) - {"COACH_HOST"}:
            assert re.search(rf"^#?{setting}=", EXAMPLE, re.MULTILINE), f"{path.name}: {setting}"
        for command in re.findall(r"-m bot ([a-z-]+)", text) + re.findall(r"(?:command|args): \[(serve-[a-z]+)\]", text):
            assert command in commands, f"{path.name}: {command}"


def test_the_manifests_hold_together() -> None:
    compose = yaml.safe_load((DEPLOY / "compose.yml").read_text())
    assert {"web", "rasa", "actions", "postgres", "redis", "inside", "caddy"} == set(compose["services"])
    parts = [part for part in yaml.safe_load_all((DEPLOY / "kubernetes.yaml").read_text()) if part]
    names = {(part["kind"], part["metadata"]["name"]) for part in parts}
    (pod,) = [part["spec"]["template"] for part in parts if part["kind"] == "Deployment" and part["metadata"]["name"] == "coach"]
    (service,) = [part for part in parts if part["kind"] == "Service" and part["metadata"]["name"] == "coach"]
    assert service["spec"]["selector"].items() <= pod["metadata"]["labels"].items()
    assert [container["args"] for container in pod["spec"]["containers"]] == [["serve-web"], ["serve-rasa"], ["serve-actions"]]
    assert ("Service", "postgres") in names
    assert ("Service", "redis") in names


@pytest.mark.parametrize("config", ["inside.conf", "nginx.conf"])
def test_nginx_accepts_its_configuration(config: str, tmp_path: Path) -> None:
    nginx = program("nginx", package="nginx-light")
    text = (DEPLOY / config).read_text().replace("rasa:5005", "127.0.0.1:1").replace("actions:5055", "127.0.0.1:2")
    text = text.replace("listen 443 ssl", "listen 8443").replace("listen 5005", "listen 8441").replace("listen 5055", "listen 8442")
    text = re.sub(r"^\s*ssl_.*$", "", text, flags=re.MULTILINE)
    (tmp_path / "site.conf").write_text(text)
    (tmp_path / "nginx.conf").write_text(nginx_main(tmp_path))
    command = [nginx, "-t", "-q", "-c", str(tmp_path / "nginx.conf"), "-e", str(tmp_path / "error.log")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_caddy_accepts_its_configuration() -> None:
    if shutil.which("caddy") is None:
        pytest.skip("no caddy on this machine (Debian: apt-get install caddy)")
    command = ["caddy", "validate", "--adapter", "caddyfile", "--config", str(DEPLOY / "Caddyfile")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
