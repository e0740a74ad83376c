"""The civil registry and the integrated beneficiary registry, simulated over a population file.

Speaks the DCI registry interface (gateways/dci.py) as a server of its own. The file stays on disk; once
loaded, memory holds 16 bytes a person, so a nation fits.
"""

import hashlib
import mmap
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import msgspec
from litestar import Litestar, Request, Response, post
from litestar.enums import MediaType
from litestar.exceptions import HTTPException, ValidationException

from prakarsa.gateways import dci
from prakarsa.gateways.simulators.bearer import bearer_guard
from prakarsa.gateways.simulators.population import Invented
from prakarsa.kernel.clock import wall_now

MOST_QUESTIONS = 1000
SENDER_ID = "registry.example"
PROGRAMMES = {
    "DTKS": "Data Terpadu Kesejahteraan Sosial",
    "BSU": "Bantuan Subsidi Upah",
    "BPUM": "Bantuan Produktif Usaha Mikro",
}

_ERROR_CODES = {
    401: "err.request.unauthorized",
    403: "err.request.forbidden",
    404: "err.request.not_found",
    429: "err.request.too_many_requests",
}
_NIK_TYPES = (dci.IDENTIFIER_NIK, "UIN")  # the NIK is the country's unique identification number

Message = TypeVar("Message", dci.SearchRequest, dci.EnrolledRequest)


class Register:
    """The people of a population file that the registry knows, found by NIK.

    Kept as two sorted columns, NIK and place in the file; a NIK that stands there twice is found once.
    """

    def __init__(self, path: Path) -> None:
        digest = hashlib.sha256()
        found: list[tuple[int, int]] = []
        with path.open("rb") as file:
            offset = 0
            for line in file:
                digest.update(line)
                entry = _ENTRY.decode(line)
                if entry.registered:
                    found.append((int(entry.nik), offset))
                offset += len(line)
            self._text = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if offset else None
        found.sort()
        self._niks = array("Q", (nik for nik, _ in found))
        self._offsets = array("Q", (offset for _, offset in found))
        self.version = digest.hexdigest()[:12]

    def find(self, nik: str) -> Invented | None:
        """The person registered under a NIK."""
        if self._text is None or len(nik) != 16 or not (nik.isascii() and nik.isdigit()):
            return None
        row = bisect_left(self._niks, int(nik))
        if row == len(self._niks) or self._niks[row] != int(nik):
            return None
        offset = self._offsets[row]
        end = self._text.find(b"\n", offset)
        return _PERSON.decode(self._text[offset : end if end >= 0 else len(self._text)])


def registry_app(population_file: Path, token: str) -> Litestar:
    """Both registries as one web application, open to whoever brings the bearer token."""
    register = Register(population_file)
    guards = [bearer_guard(token)]

    @post(dci.SEARCH_PATH, status_code=200, guards=guards)
    async def search(request: Request[Any, Any, Any]) -> Response[bytes]:
        """Who is registered under these NIKs?"""
        asked = _read(await request.body(), _SEARCH)
        return _respond(asked.header, asked.message.transaction_id, _search(register, asked.message), register.version)

    @post(dci.ENROLLED_PATH, status_code=200, guards=guards)
    async def enrolled(request: Request[Any, Any, Any]) -> Response[bytes]:
        """Which programmes do these people receive?"""
        asked = _read(await request.body(), _ENROLLED)
        answer = _enrolled(register, asked.message)
        return _respond(asked.header, asked.message.transaction_id, [answer], register.version)

    return Litestar(
        [search, enrolled],
        exception_handlers={HTTPException: _refuse},
        openapi_config=None,
        logging_config=None,
    )


class _Entry(msgspec.Struct):
    nik: str
    registered: bool


_ENTRY = msgspec.json.Decoder(_Entry)
_PERSON = msgspec.json.Decoder(Invented)
_SEARCH = msgspec.json.Decoder(dci.SearchRequest, strict=False)  # the standard's own samples count in strings
_ENROLLED = msgspec.json.Decoder(dci.EnrolledRequest, strict=False)


def _read(body: bytes, decoder: msgspec.json.Decoder[Message]) -> Message:
    try:
        asked = decoder.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ValidationException(f"the message cannot be read: {error}") from error
    if not asked.header.version.startswith("1."):
        raise ValidationException(f"version {dci.VERSION} is spoken here")
    if asked.header.action != "search":
        raise ValidationException("the action must be search")
    return asked


def _search(register: Register, message: dci.SearchMessage) -> list[dci.Answer[dci.Person]]:
    if not 1 <= len(message.search_request) <= MOST_QUESTIONS:
        raise ValidationException(f"a message holds 1 to {MOST_QUESTIONS} questions")
    now = wall_now()
    seen: set[str] = set()
    answers: list[dci.Answer[dci.Person]] = []
    for item in message.search_request:
        if item.reference_id in seen:
            answers.append(_rejection(item.reference_id, now, dci.DUPLICATE_REFERENCE, "each reference_id once"))
            continue
        seen.add(item.reference_id)
        answers.append(_search_one(register, item, now))
    return answers


def _search_one(register: Register, item: dci.SearchItem, now: datetime) -> dci.Answer[dci.Person]:
    match item.search_criteria:
        case dci.SearchCriteria(query_type=dci.BY_IDENTIFIER, query={"type": str(kind), "value": str(nik)}) if (
            kind.upper() in _NIK_TYPES
        ):
            found = register.find(nik)
            return _found(item.reference_id, now, "Civil", "CRVS_Person", [_as_person(found)] if found else [])
        case _:
            return _rejection(item.reference_id, now, dci.BAD_CRITERIA, "only idtype-value on NIK is answered")


