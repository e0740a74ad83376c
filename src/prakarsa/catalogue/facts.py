"""What is attested about a course, and which evidence shows it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from prakarsa.catalogue.attesting_refusals import EvidenceMissing, FactUnknown
from prakarsa.catalogue.model import Value
from prakarsa.kernel import evidence as evidences
from prakarsa.kernel.evidence import Evidence, EvidenceKind
from prakarsa.kernel.refusal import msg
from prakarsa.kernel.refusals import BadField, EvidenceUnfit

OUTSIDE_PRICE = "outside_price_idr"
HIGHEST_PRICE_IDR = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Proof:
    """The kinds of evidence that show something, and the sentence that says so to whoever brought another kind."""

    kinds: frozenset[EvidenceKind]
    words: str


def _proof(words: str, *kinds: EvidenceKind) -> Proof:
    return Proof(frozenset(kinds), words)


_SEEN = (EvidenceKind.WEB_PAGE, EvidenceKind.DOCUMENT, EvidenceKind.FINDING)
_FOUND = (EvidenceKind.FINDING, EvidenceKind.DOCUMENT, EvidenceKind.JOURNAL)

PROOFS: Mapping[tuple[str, bool], Proof] = MappingProxyType(
    {
        ("has_live_session", True): _proof(
            msg("a live session is shown by a scheduled class of this course or by a document"),
            EvidenceKind.CLASS,
            EvidenceKind.DOCUMENT,
        ),
        ("has_live_session", False): _proof(
            msg("a missing live session is shown by a finding, a document or the journal"), *_FOUND
        ),
        ("free_elsewhere", True): _proof(
            msg("training that is free elsewhere is shown by the web page that offers it"), EvidenceKind.WEB_PAGE
        ),
        ("free_elsewhere", False): _proof(
            msg("that training is not free elsewhere is shown by a web page, a document or a finding"), *_SEEN
        ),
        (OUTSIDE_PRICE, True): _proof(
            msg("a price elsewhere is shown by a price seen on a web page, with the day it was seen"),
            EvidenceKind.OUTSIDE_PRICE,
        ),
        (OUTSIDE_PRICE, False): _proof(
            msg("that nobody else sells the same training is shown by a web page, a document or a finding"), *_SEEN
        ),
        ("is_bundle", True): _proof(msg("a bundle is shown by a web page, a document or a finding"), *_SEEN),
        ("is_bundle", False): _proof(msg("a single course is shown by a web page, a document or a finding"), *_SEEN),
        ("tracks_completion", True): _proof(
            msg("that completion is recorded is shown by a document, a finding or the journal"), *_FOUND
        ),
        ("tracks_completion", False): _proof(
            msg("that completion is not recorded is shown by a document, a finding or the journal"), *_FOUND
        ),
        ("has_curriculum", True): _proof(
            msg("curriculum, syllabus and lesson plan are shown by the document itself"), EvidenceKind.DOCUMENT
        ),
        ("has_curriculum", False): _proof(
            msg("a missing curriculum is shown by a finding or a document"),
            EvidenceKind.FINDING,
            EvidenceKind.DOCUMENT,
        ),
        ("has_evaluation", True): _proof(
            msg("an evaluation of learning is shown by a document or a finding"),
            EvidenceKind.DOCUMENT,
            EvidenceKind.FINDING,
        ),
        ("has_evaluation", False): _proof(
            msg("a missing evaluation of learning is shown by a finding or a document"),
            EvidenceKind.FINDING,
            EvidenceKind.DOCUMENT,
        ),
        ("has_presence_log", True): _proof(
            msg("that attendance or progress is recorded is shown by a document, a finding or the journal"), *_FOUND
        ),
        ("has_presence_log", False): _proof(
            msg("that attendance or progress is not recorded is shown by a document, a finding or the journal"),
            *_FOUND,
        ),
        ("expert_assessed", True): _proof(
            msg("an assessment by experts is shown by their scores, named as findings"), EvidenceKind.FINDING
        ),
        ("expert_assessed", False): _proof(
            msg("that no expert has assessed it is shown by a finding or the journal"),
            EvidenceKind.FINDING,
            EvidenceKind.JOURNAL,
        ),
    }
)
"""What shows each fact, and what shows its contrary. An outside price is there (True) or not (False)."""

FACTS = tuple(dict.fromkeys(fact for fact, _ in PROOFS))


def check(course_code: str, fact: str, value: Value, evidence: Sequence[Evidence], today: date) -> None:
    """Whether this evidence shows that fact. Raises FactUnknown, BadField, EvidenceMissing, EvidenceUnfit.

    Source: Permenko 11/2020 art. 29(3)-(6), 30(2)d and g, 32(4) (programme-rules 6.1).
    """
    if fact not in FACTS:
        raise FactUnknown(fact)
    _check_value(fact, value)
    proof = PROOFS[fact, value is not None if fact == OUTSIDE_PRICE else bool(value)]
    if not evidence:
        raise EvidenceMissing(course_code, fact, proof.words)
    for piece in evidence:
        if piece.kind not in proof.kinds:
            raise EvidenceUnfit(piece.kind, proof.words)
        evidences.check(piece, accepted=proof.kinds, today=today)
    if fact == OUTSIDE_PRICE and value is not None and all(piece.price_idr != value for piece in evidence):
        raise EvidenceUnfit(EvidenceKind.OUTSIDE_PRICE, msg("the price that was seen is not the price attested"))


def _check_value(fact: str, value: Value) -> None:
    if fact != OUTSIDE_PRICE:
        if not isinstance(value, bool):
            raise BadField("value", msg("it is either true or false"))
    elif isinstance(value, bool) or (value is not None and not 0 <= value <= HIGHEST_PRICE_IDR):
        raise BadField("value", msg("it is a price in whole rupiah, or nothing"))
