"""Two people who answer for one act are two, however their names are written. Pure."""

import unicodedata

from prakarsa.kernel.refusals import SamePerson, SecondPersonNeeded


def check_two(act: str, first: str, second: str) -> None:
    """The second person has a name, and it is not the first one's in other letters or blanks.

    Raises SecondPersonNeeded, SamePerson.
    """
    if not _folded(second):
        raise SecondPersonNeeded(act)
    if _folded(first) == _folded(second):
        raise SamePerson(act, second)


def _folded(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
