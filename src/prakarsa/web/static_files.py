"""The few files a page loads, all of them ours."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent / "static"
_TYPES = {".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file and the short name of its version."""

    content: bytes
    media_type: str
    version: str


@lru_cache
def static_files() -> dict[str, StaticFile]:
    """Every file by name, read once."""
    return {
        path.name: StaticFile(
            path.read_bytes(), _TYPES[path.suffix], hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        )
        for path in FOLDER.iterdir()
        if path.suffix in _TYPES
    }


def static_url(name: str) -> str:
    """The address of a file, changing with its content so that browsers may keep it for ever."""
    return f"/static/{name}?v={static_files()[name].version}"
