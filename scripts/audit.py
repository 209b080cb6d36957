"""Asks pip-audit for known holes in the libraries of uv.lock, and holds them against docs/safety/dependencies.md.

Exit status 1 on a hole that the page does not speak of. Where pip-audit's data can't be reached it says so: no answer is no verdict.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "safety" / "dependencies.md"
PIP_AUDIT = "pip-audit==2.10.1"
SECONDS = 300


def main() -> int:
    """Run the audit. Returns the exit status."""
    uv = shutil.which("uv") or str(ROOT / ".tools" / "bin" / "uv")
    with tempfile.TemporaryDirectory() as folder:
        pins, report = Path(folder) / "requirements.txt", Path(folder) / "report.json"
        pins.write_text(_run([uv, "export", "--frozen", "--no-hashes", "--no-emit-project", "--no-annotate", "--all-groups"]).stdout)
        command = [uv, "tool", "run", PIP_AUDIT, "--requirement", str(pins), "--no-deps", "--disable-pip", "--format", "json"]
        try:
            done = _run([*command, "--output", str(report), "--progress-spinner", "off"])
        except (OSError, subprocess.TimeoutExpired) as problem:
            print(f"Not audited: pip-audit could not run ({type(problem).__name__}).")
            return 0
        if not report.exists():
            print(
                f"Not audited: pip-audit gave no report (exit {done.returncode}). Its last line: {(done.stderr.splitlines() or ['none'])[-1]}"
            )
            return 0
        found = json.loads(report.read_text())["dependencies"]
    status, lines = verdict(found, PAGE.read_text("utf-8"))
    print("\n".join(lines))
    return status


def verdict(found: list[dict[str, Any]], page: str) -> tuple[int, list[str]]:
    """Exit status, and lines for the operator; `found` is pip-audit's list, `page` says which holes were thought about."""
    skipped = [row for row in found if "skip_reason" in row]
    if len(skipped) == len(found):
        return 0, [f"Not audited: pip-audit's data can't be reached from here (none of {len(found)} libraries was looked up)."]
    known = set(re.findall(r"\b(?:CVE|PYSEC)-\d{4}-\d+\b|\bGHSA(?:-\w{4}){3}\b", page))
    lines = []
    for row in found:
        for hole in row.get("vulns", []):
            names = {hole["id"], *hole["aliases"]}
            if not names & known:
                fixed = ", ".join(hole["fix_versions"]) or "no version yet"
                lines.append(f"{row['name']} {row['version']}: {' '.join(sorted(names))}, mended in {fixed}")
    if lines:
        return 1, [
            *lines,
            f"{len(lines)} known holes are not spoken of in {PAGE.relative_to(ROOT)}: update, or say there why they don't touch us.",
        ]
    left_out = f"; {len(skipped)} could not be looked up" if skipped else ""
    return 0, [f"{len(found) - len(skipped)} libraries audited, no hole that the page does not speak of{left_out}."]


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS, check=False)


if __name__ == "__main__":
    sys.exit(main())
