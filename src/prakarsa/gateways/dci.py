"""The messages of the DCI registry interface 1.0.0 (SPDCI), as far as we speak it: shared by client and simulator.

Civil registry: POST /registry/sync/search. Integrated beneficiary registry: POST /registry/sync/enrolled. Reading is
lenient as the standard asks: unknown fields are passed over. The envelope's signature is optional there and not used
here; the connection is authenticated by a bearer token.
"""

from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar

import msgspec

VERSION = "1.0.0"
SEARCH_PATH = "/registry/sync/search"
ENROLLED_PATH = "/registry/sync/enrolled"

IDENTIFIER_NIK = "NIK"
IDENTIFIER_FAMILY_CARD = "KK"
BY_IDENTIFIER = "idtype-value"
BY_EXPRESSION = "expression"
PERSON_IDENTIFIER = "person_identifier"

CITIZENSHIP = "citizenship"  # ISO 3166-1 alpha-2
IN_FORMAL_EDUCATION = "in_formal_education"
DATA_VERSION = "data_version"  # in the header's meta: which state of the registry answered
ACTIVE = "Active"

SUCCEEDED = "succ"
REJECTED = "rjct"
BAD_CRITERIA = "rjct.search_criteria.invalid"
DUPLICATE_REFERENCE = "rjct.reference_id.duplicate"

Record = TypeVar("Record")
Code = Annotated[str, msgspec.Meta(min_length=1, max_length=99)]


class Header(msgspec.Struct, omit_defaults=True, kw_only=True):
    """Who sends what; answers carry a status too."""

    message_id: str
    message_ts: datetime
    action: str
    sender_id: str = ""
    total_count: int
    version: str = VERSION
    receiver_id: str = ""
    status: str = ""
    completed_count: int | None = None
    meta: dict[str, Any] | str | None = None


class SearchCriteria(msgspec.Struct, omit_defaults=True, kw_only=True):
    """What is looked for; the build of `query` depends on `query_type`."""

    query_type: str
    query: Any
    reg_type: str = ""
    response_entity: str = ""


class SearchItem(msgspec.Struct, omit_defaults=True, kw_only=True):
    """One question of a batch."""

    reference_id: Code
    timestamp: datetime
    search_criteria: SearchCriteria


class SearchMessage(msgspec.Struct, kw_only=True):
    """A batch of questions to the civil registry."""

    transaction_id: Code
    search_request: list[SearchItem]


class SearchRequest(msgspec.Struct, kw_only=True):
    """The whole question to the civil registry."""

    header: Header
    message: SearchMessage


class EnrolledMessage(msgspec.Struct, kw_only=True):
    """One question to the beneficiary registry, which may name many people."""

    transaction_id: Code
    enrolled_criteria: SearchCriteria


class EnrolledRequest(msgspec.Struct, kw_only=True):
    """The whole question to the beneficiary registry."""

    header: Header
    message: EnrolledMessage


class Identifier(msgspec.Struct, kw_only=True):
    """One number somebody is known by."""

    identifier_type: str
    identifier_value: str


class Name(msgspec.Struct, omit_defaults=True, kw_only=True):
    """A name; Indonesian names stand whole in `given_name`."""

    given_name: str = ""
    second_name: str = ""
    surname: str = ""


class NamedValue(msgspec.Struct, kw_only=True):
    """What a registry knows beyond the standard's fields (AttributeNameValue)."""

    name: str
    value: str | bool


class Person(msgspec.Struct, omit_defaults=True, kw_only=True):
    """A person of the civil registry (CRVS_Person)."""

    type_: str = msgspec.field(name="@type", default="")
    identifier: list[Identifier]
    name: Name
    sex: str = ""
    birth_date: str = ""
    occupation: str = ""
    additional_attributes: list[NamedValue] = []


class Programme(msgspec.Struct, kw_only=True):
    """A programme somebody is enrolled in."""

    programme_identifier: str
    programme_name: str = ""


class Enrolment(msgspec.Struct, omit_defaults=True, kw_only=True):
    """Being enrolled in a programme."""

    programme: Programme
    enrolment_status: str = ""


class Member(msgspec.Struct, kw_only=True):
    """Who is enrolled."""

    member_identifier: list[Identifier]


class Beneficiary(msgspec.Struct, omit_defaults=True, kw_only=True):
    """One person in one programme (Beneficiary)."""

    type_: str = msgspec.field(name="@type", default="")
    member: Member
    programme_identifier: Enrolment


class Records(msgspec.Struct, Generic[Record], omit_defaults=True, kw_only=True):
    """What was found."""

    version: str = ""
    reg_type: str = ""
    reg_record_type: str = ""
    reg_records: list[Record]


class Pagination(msgspec.Struct, kw_only=True):
    """Which part of what was found is here."""

    page_size: int
    page_number: int
    total_count: int


class Answer(msgspec.Struct, Generic[Record], omit_defaults=True, kw_only=True):
    """The answer to one question of a batch."""

    reference_id: str
    timestamp: datetime
    status: str
    status_reason_code: str = ""
    status_reason_message: str = ""
    data: Records[Record] | None = None
    pagination: Pagination | None = None


class AnswerMessage(msgspec.Struct, Generic[Record], kw_only=True):
    """The answers to a batch."""

    transaction_id: str
    correlation_id: str
    search_response: list[Answer[Record]]


class Response(msgspec.Struct, Generic[Record], kw_only=True):
    """The whole answer of a registry."""

    header: Header
    message: AnswerMessage[Record]
