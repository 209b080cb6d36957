"""The whole content as a zip file, and back. What a file claims or hides in it is never trusted."""

from __future__ import annotations

import io
import zipfile
import zlib

from bot.content.files import Content, ContentError, may_change

# The project's own content is about one megabyte, a third of that when packed.
LARGEST_FILE = 4_000_000
LARGEST_CONTENT = 20_000_000
MOST_FILES = 200
# A fixed moment, so that the same content is the same file.
_MOMENT = (2000, 1, 1, 0, 0, 0)
NO_ZIP = "Dit is geen zip-bestand, of het is beschadigd. Kies het bestand dat je hier hebt opgehaald."
TOO_LARGE = f"Dit bestand is te groot: hooguit {LARGEST_FILE // 1_000_000} MB. Er is niets veranderd."
TOO_LARGE_INSIDE = "Uitgepakt is dit bestand veel te groot. Er is niets veranderd."


def packed(content: Content) -> bytes:
    """The content as a zip file."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(content):
            entry = zipfile.ZipInfo(path, _MOMENT)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, content[path].encode("utf-8"))
    return target.getvalue()


def unpacked(data: bytes) -> Content:
    """The content of a zip file. Nothing is written anywhere.

    Raises `ContentError` for what is no such file: too large, packed to explode, with paths that are not for therapists, or not in UTF-8.
    """
    if len(data) > LARGEST_FILE:
        raise ContentError(TOO_LARGE)
    content: dict[str, str] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > LARGEST_CONTENT:
                raise ContentError(TOO_LARGE_INSIDE)
            for entry in entries:
                if not may_change(entry.filename) or entry.filename in content:
                    raise ContentError(f"In dit bestand staat '{entry.filename[:80]}'. Dat hoort er niet in. Er is niets veranderd.")
                content[entry.filename] = _text(archive, entry)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, OSError) as problem:
        if isinstance(problem, ContentError):
            raise
        raise ContentError(NO_ZIP) from None
    return content


def _text(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> str:
    with archive.open(entry) as file:
        # The size that an entry claims may be a lie.
        data = file.read(entry.file_size + 1)
    if len(data) > entry.file_size:
        raise ContentError(TOO_LARGE_INSIDE)
    try:
        return data.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise ContentError(f"'{entry.filename[:80]}' is geen gewone tekst (UTF-8). Er is niets veranderd.") from None
