"""Who gets in, and who does not."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pyotp
import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.requests import Request

from bot.handoff.intakes import save_handoff
from bot.handoff.takeover import person_in, take_over
from bot.settings import ROOT, settings
from bot.store.database import session
from bot.store.tables import Audit, StudioSession, Therapist, utc_now
from bot.studio.accounts import LOCKED_FOR, WRONG_TRIES, AccountError, add_therapist, check_login, remove_therapist, therapists
from bot.studio.app import WRONG, WRONG_AFTER
from bot.studio.sessions import _token
from tests.databases import Database
from tests.forged import other_signature
from tests.studio.conftest import PASSWORD, Studio, alarm, hidden

WITHOUT_LOGIN = ["/studio/", "/studio/stroom", "/studio/overdracht/x", "/studio/overdracht/x/stroom"]


@pytest.mark.parametrize("path", WITHOUT_LOGIN)
def test_nobody_reads_without_logging_in(app: Starlette, path: str) -> None:
    answer = Studio(app).http.get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, "/studio/inloggen")


def test_nobody_acts_without_logging_in(app: Starlette) -> None:
    subject = save_handoff("web-c", alarm(), ["woord"])
    answer = Studio(app).send(subject, "overnemen", {"form": "1", "csrf": ""})
    assert answer.headers["location"] == "/studio/inloggen"
    assert person_in("web-c") is None


def test_the_link_in_a_notice_is_where_one_arrives(app: Starlette) -> None:
    add_therapist("lilia", "Lilia", PASSWORD, totp=False)
    link = f"/studio/overdracht/{save_handoff('web-c', alarm(), [])}"
    browser = Studio(app)
    asked = browser.http.get(link).headers["location"]
    assert browser.log_in("lilia", path=asked).headers["location"] == link
    assert browser.http.get(link).status_code == 200
    elsewhere = Studio(app).log_in("lilia", path="/studio/inloggen?naar=https://kwaad.example/")
    assert elsewhere.headers["location"] == "/studio/"


def test_the_cookie_is_closed_and_the_session_ends(app: Starlette) -> None:
    add_therapist("lilia", "Lilia", PASSWORD, totp=False)
    browser = Studio(app)
    cookies = browser.log_in("Lilia ").headers.get_list("set-cookie")
    (cookie,) = [c.lower() for c in cookies if c.startswith("studio=") and "max-age=0" not in c.lower()]
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/studio" in cookie
    assert "secure" not in cookie
    page = browser.http.get("/studio/")
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    assert "form-action 'self'" in page.headers["content-security-policy"]
    stolen = dict(browser.http.cookies)
    assert browser.http.post("/studio/uitloggen", data={"csrf": hidden(page.text, "csrf")}).status_code == 303
    browser.http.cookies.update(stolen)
    assert browser.http.get("/studio/").status_code == 303


def test_over_https_the_cookie_is_secure(app: Starlette) -> None:
    add_therapist("lilia", "Lilia", PASSWORD, totp=False)
    browser = Studio(app)
    browser.http.base_url = "https://localhost"
    cookies = browser.log_in("lilia").headers.get_list("set-cookie")
    assert all("secure" in c.lower() for c in cookies if c.startswith("studio=") and "max-age=0" not in c.lower())


def test_a_forged_or_old_session_is_none(app: Starlette, open_studio: Callable[..., Studio]) -> None:
    browser = open_studio()
    with session() as db:
        kept = db.scalars(sa.select(StudioSession)).one()
        # What is in the database is no cookie.
        assert kept.id not in browser.http.cookies["studio"]
    for forged in (kept.id, f'"{kept.id}"', other_signature(browser.http.cookies["studio"]), ""):
        other = Studio(app)
        other.http.cookies.set("studio", forged, path="/studio")
        assert other.http.get("/studio/").status_code == 303
    with session() as db:
        db.execute(sa.update(StudioSession).values(expires_at=utc_now() - timedelta(seconds=1)))
    assert browser.http.get("/studio/").status_code == 303


def test_five_wrong_passwords_lock_for_a_quarter(app: Starlette) -> None:
    add_therapist("lilia", "Lilia", PASSWORD, totp=False)
    browser = Studio(app)
    unknown = browser.log_in("niemand", "x" * 12)
    for _ in range(WRONG_TRIES):
        wrong = browser.log_in("lilia", "x" * 12)
        assert (wrong.status_code, WRONG in wrong.text) == (unknown.status_code, True) == (401, True)
    # The right password does not help now, and what is said is what is said about a name that does not exist.
    assert browser.log_in("lilia").status_code == 401
    assert WRONG in unknown.text
    with session() as db:
        therapist = db.scalars(sa.select(Therapist)).one()
        assert LOCKED_FOR - timedelta(minutes=1) < therapist.locked_until - utc_now() <= LOCKED_FOR
        assert [row.what for row in db.scalars(sa.select(Audit))] == ["login_failed"] * WRONG_TRIES
        therapist.locked_until = utc_now() - timedelta(seconds=1)
    assert browser.log_in("lilia").status_code == 303


def test_four_wrong_passwords_and_a_right_one_begin_anew(database: Database) -> None:
    add_therapist("lilia", "Lilia", PASSWORD, totp=False)
    for _ in range(2):
        for _ in range(WRONG_TRIES - 1):
            assert check_login("lilia", "x" * 12, "") is None
        assert check_login("lilia", PASSWORD, "") is not None


def test_a_name_that_does_not_exist_takes_as_long(database: Database) -> None:
    add_therapist("lilia", "Lilia", PASSWORD, totp=False)
    check_login("niemand", PASSWORD, "")

    def seconds(login: str) -> float:
        started = time.perf_counter()
        check_login(login, "x" * 12, "")
        return time.perf_counter() - started

    known, unknown = min(seconds("lilia") for _ in range(3)), min(seconds("niemand") for _ in range(3))
    assert unknown > known / 3


def test_a_code_is_asked_for_and_works_once(database: Database) -> None:
    secret = add_therapist("lilia", "Lilia", PASSWORD, totp=True)
    assert secret
    code = pyotp.TOTP(secret).now()
    assert check_login("lilia", PASSWORD, "") is None
    assert check_login("lilia", PASSWORD, "000000" if code != "000000" else "111111") is None
    assert check_login("lilia", PASSWORD, f"{code[:3]} {code[3:]}") is not None
    assert check_login("lilia", PASSWORD, code) is None
    assert secret.encode() not in database.bytes_on_disk()


def test_the_login_form_comes_from_our_page(app: Starlette) -> None:
    add_therapist("lilia", "Lilia", PASSWORD, totp=False)
    browser = Studio(app)
    form = {"login": "lilia", "password": PASSWORD, "code": ""}
    assert browser.http.post("/studio/inloggen", data=form).status_code == 403
    browser.http.get("/studio/inloggen")
    assert browser.http.post("/studio/inloggen", data={**form, "csrf": "x"}).status_code == 403


def test_nobody_can_send_more_than_a_form_holds(app: Starlette) -> None:
    browser = Studio(app)
    assert browser.http.post("/studio/inloggen", data={"login": "x" * 64_000}).status_code == 413

    def endless() -> Iterator[bytes]:
        yield b"login=x"

    assert browser.http.post("/studio/inloggen", content=endless()).status_code == 413


def test_accounts_that_can_not_be(database: Database) -> None:
    add_therapist("lilia", "Lilia", PASSWORD, totp=False)
    for login, name, password in (
        ("lilia", "Lilia", PASSWORD),
        ("LILIA", "Lilia", PASSWORD),
        ("li lia", "Lilia", PASSWORD),
        ("peter", " ", PASSWORD),
        ("peter", "P\nq", PASSWORD),
        ("peter", "Peter", "kort"),
    ):
        with pytest.raises(AccountError):
            add_therapist(login, name, password, totp=False)
    with pytest.raises(AccountError):
        remove_therapist("peter")
    assert [row.login for row in therapists()] == ["lilia"]


def test_who_is_removed_is_out_at_once(open_studio: Callable[..., Studio]) -> None:
    browser = open_studio()
    take_over("web-c", therapists()[0].id, "Lilia")
    remove_therapist("lilia")
    assert browser.http.get("/studio/").status_code == 303
    assert person_in("web-c") is None
    assert browser.log_in("lilia").status_code == 401


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_commands(database: Database) -> None:
    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-W", "ignore", "-m", "bot", *words]
        return subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)

    added = run("therapist", "add", "lilia", "--name", "Lilia")
    password = added.stdout.split("shown only now: ")[1].strip()
    assert check_login("lilia", password, "") is not None
    with_code = run("therapist", "add", "peter", "--name", "Peter", "--totp")
    assert "otpauth://totp/" in with_code.stdout
    assert run("therapist", "list").stdout.splitlines() == ["lilia\tLilia\tpassword", "peter\tPeter\tpassword and code"]
    assert run("therapist", "remove", "peter").returncode == 0
    again = run("therapist", "remove", "peter")
    assert (again.returncode, len(again.stderr.splitlines())) == (1, 1)


def test_what_is_wrong_is_told_at_set_moments(app: Starlette) -> None:
    add_therapist("lilia", "Lilia", PASSWORD, totp=False)
    browser = Studio(app)

    def seconds(login: str) -> float:
        form = {"login": login, "password": "x" * 12, "code": "", "csrf": hidden(browser.http.get("/studio/inloggen").text, "csrf")}
        began = time.monotonic()
        assert browser.http.post("/studio/inloggen", data=form).status_code == 401
        return time.monotonic() - began

    for took in (seconds("lilia"), seconds("niemand")):
        # Not at once, and not much beside a multiple of the step; a busy machine is given its time.
        assert took >= WRONG_AFTER
        assert took % WRONG_AFTER < WRONG_AFTER / 2


def test_behind_a_proxy_that_does_not_tell_the_cookie_is_secure_all_the_same(app: Starlette, monkeypatch: pytest.MonkeyPatch) -> None:
    add_therapist("lilia", "Lilia", PASSWORD, totp=False)
    monkeypatch.setenv("COACH_PUBLIC_URL", "https://coach.example.org")
    settings.cache_clear()
    browser = Studio(app)
    cookies = browser.http.get("/studio/inloggen").headers.get_list("set-cookie")
    assert cookies
    assert all("secure" in cookie.lower() for cookie in cookies)


@pytest.mark.parametrize("sign", ["\x00", "\ud7ff", "'", "%", "\U0010ffff"])
def test_no_sign_in_a_login_form_is_an_error(app: Starlette, sign: str) -> None:
    assert Studio(app).log_in(f"li{sign}lia", sign * 12, sign).status_code == 401


def test_a_login_from_another_site_is_none(app: Starlette) -> None:
    add_therapist("lilia", "Lilia", PASSWORD, totp=False)
    browser = Studio(app)
    browser.http.headers["Origin"] = "https://evil.example"
    assert browser.log_in("lilia").status_code == 403


@given(st.text(max_size=60) | st.binary(max_size=60).map(lambda raw: raw.decode("latin-1")))
def test_no_made_up_cookie_is_a_session(made_up: str) -> None:
    request = Request({"type": "http", "headers": [(b"cookie", f"studio={made_up}".encode("utf-8", "replace"))]})
    assert _token(request) is None
