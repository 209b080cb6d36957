"""The command line: `python -m bot run`, `train`, and what those start."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

from bot.content import commands as content_commands
from bot.content.files import ContentError
from bot.content.versions import take_in_shipped, version
from bot.operation.backup import BackupError, back_up
from bot.operation.restore import restore
from bot.processes import go_to_background, quiet_environment
from bot.publishing import commands as publishing_commands
from bot.publishing.materials import folder_of
from bot.setting_values import SettingsError
from bot.settings import ROOT, settings
from bot.store.encryption import KeyProblem, cipher
from bot.store.upgrade import UpgradeError, upgrade
from bot.studio import commands as studio_commands
from bot.studio.accounts import AccountError
from bot.supervisor import StartError, Supervisor, check_ports, say
from bot.training import TrainingError, fitting_model, intact, train

# TensorFlow, which Rasa brings along, loads jax where it finds it, and nothing here uses that: a second and a half of every start.
sys.modules["jax"] = None  # type: ignore[assignment]
# No version has this number.
SHIPPED = -1


def main() -> int:
    """Run one command. Returns the exit status; errors are one line on standard error."""
    parser = argparse.ArgumentParser(prog="python -m bot", description="Eerste Stap")
    parser.add_argument("--background", action="store_true", help="at low priority, and no longer than the process that started it")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("run", help="train if needed, start all servers, stop them on Ctrl-C")
    commands.add_parser("train", help="train the model if none fits the data")
    commands.add_parser("evaluate", help="measure what the model understands; writes reports/nlu/")
    here = commands.add_parser("train-here", help="train in this process, with Rasa's own output")
    here.add_argument("folder", type=Path, nargs="?", default=ROOT, help="where domain.yml and data/ are")
    rasa = commands.add_parser("serve-rasa", help="the Rasa server alone")
    rasa.add_argument("model", type=Path, nargs="?", help="default: the one that fits the data")
    commands.add_parser("serve-actions", help="the action server alone")
    commands.add_parser("serve-web", help="the web server alone")
    backup = commands.add_parser("backup", help="write all that is kept to one file, while the servers run")
    backup.add_argument("file", type=Path, help="a file that is not there yet")
    backup.add_argument("--with-keys", action="store_true", help="put the keys into it too: then whoever has the file can read everything")
    back = commands.add_parser("restore", help="put a back-up back; stop the servers first")
    back.add_argument("file", type=Path)
    back.add_argument("--replace", action="store_true", help="replace the conversations, intakes and alarms that are there now")
    keys = commands.add_parser("keys", help="the keys that encrypt intakes")
    keys.add_argument("what", choices=["rotate"], help="encrypt everything anew with a new key, and drop the old one")
    data = commands.add_parser("data", help="the data on one visitor")
    data.add_argument("what", choices=["find", "export", "erase"], help="find: by e-mail address or phone number; export: as JSON")
    data.add_argument("whom", help="an address or number for find, else a conversation's id")
    content_commands.add_arguments(commands)
    studio_commands.add_arguments(commands)
    publishing_commands.add_arguments(commands)
    arguments = parser.parse_args()
    if arguments.background:
        go_to_background()
    # Databases, keys and logs are nobody else's on this machine.
    os.umask(0o077)
    try:
        return _run(arguments)
    except (
        SettingsError,
        StartError,
        TrainingError,
        UpgradeError,
        KeyProblem,
        AccountError,
        ContentError,
        BackupError,
    ) as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    except KeyboardInterrupt:
        return 130


def _run(arguments: argparse.Namespace) -> int:
    config = settings()
    if arguments.command == "run":
        check_ports(config)
        _prepare_store()
        Supervisor(*_what_to_speak_with()).run()
    elif arguments.command == "train":
        _trained_model()
    elif arguments.command == "evaluate":
        _evaluate(_trained_model())
    elif arguments.command == "train-here":
        train(arguments.folder.resolve())
    elif arguments.command == "serve-rasa":
        _serve_rasa(arguments.model or fitting_model())
    elif arguments.command == "serve-actions":
        from bot import action_server

        upgrade()
        action_server.serve()
    elif arguments.command == "serve-web":
        from bot.channels import website
        from bot.studio.app import studio

        # The web server starts without its database too, so that visitors get the numbers; it upgrades beside that.
        website.serve(studio)
    else:
        return _look_after(arguments)
    return 0


def _look_after(arguments: argparse.Namespace) -> int:
    """What an operator does with what is kept."""
    if arguments.command == "backup":
        say(back_up(arguments.file, arguments.with_keys))
        return 0
    if arguments.command == "restore":
        say("\n".join(restore(arguments.file, arguments.replace)))
        return 0
    if arguments.command in publishing_commands.COMMANDS:
        return publishing_commands.run(arguments)
    upgrade()
    if arguments.command == "keys":
        from bot.store.rotation import rotate_keys

        say(rotate_keys())
    elif arguments.command in ("therapist", "alarms"):
        studio_commands.run(arguments)
    elif arguments.command == "content":
        content_commands.run(arguments)
    else:
        _data(arguments.what, arguments.whom)
    return 0


def _data(what: str, whom: str) -> None:
    from bot.privacy.erase import erase
    from bot.privacy.export import conversations_of, export

    if what == "find":
        found = conversations_of(whom)
        say("\n".join(found) if found else "No intake has that address or number.")
    elif what == "export":
        say(json.dumps(export(whom), ensure_ascii=False, indent=2, default=str))
    else:
        say(f"{erase(whom)} rows erased.")


def _prepare_store() -> None:
    """Tables and keys are there before the servers are; and what nobody would see in a log is said here."""
    from bot.handoff.notices import warnings as notice_warnings

    upgrade()
    cipher()
    for line in notice_warnings():
        say(line)


def _evaluate(model: Path) -> None:
    os.environ.update(quiet_environment())
    publishing_commands.quiet_rasa()

    from bot.evaluation.report import FOLDER, evaluate

    say("Reading the evaluation sets, a minute or two …")
    sys.stdout.write(evaluate(model) + f"\n\nWritten to {FOLDER.relative_to(ROOT)}/.\n")


def _serve_rasa(model: Path) -> None:
    if not model.exists():
        raise StartError(f"There is no model at {model}. Run 'make train'.")
    if not intact(model):
        raise StartError(f"The model {model} is damaged. Run 'make train'; 'make run' does it by itself.")
    from bot import server

    upgrade()
    server.serve(model)


def _what_to_speak_with() -> tuple[int, Path]:
    """Number and model of what is published. What can't be trained any more, after an update for example, leaves the coach with what ships."""
    number = take_in_shipped()
    try:
        return number, _trained_model(folder_of(version(number).content))
    except (ContentError, TrainingError) as problem:
        say(f"{problem}\nVersion {number} can't be used: the coach speaks with what the project ships until a therapist publishes again.")
        return SHIPPED, _trained_model()


