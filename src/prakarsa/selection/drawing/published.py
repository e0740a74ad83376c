"""The public file of a draw: written as a stream, verified from itself alone."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from .lottery import (
    ID_SHAPE,
    NOT_SELECTED,
    REGION_SHAPE,
    SELECTED,
    TIERS,
    Commitment,
    DrawTerms,
    Entry,
    Result,
    canonical,
    commitment,
    draw,
    terms_problem,
)

FORMAT = "prakarsa-draw/1"


@dataclass(frozen=True, slots=True)
class Head:
    """All of a published draw but its entries and results. Moments are ISO 8601 with their zone."""

    wave: int
    terms: DrawTerms
    commitment: Commitment
    committed_at: str
    seed: str
    seed_source: str
    entered_at: str

    def as_json(self) -> dict[str, object]:
        """The fields of the file in their order."""
        return {
            "format": FORMAT,
            "wave": self.wave,
            "terms": {
                "quota": self.terms.quota,
                "reserved_percent": self.terms.reserved_percent,
                "region_quota": dict(self.terms.region_quota),
            },
            "commitment": {
                "committed_at": self.committed_at,
                "entries": self.commitment.entries,
                "list_sha256": self.commitment.list_sha256,
                "entries_sha256": self.commitment.entries_sha256,
            },
            "seed": {"entered_at": self.entered_at, "source": self.seed_source, "value": self.seed},
        }


def published(head: Head, entries: Iterable[Entry], results: Iterable[Result]) -> Iterator[str]:
    """The public file in pieces: entries sorted by id, results by place, one a line; memory stays flat.

    Its last field is the file's own checksum: SHA-256 over the canonical JSON of all that stands before the entries,
    a newline, and a line `id|place|verdict` with a newline for every result. It finds damage; what keeps the draw
    honest are the commitment, to be compared with what was announced before the seed, and the repeated draw.
    """
    fields = head.as_json()
    checksum = hashlib.sha256(f"{canonical(fields)}\n".encode())
    yield json.dumps(fields, indent=1)[:-2] + ',\n "entries": [\n'
    yield from _joined(f'{{"id":"{e.id}","region":"{e.region}","tier":"{e.tier}"}}' for e in entries)
    yield '\n ],\n "result": [\n'

    def lines() -> Iterator[str]:
        for result in results:
            checksum.update(_result_line(result))
            yield f'{{"id":"{result.id}","place":{result.place},"verdict":"{result.verdict}"}}'

    yield from _joined(lines())
    yield f'\n ],\n "sha256": "{checksum.hexdigest()}"\n}}\n'


def verify_file(path: str | Path) -> list[str]:
    """Everything that is wrong with a published draw, recomputed from the file alone; an honest file gives none.

    Any file gets an answer: what is not such a file is a problem too, never an error.
    """
    try:
        if (size := Path(path).stat().st_size) > _MOST_BYTES:
            return [f"the file is too large to be a draw: {size} bytes"]
        text = Path(path).read_bytes().decode()
        document = json.loads(text, object_pairs_hook=_each_name_once, parse_constant=_no_constant)
    except (OSError, ValueError, RecursionError) as error:
        return [f"the file cannot be read: {type(error).__name__}: {error}"[:300]]
    return verify_document(document)


def verify_document(document: object) -> list[str]:
    """Everything that is wrong with a published draw given as parsed JSON."""
    try:
        head, entries, results, checksum = _read(document)
    except _Malformed as error:
        return [str(error)]
    if problem := terms_problem(head.terms):
        return [f"terms: {problem}"]
    by_id = {entry.id: entry for entry in entries}
    if len(by_id) < len(entries):
        twice = next(name for name, times in Counter(entry.id for entry in entries).items() if times > 1)
        return [f"entries: {twice} stands there more than once"]
    problems = [] if list(by_id) == sorted(by_id) else ["entries: they are not sorted by id"]
    problems += _commitment_problems(head, commitment((by_id[name] for name in sorted(by_id)), head.terms))
    problems += _moment_problems(head)
    problems += _result_problems(draw(entries, head.terms, head.seed), results)
    found = hashlib.sha256(f"{canonical(head.as_json())}\n".encode())
    for result in results:
        found.update(_result_line(result))
    if found.hexdigest() != checksum:
        problems.append("sha256: wave, terms, commitment, seed or result was changed after the file was written")
    return problems


_MOST_BYTES = 4 * 2**30
_MOST_NAMED = 20
_NO_MOMENTS = "commitment.committed_at, seed.entered_at: they are not two moments with a zone"
_SHA256 = re.compile(r"[0-9a-f]{64}")
_WORDS = re.compile(r"[^\x00-\x1f\x7f\ud800-\udfff]{1,500}")


class _Malformed(ValueError):
    """The document has not the build of a published draw."""


def _joined(lines: Iterable[str]) -> Iterator[str]:
    """Lines with commas between them, some hundreds at a time."""
    rest = iter(lines)
    lead = ""
    while batch := list(islice(rest, 500)):
        yield lead + ",\n".join(batch)
        lead = ",\n"


def _result_line(result: Result) -> bytes:
    return f"{result.id}|{result.place}|{result.verdict}\n".encode()


def _read(document: object) -> tuple[Head, list[Entry], list[Result], str]:
    names = ("format", "wave", "terms", "commitment", "seed", "entries", "result", "sha256")
    body = _fields(document, names, "the file")
    if body["format"] != FORMAT:
        raise _Malformed(f"format: it is not {FORMAT}")
    terms = _fields(body["terms"], ("quota", "reserved_percent", "region_quota"), "terms")
    promise = _fields(body["commitment"], ("committed_at", "entries", "list_sha256", "entries_sha256"), "commitment")
    seed = _fields(body["seed"], ("entered_at", "source", "value"), "seed")
    quotas = terms["region_quota"]
    if not isinstance(quotas, dict):
        raise _Malformed("terms.region_quota: it is not an object")
    head = Head(
        wave=_whole(body["wave"], "wave"),
        terms=DrawTerms(
            _whole(terms["quota"], "terms.quota"),
            _whole(terms["reserved_percent"], "terms.reserved_percent"),
            {region: _whole(number, "terms.region_quota") for region, number in quotas.items()},
        ),
        commitment=Commitment(
            _whole(promise["entries"], "commitment.entries"),
            _text(promise["list_sha256"], _SHA256, "commitment.list_sha256"),
            _text(promise["entries_sha256"], _SHA256, "commitment.entries_sha256"),
        ),
        committed_at=_text(promise["committed_at"], _WORDS, "commitment.committed_at"),
        seed=_text(seed["value"], _WORDS, "seed.value"),
        seed_source=_text(seed["source"], _WORDS, "seed.source"),
        entered_at=_text(seed["entered_at"], _WORDS, "seed.entered_at"),
    )
    entries = [_entry(value, place) for place, value in enumerate(_list(body["entries"], "entries"), 1)]
    results = [_result(value, place) for place, value in enumerate(_list(body["result"], "result"), 1)]
    return head, entries, results, _text(body["sha256"], _SHA256, "sha256")


def _entry(value: object, number: int) -> Entry:
    where = f"entries, number {number}"
    fields = _fields(value, ("id", "region", "tier"), where)
    tier = fields["tier"]
    if tier not in TIERS:
        raise _Malformed(f"{where}: the tier is neither affected nor general")
    return Entry(
        _text(fields["id"], ID_SHAPE, f"{where}, id"), _text(fields["region"], REGION_SHAPE, f"{where}, region"), tier
    )


def _result(value: object, number: int) -> Result:
    where = f"result, number {number}"
    fields = _fields(value, ("id", "place", "verdict"), where)
    verdict = fields["verdict"]
    if verdict not in (SELECTED, NOT_SELECTED):
        raise _Malformed(f"{where}: the verdict is neither selected nor not_selected")
    return Result(_text(fields["id"], ID_SHAPE, f"{where}, id"), _whole(fields["place"], f"{where}, place"), verdict)


def _commitment_problems(head: Head, found: Commitment) -> list[str]:
    problems = []
    if found.entries != head.commitment.entries:
        problems.append(f"entries: {found.entries} stand here, {head.commitment.entries} were committed to")
    if found.list_sha256 != head.commitment.list_sha256:
        problems.append("commitment.list_sha256: it is not the digest of these ids")
    if found.entries_sha256 != head.commitment.entries_sha256:
        problems.append("commitment.entries_sha256: it is not the digest of these entries and terms")
    return problems


def _moment_problems(head: Head) -> list[str]:
    try:
        committed_at, entered_at = datetime.fromisoformat(head.committed_at), datetime.fromisoformat(head.entered_at)
    except ValueError:
        return [_NO_MOMENTS]
    if committed_at.tzinfo is None or entered_at.tzinfo is None:
        return [_NO_MOMENTS]
    return [] if committed_at < entered_at else ["seed.entered_at: the seed was entered before the list was committed"]


def _result_problems(expected: list[Result], given: list[Result]) -> list[str]:
    if expected == given:
        return []
    right, said = {r.id: r for r in expected}, {r.id: r for r in given}
    problems = [f"result: {name} is missing" for name in right if name not in said]
    problems += [f"result: {name} is not among the entries" for name in said if name not in right]
    problems += [
        f"result: {name} is given place {said[name].place}, {said[name].verdict}; the draw gives place "
        f"{right[name].place}, {right[name].verdict}"
        for name in right
        if name in said and said[name] != right[name]
    ]
    if not problems:
        problems = ["result: somebody stands there twice, or it is not sorted by place"]
    more = len(problems) - _MOST_NAMED
    return problems[:_MOST_NAMED] + ([f"result: and {more} more"] if more > 0 else [])


def _fields(value: object, names: tuple[str, ...], where: str) -> dict[str, object]:
    if not isinstance(value, dict) or set(value) != set(names):
        raise _Malformed(f"{where}: it needs exactly the fields {', '.join(names)}")
    return value


def _list(value: object, where: str) -> list[object]:
    if not isinstance(value, list):
        raise _Malformed(f"{where}: it is not a list")
    return value


def _whole(value: object, where: str) -> int:
    if type(value) is not int or not 0 <= value <= 10**12:
        raise _Malformed(f"{where}: it is not a whole number of zero or more")
    return value


def _text(value: object, shape: re.Pattern[str], where: str) -> str:
    if not isinstance(value, str) or not shape.fullmatch(value):
        raise _Malformed(f"{where}: it is not a text of the right form")
    return value


def _each_name_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise ValueError("a field stands in an object twice")
    return fields


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is not JSON")
