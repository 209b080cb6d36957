"""Who is logged in, and that a form comes from a page of ours and is done once."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy.exc import IntegrityError
from starlette.requests import Request
from starlette.responses import Response

from bot.channels.sessions import signing_key
from bot.settings import settings
from bot.store.database import session
from bot.store.tables import Audit, StudioSession, Therapist, UsedForm, utc_now

COOKIE = "studio"
LOGIN_COOKIE = "studio_login"
PATH = "/studio"
# A working day; a lost phone is logged out the next morning.
LASTS = timedelta(hours=12)
# A page that was left open so long is old anyway.
FORMS_KEPT = timedelta(days=2)


@dataclass(frozen=True)
class Login:
    """A therapist who is logged in. Forms carry `csrf`."""

    session_id: str
    therapist_id: str
    login: str
    name: str
    csrf: str


def log_in(request: Request, response: Response, therapist_id: str) -> None:
    """Begin a session, and end what went before in this browser."""
    _end_session(request)
    token = secrets.token_urlsafe(32)
    now = utc_now()
    with session() as db:
        db.execute(sa.delete(StudioSession).where(StudioSession.expires_at < now))
        db.add(StudioSession(id=_fingerprint(token), therapist_id=therapist_id, csrf=secrets.token_urlsafe(32), expires_at=now + LASTS))
    _set_cookie(request, response, COOKIE, _signer().dumps(token), int(LASTS.total_seconds()))
    response.delete_cookie(LOGIN_COOKIE, path=PATH)


def log_out(request: Request, response: Response) -> None:
    """End the session, on the server as well."""
    _end_session(request)
    response.delete_cookie(COOKIE, path=PATH)


def current_login(request: Request) -> Login | None:
    """Who is logged in; None for anybody else."""
    token = _token(request)
    return None if token is None else login_of(_fingerprint(token))


def login_of(session_id: str) -> Login | None:
    """The login of a session, as long as it lasts."""
    with session() as db:
        found = db.execute(
            sa.select(StudioSession, Therapist)
            .join(Therapist, Therapist.id == StudioSession.therapist_id)
            .where(StudioSession.id == session_id, StudioSession.expires_at > utc_now())
        ).first()
    if found is None:
        return None
    kept, therapist = found
    return Login(kept.id, therapist.id, therapist.login, therapist.name, kept.csrf)


def login_form_token(request: Request) -> str:
    """What the login form has to carry, as there is no session yet. The same for two tabs."""
    return request.cookies.get(LOGIN_COOKIE) or secrets.token_urlsafe(16)


def remember_login_form(request: Request, response: Response, token: str) -> None:
    """Let the browser keep the login form's token too; another site can't read or set it."""
    _set_cookie(request, response, LOGIN_COOKIE, token, 3600)


def login_form_is_ours(request: Request, given: str) -> bool:
    """Whether the login form came from our own page."""
    return same(request.cookies.get(LOGIN_COOKIE, ""), given)


def same(wanted: str, given: str) -> bool:
    """Whether two secrets are the same, and there is one; takes as long for any difference."""
    return bool(wanted) and secrets.compare_digest(wanted.encode(), given.encode())


def first_time(form_id: str, login: Login, what: str, subject_id: str) -> bool:
    """Whether this form was not sent before; a double click sends it twice. The audit trail gets its row with it."""
    now = utc_now()
    try:
        with session() as db:
            db.execute(sa.delete(UsedForm).where(UsedForm.at < now - FORMS_KEPT))
            db.add(UsedForm(id=form_id[:64]))
            db.add(Audit(who=login.login, what=what, subject_id=subject_id))
    except IntegrityError:
        return False
    return True


def may_be_sent_again(form_id: str, login: Login, what: str, subject_id: str) -> None:
    """What the form asked for could not be done."""
    with session() as db:
        db.execute(sa.delete(UsedForm).where(UsedForm.id == form_id[:64]))
        db.add(Audit(who=login.login, what=f"{what}_failed", subject_id=subject_id))


def audit(login: Login, what: str, subject_id: str) -> None:
    """Note who did what with which subject."""
    with session() as db:
        db.add(Audit(who=login.login, what=what, subject_id=subject_id))


def _end_session(request: Request) -> None:
    token = _token(request)
    if token:
        with session() as db:
            db.execute(sa.delete(StudioSession).where(StudioSession.id == _fingerprint(token)))


def _set_cookie(request: Request, response: Response, name: str, value: str, seconds: int) -> None:
    secure = request.url.scheme == "https" or settings().public_url.startswith("https://")
    response.set_cookie(name, value, max_age=seconds, path=PATH, secure=secure, httponly=True, samesite="lax")


def _token(request: Request) -> str | None:
    try:
        token = _signer().loads(request.cookies.get(COOKIE, ""))
    except BadSignature:
        return None
    return token if isinstance(token, str) else None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(signing_key(settings().var_dir), salt="studio-session")


def _fingerprint(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
