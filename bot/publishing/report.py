"""What a check found, as a therapist reads it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

# Kinds of findings, worst first. One that stops keeps a draft from being published, by anyone.
STOPS, WORSE, NOTE, BETTER = "stops", "worse", "note", "better"
HEADINGS = {
    STOPS: "Dit houdt publiceren tegen",
    WORSE: "Dit wordt minder",
    NOTE: "Goed om te weten",
    BETTER: "Dit wordt beter",
}


@dataclass(frozen=True)
class Finding:
    """One thing that was found: a Dutch sentence, with examples where they help."""

    kind: str
    text: str
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Figure:
    """A share (0 to 1) of the published version and of the draft, out of `total` messages."""

    name: str
    before: float
    after: float
    total: int


@dataclass(frozen=True)
class Report:
    """A whole check. `hash` is the content that was checked, `base` the version that it was compared with, `model` what was trained of it."""

    hash: str
    base: int
    model: str = ""
    findings: tuple[Finding, ...] = ()
    figures: tuple[Figure, ...] = field(default=())

    @property
    def fit(self) -> bool:
        """Whether it may be published."""
        return not any(finding.kind == STOPS for finding in self.findings)

    def of_kind(self, kind: str) -> list[Finding]:
        """The findings of one kind."""
        return [finding for finding in self.findings if finding.kind == kind]

    def as_dict(self) -> dict[str, Any]:
        """As it is kept in the database."""
        return asdict(self)


def report_of(kept: Mapping[str, Any]) -> Report:
    """A report as it was kept."""
    findings = tuple(Finding(row["kind"], row["text"], tuple(row["examples"])) for row in kept.get("findings", ()))
    figures = tuple(Figure(**row) for row in kept.get("figures", ()))
    return Report(kept.get("hash", ""), kept.get("base", 0), kept.get("model", ""), findings, figures)


def findings(kind: str, lines: Iterable[str]) -> list[Finding]:
    """One finding for each line."""
    return [Finding(kind, line) for line in lines]


def in_words(report: Report) -> str:
    """The report as text."""
    lines = ["Dit kan worden gepubliceerd." if report.fit else "Dit kan niet worden gepubliceerd."]
    for kind, heading in HEADINGS.items():
        found = report.of_kind(kind)
        lines += ["", heading] if found else []
        for finding in found:
            lines.append(f"- {finding.text}")
            lines += [f"    {example}" for example in finding.examples]
    if report.figures:
        lines += ["", "Gemeten, nu en straks"]
        lines += [f"- {f.name}: {percent(f.before)} → {percent(f.after)} (van {f.total})" for f in report.figures]
    return "\n".join(lines)


def percent(share: float) -> str:
    """A share in Dutch, for example '81,3%'."""
    return f"{share * 100:.1f}%".replace(".", ",")
