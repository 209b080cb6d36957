"""Does one job, in a process of its own: `python -m bot work <id>`."""

from __future__ import annotations

import logging
from collections.abc import Callable

from bot.content.files import Content, ContentError, content_hash
from bot.content.versions import published, version
from bot.publishing.check import UNTRAINABLE, check, trained
from bot.publishing.forbidden import forbidden
from bot.publishing.jobs import CHECK, DONE, PUBLISH, TAKE_BACK, TRY, Job, content_of, fail, finish, hand_over, job, latest, tell
from bot.publishing.materials import folder_of
from bot.publishing.report import STOPS, Report, findings, report_of
from bot.publishing.rules import answers_to_alarms
from bot.settings import settings
from bot.training import TrainingError

logger = logging.getLogger(__name__)
NOT_FIT = "Dit kan niet worden gepubliceerd. Hieronder staat waarom. Wat de coach nu zegt is niet veranderd."
OTHERS = "De coach praat intussen met versie {now}. Werk eerst je concept bij. Wat je maakte is er nog."


class Refused(RuntimeError):
    """The job can't be done. The message is a Dutch line for the therapist."""


def do(job_id: str) -> None:
    """Do a job, and note how it ended."""
    wanted = job(job_id)
    if wanted is None:
        return
    try:
        _WORK[wanted.kind](wanted)
    except (Refused, ContentError) as problem:
        fail(job_id, str(problem))
    except TrainingError:
        fail(job_id, UNTRAINABLE)
    except Exception as problem:
        # Its text may quote what a therapist wrote.
        logger.error("A job failed: %s", type(problem).__name__)
        fail(job_id, f"Er ging iets mis ({type(problem).__name__}). Er is niets veranderd. Vraag je beheerder om in het logboek te kijken.")
        raise


def _try(wanted: Job) -> None:
    model = trained(folder_of(_draft(wanted)), _teller(wanted))
    trained(folder_of(published().content), _teller(wanted))
    finish(wanted.id, model=model.name)


def _check(wanted: Job) -> None:
    report = check(_draft(wanted), published(), _teller(wanted))
    finish(wanted.id, report=report.as_dict(), model=report.model or None)


def _publish(wanted: Job) -> None:
    """Whatever was checked before: what is published was checked against what is published now, or is checked here."""
    draft, base = _draft(wanted), published()
    if base.number != wanted.base:
        raise Refused(OTHERS.format(now=base.number))
    if content_hash(draft) == base.hash:
        raise Refused("Er is niets veranderd aan wat de coach nu zegt. Er valt niets te publiceren.")
    report = _checked_already(draft, base.number) or check(draft, base, _teller(wanted))
    if not report.fit:
        fail(wanted.id, NOT_FIT, report=report.as_dict())
        return
    hand_over(wanted.id, trained(folder_of(draft), _teller(wanted)).name, report.as_dict())


def _take_back(wanted: Job) -> None:
    """An earlier version was checked when it was published; of what always holds the plain part is looked at again."""
    content = version(wanted.number or 0).content
    _teller(wanted)("De eerdere versie nakijken")
    wrong = [*answers_to_alarms(content), *forbidden(content)]
    if wrong:
        report = Report(content_hash(content), wanted.base, findings=tuple(findings(STOPS, wrong)))
        fail(wanted.id, NOT_FIT, report=report.as_dict())
        return
    hand_over(wanted.id, trained(folder_of(content), _teller(wanted)).name, None)


def _checked_already(draft: Content, base: int) -> Report | None:
    """The report of a check of this very content against the same version, with the program as it is now."""
    done = latest(CHECK)
    if done is None or done.status != DONE or not done.report:
        return None
    report = report_of(done.report)
    fits = report.hash == content_hash(draft) and report.base == base and report.fit
    model = settings().var_dir / "models" / report.model
    return report if fits and report.model and trained(folder_of(draft), lambda _: None) == model else None


def _draft(wanted: Job) -> Content:
    content = content_of(wanted.id)
    if content is None:
        raise Refused("Dit concept is er niet meer. Doe het nog een keer.")
    return content


def _teller(wanted: Job) -> Callable[[str], None]:
    return lambda step: tell(wanted.id, step)


_WORK: dict[str, Callable[[Job], None]] = {TRY: _try, CHECK: _check, PUBLISH: _publish, TAKE_BACK: _take_back}
