"""The WordPress plugin: its zip is made from its source, PHP accepts it, and on WordPress's own code it escapes, checks and asks for a nonce."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from tests.conftest import ROOT

PLUGIN = ROOT / "widget" / "wordpress" / "eerste-stap"
ZIP = ROOT / "widget" / "dist" / "eerste-stap-wordpress.zip"
# Debian's package. What the plugin calls needs no database.
WORDPRESS = Path("/usr/share/wordpress")
EVIL = '"><script>alert(1)</script><b onload="x" '
# scripts/test.sh says in its last lines what was left out; in CI nothing may be.
CI = bool(os.environ.get("CI"))
php = pytest.mark.skipif(not CI and not shutil.which("php"), reason="no PHP on this machine")
wordpress = pytest.mark.skipif(not CI and not (shutil.which("php") and WORDPRESS.is_dir()), reason="no WordPress on this machine")


def test_the_zip_holds_this_source() -> None:
    with ZipFile(ZIP) as archive:
        packed = {name: archive.read(name) for name in archive.namelist()}
    assert packed == {f"eerste-stap/{path.name}": path.read_bytes() for path in PLUGIN.iterdir()}, "run 'make widget' and commit the zip"


@php
@pytest.mark.parametrize("path", sorted(PLUGIN.glob("*.php")), ids=lambda path: path.name)
def test_php_accepts_it(path: Path) -> None:
    done = subprocess.run(["php", "-l", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


class Tags(HTMLParser):
    """The tags of a page, each with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


def run(**settings: Any) -> dict[str, Any]:
    """What becomes of settings that somebody typed."""
    command = ["php", "-d", "display_errors=stderr", str(Path(__file__).with_name("wordpress.php")), str(WORDPRESS), str(PLUGIN)]
    done = subprocess.run(command, input=json.dumps(settings), capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return json.loads(done.stdout)


@wordpress
def test_the_settings_become_one_script_tag() -> None:
    typed = {
        "server": " https://coach.example.org:8443/widget/ ",
        "title": "Hulp & zo",
        "color": "#2F6F73",
        "greeting": 'Is er "iets" gebeurd?',
        "side": "left",
        "country": "be",
        "exit": "https://www.weer.nl/x?a=1&b=2",
    }
    made = run(**typed)
    assert made["problems"] == []
    (tag,) = Tags(made["page"]).found
    assert tag[0] == "script"
    assert {name: value for name, value in tag[1].items() if name != "type"} == {
        "src": "https://coach.example.org:8443/widget/eerste-stap.js",
        "defer": "defer",
        "data-title": "Hulp & zo",
        "data-color": "#2F6F73",
        "data-greeting": 'Is er "iets" gebeurd?',
        "data-side": "left",
        "data-country": "be",
        "data-exit": "https://www.weer.nl/x?a=1&b=2",
    }


@wordpress
def test_what_can_not_be_used_is_left_out_and_said() -> None:
    made = run(server="javascript:alert(1)", color="red", exit="javascript:alert(1)", side="up", country="fr", title=["x"])
    assert made["problems"] == ["server", "color", "exit"]
    assert made["kept"] == {"server": "", "title": "", "color": "", "greeting": "", "side": "right", "country": "", "exit": ""}
    assert made["page"] == ""
    assert run()["page"] == ""


@wordpress
def test_nothing_that_is_typed_becomes_markup() -> None:
    harmless = run(server="https://coach.example.org", title="x", greeting="x")
    made = run(server="https://coach.example.org", title=EVIL, greeting=EVIL, color=EVIL, exit=EVIL, side=EVIL, country=EVIL)
    for place in ("page", "settings"):
        assert [tag for tag, _ in Tags(made[place]).found] == [tag for tag, _ in Tags(harmless[place]).found]
        assert not [attributes for _, attributes in Tags(made[place]).found if "onload" in attributes]


@wordpress
def test_the_form_carries_wordpress_own_nonce_and_a_label_for_each_field() -> None:
    page = Tags(run(server="https://coach.example.org")["settings"])
    (form,) = page.of("form")
    assert (form["action"], form["method"]) == ("options.php", "post")
    hidden = {field["name"]: field["value"] for field in page.of("input") if field.get("type") == "hidden"}
    assert hidden["option_page"] == "eerste-stap"
    assert len(hidden["_wpnonce"] or "") == 10
    fields = [field["id"] for field in (*page.of("input"), *page.of("select")) if field.get("type") not in ("hidden", "submit")]
    assert sorted(fields, key=str) == sorted((label["for"] for label in page.of("label")), key=str)
