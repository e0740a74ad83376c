"""Asking the civil registry and the beneficiary registry about applicants (DCI registry interface 1.0.0)."""

from collections.abc import Iterator, Sequence
from datetime import date
from types import TracebackType
from typing import Self, TypeVar
from uuid import uuid4

import httpx
import msgspec
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential, wait_random

from prakarsa.gateways import dci
from prakarsa.kernel.clock import wall_now
from prakarsa.kernel.refusal import msg
from prakarsa.kernel.refusals import BadSetting
from prakarsa.selection.model import RegistryRecord
from prakarsa.selection.refusals import RegistryUnavailable

SENDER_ID = "prakarsa"

CIVIL_REGISTRY = msg("civil registry")
BENEFICIARY_REGISTRY = msg("beneficiary registry")

NO_ANSWER = msg("it cannot be reached or does not answer in time")
UNREADABLE = msg("its answer cannot be read")
INCOMPLETE = msg("it did not answer every question")
OTHER_PERSON = msg("it answered about somebody else")

_PASSING = frozenset({429, 500, 502, 503, 504})
_LONGEST_WAIT_SECONDS = 8.0

Asked = TypeVar("Asked", dci.SearchRequest, dci.EnrolledRequest)
Answered = TypeVar("Answered")


class CivilRegistryClient:
    """Both registries behind one address, as selection.model.CivilRegistry wants them.

    What may pass (no connection, no answer within `timeout_seconds`, HTTP 429 and 5xx) is asked again, `attempts`
    times in all, waiting longer each time. Threads may share one client. Close it, or use it in a with statement.
    Raises BadSetting for an address that is none.
    """

    def __init__(
        self,
        base_url: str,
        token: str,
        *,
        timeout_seconds: float,
        batch_size: int = 500,
        attempts: int = 4,
        first_wait_seconds: float = 0.5,
    ) -> None:
        self._batch_size = batch_size
        if not base_url.startswith(("http://", "https://")):
            raise BadSetting("PRAKARSA_REGISTRY_URL", msg("it must begin with http:// or https://"))
        self._http = httpx.Client(
            base_url=base_url,
            timeout=timeout_seconds,
            headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
        )
        self._retrying = Retrying(
            stop=stop_after_attempt(attempts),
            wait=wait_exponential(first_wait_seconds, _LONGEST_WAIT_SECONDS) + wait_random(0, first_wait_seconds),
            retry=retry_if_exception_type(_PassingError),
            reraise=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back."""
        self._http.close()

    def look_up(self, niks: Sequence[str]) -> dict[str, RegistryRecord]:
        """What the registries hold about each NIK; `found` only where exactly one person is registered under it.

        Raises RegistryUnavailable when any of them cannot be answered, so that nobody is judged on half an answer.
        """
        asked = list(dict.fromkeys(niks))
        answers: dict[str, RegistryRecord] = {}
        for start in range(0, len(asked), self._batch_size):
            answers |= self._look_up_batch(asked[start : start + self._batch_size])
        return answers

    def _look_up_batch(self, niks: list[str]) -> dict[str, RegistryRecord]:
        people, civil_version = self._people(niks)
        aid, aid_version = self._aid(niks)
        version = f"civil {civil_version}; beneficiary {aid_version}"
        return {nik: _record(people[nik], tuple(aid.get(nik, ())), version) for nik in niks}

    def _people(self, niks: list[str]) -> tuple[dict[str, list[dci.Person]], str]:
        now = wall_now()
        items = [
            dci.SearchItem(
                reference_id=str(place),  # not the NIK: references end up in logs
                timestamp=now,
                search_criteria=dci.SearchCriteria(
                    reg_type="ns:org:RegistryType:Civil",
                    query_type=dci.BY_IDENTIFIER,
                    query={"type": dci.IDENTIFIER_NIK, "value": nik},
                ),
            )
            for place, nik in enumerate(niks)
        ]
        request = dci.SearchRequest(
            header=_header(len(items)),
            message=dci.SearchMessage(transaction_id=uuid4().hex, search_request=items),
        )
        response = self._ask(CIVIL_REGISTRY, dci.SEARCH_PATH, request, _PEOPLE)
        by_reference = {answer.reference_id: answer for answer in response.message.search_response}
        people = {nik: _records(CIVIL_REGISTRY, by_reference.get(str(place))) for place, nik in enumerate(niks)}
        for nik, found in people.items():
            if any(nik not in _niks(person.identifier) for person in found):
                raise RegistryUnavailable(CIVIL_REGISTRY, OTHER_PERSON)
        return people, _data_version(response.header)

    def _aid(self, niks: list[str]) -> tuple[dict[str, list[str]], str]:
        request = dci.EnrolledRequest(
            header=_header(1),
            message=dci.EnrolledMessage(
                transaction_id=uuid4().hex,
                enrolled_criteria=dci.SearchCriteria(
                    query_type=dci.BY_EXPRESSION,
                    response_entity="Beneficiary",
                    query={"$and": [{dci.PERSON_IDENTIFIER: {"in": niks}}]},
                ),
            ),
        )
        response = self._ask(BENEFICIARY_REGISTRY, dci.ENROLLED_PATH, request, _BENEFICIARIES)
        answers = response.message.search_response
        aid: dict[str, list[str]] = {nik: [] for nik in niks}
        for record in _records(BENEFICIARY_REGISTRY, answers[0] if answers else None):
            enrolment = record.programme_identifier
            for nik in _niks(record.member.member_identifier):
                if nik not in aid:
                    raise RegistryUnavailable(BENEFICIARY_REGISTRY, OTHER_PERSON)
                if enrolment.enrolment_status in ("", dci.ACTIVE):
                    aid[nik].append(enrolment.programme.programme_identifier)
        return aid, _data_version(response.header)

    def _ask(self, registry: str, path: str, request: Asked, decoder: msgspec.json.Decoder[Answered]) -> Answered:
        body = msgspec.json.encode(request)
        try:
            answer = self._retrying(self._post, path, body)
            return decoder.decode(answer)
        except (_PassingError, _LastingError) as trouble:
            raise RegistryUnavailable(registry, str(trouble)) from trouble
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise RegistryUnavailable(registry, UNREADABLE) from error

    def _post(self, path: str, body: bytes) -> bytes:
        try:
            response = self._http.post(path, content=body)
        except httpx.RequestError as error:
            raise _PassingError(NO_ANSWER) from error
        if response.status_code in _PASSING:
            raise _PassingError(f"HTTP {response.status_code}")
        if response.status_code != 200:
            raise _LastingError(f"HTTP {response.status_code}")
        return response.content


class _PassingError(Exception):
    """Asking again may help."""


class _LastingError(Exception):
    """Asking again will not help."""


_PEOPLE = msgspec.json.Decoder(dci.Response[dci.Person], strict=False)
_BENEFICIARIES = msgspec.json.Decoder(dci.Response[dci.Beneficiary], strict=False)


def _header(total_count: int) -> dci.Header:
    return dci.Header(
        message_id=uuid4().hex,
        message_ts=wall_now(),
        action="search",
        sender_id=SENDER_ID,
        total_count=total_count,
    )


def _records(registry: str, answer: dci.Answer[dci.Record] | None) -> list[dci.Record]:
    """What one question found; a rejected, pending or partial answer is none."""
    if answer is None or answer.status != dci.SUCCEEDED or answer.data is None:
        raise RegistryUnavailable(registry, INCOMPLETE)
    found = answer.data.reg_records
    if answer.pagination is not None and answer.pagination.total_count > len(found):
        raise RegistryUnavailable(registry, INCOMPLETE)
    return found


def _niks(identifiers: list[dci.Identifier]) -> Iterator[str]:
    return (known.identifier_value for known in identifiers if known.identifier_type == dci.IDENTIFIER_NIK)


def _data_version(header: dci.Header) -> str:
    return str(header.meta.get(dci.DATA_VERSION, "")) if isinstance(header.meta, dict) else ""


def _record(people: list[dci.Person], other_aid: tuple[str, ...], version: str) -> RegistryRecord:
    if len(people) != 1:
        return RegistryRecord(found=False, version=version)
    person = people[0]
    more = {attribute.name: attribute.value for attribute in person.additional_attributes}
    return RegistryRecord(
        found=True,
        name=" ".join(filter(None, (person.name.given_name, person.name.second_name, person.name.surname))),
        birth_date=_date(person.birth_date),
        citizenship=str(more.get(dci.CITIZENSHIP, "")),
        occupation=person.occupation,
        in_formal_education=more.get(dci.IN_FORMAL_EDUCATION) in (True, "true"),
        other_aid=other_aid,
        version=version,
    )


def _date(text: str) -> date | None:
    """The day of an ISO 8601 date or date-time; the standard uses both."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
