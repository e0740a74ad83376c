"""Telling what happens, in plain language, with the numbers that came out."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.panel import Panel
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn


class Narrator:
    """One voice for the whole walk."""

    def __init__(self) -> None:
        self.console = Console(highlight=False)
        self._began = time.monotonic()
        self._chapter = 0

    def chapter(self, title: str) -> None:
        """A new part of the story."""
        self._chapter += 1
        elapsed = time.monotonic() - self._began
        self.console.print(f"\n[bold cyan]{self._chapter}. {title}[/]  [dim]{elapsed:.1f} s[/]")

    def tell(self, text: str) -> None:
        """What happened."""
        self.console.print(f"   {text}", markup=False)

    def quote(self, who: str, text: str) -> None:
        """What somebody was told, word for word."""
        self.console.print(f"   [green]{who}:[/] [italic]“{_plain(text)}”[/]")

    def panel(self, title: str, text: str) -> None:
        """Something to keep on the screen."""
        self.console.print(Panel(text, title=title, border_style="cyan", expand=False))

    @contextmanager
    def counting(self, what: str, total: int) -> Iterator["Counter"]:
        """Long work with a bar; on a plain terminal, one line at the end."""
        columns = (SpinnerColumn(), TextColumn(f"   {what}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        began = time.monotonic()
        with Progress(*columns, console=self.console, transient=True) as progress:
            counter = Counter(progress, total)
            yield counter
        self.tell(f"{what}: {counter.done:,} in {time.monotonic() - began:.1f} s")

    def elapsed_seconds(self) -> float:
        """Since the story began."""
        return time.monotonic() - self._began


class Counter:
    """Progress of one piece of long work."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress = progress
        self._task = progress.add_task("", total=total)
        self.done = 0

    def add(self, count: int) -> None:
        """So many more."""
        self.done += count
        self._progress.update(self._task, completed=self.done)


def _plain(text: str) -> str:
    return text.replace("[", "\\[")
