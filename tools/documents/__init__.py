"""The parts of our documents that are made from the code, so that neither can be right alone.

A made part stands between two marks in a page that is otherwise written by hand. `make fix` (or
`python -m tools.documents`) writes it anew; tests/architecture/test_documents.py compares.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Part:
    """One made part: the page it stands in, its name there, and what makes it."""

    page: str
    name: str
    make: Callable[[], str]

    @property
    def path(self) -> Path:
        """The page as a file."""
        return ROOT / self.page

    def written(self) -> str:
        """The page with this part made anew. Raises ValueError when the page has no such marks."""
        text = self.path.read_text(encoding="utf-8")
        begin, end = f"<!-- made: {self.name} -->", f"<!-- end: {self.name} -->"
        found = re.compile(re.escape(begin) + r"\n.*?" + re.escape(end), re.DOTALL)
        if len(found.findall(text)) != 1:
            raise ValueError(f"{self.page} needs exactly one part between {begin} and {end}")
        return found.sub(lambda _: f"{begin}\n\n{self.make().strip()}\n\n{end}", text)


def table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cell(each) for each in line) + " |" for line in lines)


def cell(text: str) -> str:
    """A text as it can stand in a table."""
    return text.replace("|", "\\|").replace("\n", "<br>")