def _trained_model(folder: Path = ROOT) -> Path:
    """The model that fits the content in `folder`; trained now if there is none, with progress that a person can read."""
    model = fitting_model(folder)
    if model.exists() and not intact(model):
        say(f"The model {model.name} is damaged: set aside, and trained anew.")
        model.replace(model.with_name(f"{model.name}.damaged"))
    if model.exists():
        say(f"The model fits the data ({model.name}).")
        return model
    say("Training the model: a few minutes the first time, less after an edit.")
    log = settings().var_dir / "logs" / "training.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    done = threading.Event()
    ticker = threading.Thread(target=_tick, args=(done, started), daemon=True)
    ticker.start()
    with log.open("wb") as file:
        command = [sys.executable, "-m", "bot", "train-here", str(folder)]
        status = subprocess.run(command, cwd=ROOT, env=quiet_environment(), stdout=file, stderr=file, check=False).returncode
    done.set()
    ticker.join()
    if status != 0:
        tail = "\n".join(log.read_text(errors="replace").splitlines()[-15:])
        raise TrainingError(f"{tail}\nTraining failed. The whole log is in {log}.")
    say(f"Trained in {time.monotonic() - started:.0f} s.")
    return model


def _tick(done: threading.Event, started: float) -> None:
    while not done.wait(15):
        say(f"  still training ({time.monotonic() - started:.0f} s) …")


if __name__ == "__main__":
    sys.exit(main())
