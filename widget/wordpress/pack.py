"""Packs the plugin into dist/eerste-stap-wordpress.zip: the same bytes for the same source."""

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

HERE = Path(__file__).resolve().parent

with ZipFile(HERE.parent / "dist" / "eerste-stap-wordpress.zip", "w") as archive:
    for path in sorted((HERE / "eerste-stap").iterdir()):
        archive.writestr(ZipInfo(f"eerste-stap/{path.name}", (2026, 1, 1, 0, 0, 0)), path.read_bytes(), ZIP_DEFLATED)
