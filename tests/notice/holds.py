"""Holds to be told of."""

from datetime import datetime, timedelta

from prakarsa.hold import actions as holds
from prakarsa.hold.model import Capability, Hold, NewHold, Reason, Scope
from prakarsa.kernel.db import Tx
from prakarsa.kernel.evidence import Evidence, EvidenceKind
from tests.conftest import NOW

WEEK = timedelta(days=7)
WORDS, WORDS_EN = "Syarat mitra sedang diperiksa.", "What partners must bring is being checked."
EVIDENCE = (Evidence(EvidenceKind.DOCUMENT, "ab" * 32, NOW.date()),)


def a_hold(
    tx: Tx,
    scope: Scope = Scope.PROGRAMME,
    target: str | None = None,
    *,
    name: str = "Barista untuk pemula",
    party: str = "",
    capability: Capability = Capability.SELLING,
    words: str = WORDS,
    words_en: str = WORDS_EN,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    now: datetime = NOW,
) -> Hold:
    """A hold that two people stand behind, reviewed or ended in a week."""
    new = NewHold(
        scope=scope,
        reason=Reason.COMPLIANCE_REVIEW,
        legal_basis="Permenko 11/2020 pasal 30(2)h",
        basis_version="2020-08-04",
        public_words=words,
        public_words_en=words_en,
        notice_to="Semua mitra, lewat surel",
        notice_at=now,
        starts_at=starts_at or now,
        ends_at=ends_at,
        review_at=None if ends_at else now + WEEK,
        target_code=target,
        target_name="" if scope in {Scope.PROGRAMME, Scope.PLATFORM, Scope.INSTITUTION} else name,
        capability=capability,
        evidence=EVIDENCE,
        proportionality="Tidak ada cara yang lebih ringan.",
        answer_by_at=now + WEEK,
        party=party,
    )
    return holds.place(tx, new, by="staff/1", second="staff/2", now=now)
