"""What the operator does for the therapists on the command line."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from typing import Any

import pyotp
import sqlalchemy as sa

from bot.store.database import session
from bot.store.tables import AlarmLabel
from bot.studio.accounts import add_therapist, made_up_password, remove_therapist, therapists
from bot.supervisor import say


def add_arguments(commands: Any) -> None:
    """Add `therapist` and `alarms` to the command line."""
    therapist = commands.add_parser("therapist", help="who may log in to the studio").add_subparsers(dest="what", required=True)
    add = therapist.add_parser("add", help="asks for a password; an empty one, or no terminal, makes one up")
    add.add_argument("login")
    add.add_argument("--name", required=True, help="as visitors read it")
    add.add_argument("--totp", action="store_true", help="also ask for a code of an authenticator app")
    therapist.add_parser("list")
    therapist.add_parser("remove").add_argument("login")
    alarms = commands.add_parser("alarms", help="what therapists said about alarms")
    alarms.add_argument("what", choices=["export"], help="JSON lines with the visitors' words: keep the file safe")


def run(arguments: argparse.Namespace) -> None:
    """Run one of them. Raises `AccountError` when a therapist can't be added or removed."""
    if arguments.command == "alarms":
        sys.stdout.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in labelled_alarms())
    elif arguments.what == "add":
        _add(arguments.login, arguments.name, arguments.totp)
    elif arguments.what == "remove":
        remove_therapist(arguments.login)
        say(f"{arguments.login} can log in no more.")
    else:
        for row in therapists():
            say(f"{row.login}\t{row.name}\t{'password and code' if row.totp_secret else 'password'}")


def labelled_alarms() -> list[dict[str, Any]]:
    """Every alarm that a therapist judged, oldest first; nothing in it says whose it was."""
    with session() as db:
        rows = db.scalars(sa.select(AlarmLabel).order_by(AlarmLabel.created_at)).all()
    names = ("text", "correct", "category", "level", "score", "layer")
    return [{name: getattr(row, name) for name in names} for row in rows]


def _add(login: str, name: str, totp: bool) -> None:
    typed = getpass.getpass("Password (empty: make one up): ") if sys.stdin.isatty() else ""
    password = typed or made_up_password()
    secret = add_therapist(login, name, password, totp)
    say(f"{login} can log in at /studio/.")
    if not typed:
        say(f"Password, shown only now: {password}")
    if secret:
        say(f"For the authenticator app, shown only now: {pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name='Eerste Stap')}")
