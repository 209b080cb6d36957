"""Which of possibly several servers this is: each does its own work, with its own models on its own disk."""

from __future__ import annotations

import os
import uuid

from bot.settings import settings


def server_id() -> str:
    """An id that stays the same over restarts, made at the first call."""
    path = settings().var_dir / "server.id"
    try:
        return path.read_text("ascii").strip()
    except FileNotFoundError:
        pass
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"server.id.{os.getpid()}")
    draft.write_text(str(uuid.uuid4()), "ascii")
    try:
        # Fails when another process was first.
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text("ascii").strip()