def _enrolled(register: Register, message: dci.EnrolledMessage) -> dci.Answer[dci.Beneficiary]:
    """One answer to one question; it has no reference of its own, so the transaction's stands for it."""
    now = wall_now()
    niks = _asked_niks(message.enrolled_criteria)
    if niks is None:
        problem = f"only {dci.PERSON_IDENTIFIER} eq or in, for at most {MOST_QUESTIONS} people, is answered"
        return _rejection(message.transaction_id, now, dci.BAD_CRITERIA, problem)
    people = filter(None, map(register.find, dict.fromkeys(niks)))
    records = [beneficiary for person in people for beneficiary in _as_beneficiaries(person)]
    return _found(message.transaction_id, now, "IBR", "Beneficiary", records)


def _asked_niks(criteria: dci.SearchCriteria) -> list[str] | None:
    if criteria.query_type != dci.BY_EXPRESSION:
        return None
    match criteria.query:
        case {"$and": [{dci.PERSON_IDENTIFIER: {"in": list(niks)}}]}:
            pass
        case {"$and": [{dci.PERSON_IDENTIFIER: {"eq": nik}}]}:
            niks = [nik]
        case {"attribute_name": dci.PERSON_IDENTIFIER, "operator": "in", "attribute_value": list(niks)}:
            pass
        case {"attribute_name": dci.PERSON_IDENTIFIER, "operator": "eq", "attribute_value": nik}:
            niks = [nik]
        case _:
            return None
    return niks if len(niks) <= MOST_QUESTIONS and all(isinstance(nik, str) for nik in niks) else None


def _as_person(person: Invented) -> dci.Person:
    return dci.Person(
        type_="CRVS_Person",
        identifier=[
            dci.Identifier(identifier_type=dci.IDENTIFIER_NIK, identifier_value=person.nik),
            dci.Identifier(identifier_type=dci.IDENTIFIER_FAMILY_CARD, identifier_value=person.kk),
        ],
        name=dci.Name(given_name=person.registered_name),
        sex=person.sex,
        birth_date=person.registered_birth_date.isoformat() if person.registered_birth_date else "",
        occupation=person.occupation,
        additional_attributes=[
            dci.NamedValue(name=dci.CITIZENSHIP, value=person.citizenship),
            dci.NamedValue(name=dci.IN_FORMAL_EDUCATION, value=person.in_formal_education),
        ],
    )


def _as_beneficiaries(person: Invented) -> Iterator[dci.Beneficiary]:
    for code in person.other_aid:
        yield dci.Beneficiary(
            type_="Beneficiary",
            member=dci.Member(
                member_identifier=[
                    dci.Identifier(identifier_type=dci.IDENTIFIER_NIK, identifier_value=person.nik),
                ]
            ),
            programme_identifier=dci.Enrolment(
                programme=dci.Programme(programme_identifier=code, programme_name=PROGRAMMES.get(code, code)),
                enrolment_status=dci.ACTIVE,
            ),
        )


def _found(
    reference_id: str, now: datetime, registry: str, kind: str, records: list[dci.Record]
) -> dci.Answer[dci.Record]:
    return dci.Answer(
        reference_id=reference_id,
        timestamp=now,
        status=dci.SUCCEEDED,
        data=dci.Records(
            version=dci.VERSION,
            reg_type=f"ns:org:RegistryType:{registry}",
            reg_record_type=kind,
            reg_records=records,
        ),
        pagination=dci.Pagination(page_size=len(records), page_number=1, total_count=len(records)),
    )


def _rejection(reference_id: str, now: datetime, code: str, problem: str) -> dci.Answer[dci.Record]:
    return dci.Answer(
        reference_id=reference_id,
        timestamp=now,
        status=dci.REJECTED,
        status_reason_code=code,
        status_reason_message=problem,
    )


def _respond(
    asked: dci.Header, transaction_id: str, answers: list[dci.Answer[dci.Record]], version: str
) -> Response[bytes]:
    response = dci.Response(
        header=dci.Header(
            message_id=uuid4().hex,
            message_ts=wall_now(),
            action="on-search",
            status=dci.SUCCEEDED,
            total_count=len(answers),
            completed_count=len(answers),
            sender_id=SENDER_ID,
            receiver_id=asked.sender_id,
            meta={dci.DATA_VERSION: version},
        ),
        message=dci.AnswerMessage(transaction_id=transaction_id, correlation_id=uuid4().hex, search_response=answers),
    )
    return Response(msgspec.json.encode(response), media_type=MediaType.JSON)


def _refuse(_: Request[Any, Any, Any], error: HTTPException) -> Response[dict[str, Any]]:
    """Both error shapes the standard knows: of the transport layer (`errors`) and of the message (`ack_status`)."""
    told = {
        "code": _ERROR_CODES.get(error.status_code, "err.request.bad"),
        "message": error.detail[:999],
    }
    return Response(
        {
            "errors": [told],
            "message": {
                "ack_status": "ERR",
                "timestamp": wall_now().isoformat(),
                "correlation_id": uuid4().hex,
                "error": told,
            },
        },
        status_code=error.status_code,
        media_type=MediaType.JSON,
        headers=error.headers,
    )
