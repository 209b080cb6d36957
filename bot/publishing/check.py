"""Checks a draft against what is published: rules, stories, understanding, safety. Trains it on the way."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bot.content.files import Content, ContentError, content_hash
from bot.content.locked import with_project_parts
from bot.content.versions import Version
from bot.processes import start_in_background
from bot.publishing.materials import folder_of
from bot.publishing.report import NOTE, STOPS, Finding, Report
from bot.publishing.rules import rule_findings
from bot.settings import settings
from bot.training import TrainingError, fitting_model, understanding

SAME = "Wat de coach begrijpt blijft precies gelijk: er zijn geen voorbeelden veranderd. Ook het nakijken van excuses verandert niet."
OTHER = "Het nakijken van excuses hangt niet af van voorbeelden of zinnen, en verandert niet."
UNTRAINABLE = "De coach kan dit niet leren. Kijk of de verhalen elkaar tegenspreken; lukt het niet, vraag dan je beheerder."


def check(content: Content, base: Version, tell: Callable[[str], None]) -> Report:
    """Check a content beside the published version; `tell` gets a Dutch line at each step. Takes from seconds to minutes.

    The report's model is trained, unless something stops the draft before that. Raises `TrainingError` when what is published can't be
    trained, and `ContentError` when it can't be read.
    """
    tell("Zinnen en verhalen nakijken")
    whole, before = with_project_parts(content), with_project_parts(base.content)
    report = Report(content_hash(content), base.number, findings=tuple(rule_findings(whole, before)))
    if not report.fit:
        return report
    folder, base_folder = folder_of(content), folder_of(base.content)
    base_model = trained(base_folder, tell)
    same = understanding(folder) == understanding(base_folder)
    if not same:
        report = _with(report, _new_alarms(whole, before, base_model, tell))
        if not report.fit:
            return report
    try:
        model = trained(folder, tell)
    except TrainingError:
        return _with(report, [Finding(STOPS, UNTRAINABLE)])
    report = replace(report, model=model.name)
    report = _with(report, [Finding(NOTE, SAME)]) if same else _measured(report, base_model, model, tell)
    return _with(report, _talked_through(model, whole, tell))


def trained(folder: Path, tell: Callable[[str], None]) -> Path:
    """The model of a folder, trained now in a process of its own where there is none. Raises `TrainingError`."""
    model = fitting_model(folder)
    if not model.exists():
        tell("Trainen: een halve minuut na een andere zin, een paar minuten na andere voorbeelden")
        log = settings().var_dir / "logs" / "training.log"
        if start_in_background(["train-here", str(folder)], log).wait() != 0 or not model.exists():
            raise TrainingError(UNTRAINABLE)
    os.utime(model)
    return model


def content_in(folder: Path) -> Content:
    """The content that lies in a folder laid out as the project. Raises `ContentError` when there is none."""
    paths = [folder / "domain.yml", *sorted((folder / "data" / "nlu").glob("*.yml")), *sorted((folder / "data" / "stories").glob("*.yml"))]
    try:
        found = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in paths}
    except (OSError, UnicodeDecodeError) as problem:
        raise ContentError(
            f"In {folder} is niet te lezen wat nodig is: domain.yml, data/nlu/ en data/stories/ ({type(problem).__name__})."
        ) from None
    return {path: text for path, text in found.items() if path != "data/nlu/alarm.yml"}


def _with(report: Report, found: list[Finding]) -> Report:
    return replace(report, findings=(*report.findings, *found))


# TensorFlow and spaCy come with what these import: only a process that checks has them.


def _new_alarms(content: Content, base: Content, base_model: Path, tell: Callable[[str], None]) -> list[Finding]:
    from bot.evaluation.parse import Pipeline
    from bot.publishing.understanding import alarms_among_examples

    tell("Nieuwe voorbeelden nakijken op alarmsignalen")
    return alarms_among_examples(content, base, lambda texts: Pipeline(base_model).parse(texts))


def _measured(report: Report, base_model: Path, model: Path, tell: Callable[[str], None]) -> Report:
    from bot.publishing.understanding import compared, measured

    changes, figures = compared(measured(base_model, tell), measured(model, tell))
    return replace(_with(report, [*changes, Finding(NOTE, OTHER)]), figures=tuple(figures))


def _talked_through(model: Path, content: Content, tell: Callable[[str], None]) -> list[Finding]:
    from bot.publishing.safety import dialogue_findings

    return dialogue_findings(model, content, tell)
