"""Verbs of the certificate room: issue what is complete, show it to anyone, print it, withdraw it."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction

from prakarsa.attendance import actions as attendance
from prakarsa.attendance.model import Finished
from prakarsa.certificate import badge, messages, rules, store
from prakarsa.certificate.badge import BadgeFacts, SigningKey
from prakarsa.certificate.model import Background, Certificate, Facts, Fresh
from prakarsa.certificate.refusals import (
    BadCertificateNumber,
    CertificateRevoked,
    CertificateUnknown,
    RevocationNeedsReason,
)
from prakarsa.journal import actions as journal
from prakarsa.journal.model import Event, Message, Template
from prakarsa.kernel.clock import JAKARTA
from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusal import msg
from prakarsa.kernel.words import say
from prakarsa.people import actions as people
from prakarsa.programme import actions as programme
from prakarsa.purchase import actions as purchases
from prakarsa.purchase.model import Purchase

CRITERIA = msg("Attended at least {percent}% of {meetings} meeting(s) and the final test.")
EVIDENCE = msg("Attended {attended} of {meetings} meeting(s) and the final test.")
BADGE_LANGUAGE = "id"


def issue_due(tx: Tx, base_url: str, *, now: datetime, chunk: int = 200) -> int:
    """Decide on up to `chunk` purchases whose post-test is attended; how many were decided. Run until it returns 0.

    Those complete by the attendance policy of their wave (programme-rules 7.3) are completed, which pays the partners;
    each gets one certificate, and the person an e-mail with its public link. A purchase that lacks meetings is left
    until more is attended. Any number of workers may run at once: each purchase is with one of them, and one
    certificate per purchase is a constraint. `base_url` is the programme's public address; keys belong to it.
    """
    finished = {each.purchase_id: each for each in attendance.take_finished(tx, chunk)}
    if not finished:
        return 0
    known = store.background(tx, list(finished))
    percents = _required_percents(tx, known, now)
    complete = [each.purchase_id for each in finished.values() if _is_complete(each, percents[each.purchase_id])]
    done = purchases.complete(tx, complete, now=now) if complete else []
    if done:
        key = store.signing_key(tx, base_url.rstrip("/"), now)
        fresh = [
            _certificate(
                each, finished[each.purchase_id], known[each.purchase_id], percents[each.purchase_id], key, now
            )
            for each in done
        ]
        store.insert_certificates(tx, fresh, key.key_id, now)
        _record_and_tell(tx, done, fresh, key, now)
    return len(finished)


def certificate(tx: Tx, number: str) -> Certificate:
    """The certificate with this number, however it was typed, withdrawn or not.

    Raises BadCertificateNumber, CertificateUnknown.
    """
    canonical = rules.canonical_number(number)
    if canonical is None:
        raise BadCertificateNumber
    found = store.certificate(tx, canonical)
    if found is None:
        raise CertificateUnknown(canonical)
    return found


def my_certificates(tx: Tx, person_id: int) -> list[Certificate]:
    """A person's certificates, newest first."""
    return store.of_person(tx, person_id)


def paper_of(tx: Tx, number: str, language: str) -> bytes:
    """The certificate as a PDF, `language` ("id" or "en") leading.

    Raises BadCertificateNumber, CertificateUnknown, CertificateRevoked.
    """
    from prakarsa.certificate import paper  # drawing libraries take half a second, and little else needs them

    found = certificate(tx, number)
    if found.revoked_at is not None:
        raise CertificateRevoked(found.number, found.revoked_at, found.revoke_reason or "")
    facts = found.facts
    return paper.paper(
        paper.PaperFacts(
            number=found.number,
            programme_name=facts.programme_name,
            person_name=facts.person_name,
            course_code=facts.course_code,
            course_title=facts.course_title,
            hours=facts.hours,
            institution_name=facts.institution_name,
            completed_on=facts.completed_at.astimezone(JAKARTA).date(),
            issued_at=found.issued_at,
        ),
        found.verification_url,
        language=language,
    )


def jwks(tx: Tx) -> dict[str, list[dict[str, str]]]:
    """The public keys of all certificates as a JWK Set (RFC 7517), retired ones included."""
    return badge.jwk_set(store.signing_keys(tx))


def public_key(tx: Tx, key_id: str) -> dict[str, str] | None:
    """One public key as a bare JWK, by its full id: the answer at the address that is the id."""
    return next((badge.public_jwk(key) for key in store.signing_keys(tx) if key.key_id == key_id), None)


def issuer(tx: Tx, base_url: str, *, now: datetime) -> dict[str, object]:
    """The issuer's profile at this public address (Open Badges 3.0)."""
    key = store.signing_key(tx, base_url.rstrip("/"), now)
    return badge.issuer_profile(key, store.programme_name(tx) or "")


def revoke(tx: Tx, number: str, reason: str, *, now: datetime) -> Certificate:
    """Withdraw a certificate for a reason that anybody may read; its owner is told.

    Raises BadCertificateNumber, CertificateUnknown, CertificateRevoked, RevocationNeedsReason.
    """
    reason = " ".join(reason.split())
    if not reason or not reason.isprintable():
        raise RevocationNeedsReason
    found = certificate(tx, number)
    if not store.revoke(tx, found.number, reason, now):
        found = certificate(tx, found.number)
        raise CertificateRevoked(found.number, found.revoked_at or now, found.revoke_reason or "")
    event = Event("certificate.revoked", f"certificate/{found.number}", found.person_id, {"reason": reason})
    journal.record(tx, [event], now=now)
    facts = {"number": found.number, "course_title": found.facts.course_title, "reason": reason}
    _tell(tx, messages.REVOKED, [(found.person_id, facts)], now)
    return certificate(tx, found.number)


def _required_percents(tx: Tx, known: Mapping[int, Background], now: datetime) -> dict[int, int]:
    """The share of meetings that must be attended, by purchase."""
    numbers = {each.wave_number for each in known.values()}
    by_wave = {number: programme.terms(tx, number, now).attendance_min_percent for number in numbers}
    return {purchase_id: by_wave[each.wave_number] for purchase_id, each in known.items()}


def _is_complete(finished: Finished, percent: int) -> bool:
    required = rules.RequiredSequences(finished.meetings)
    return rules.is_complete(required, finished.attended, min_ratio=Fraction(percent, 100))


def _certificate(
    purchase: Purchase, finished: Finished, known: Background, percent: int, key: SigningKey, now: datetime
) -> Fresh:
    number = rules.certificate_number(now.astimezone(JAKARTA).year, secrets.randbits(rules.RANDOM_BITS))
    facts = Facts(
        programme_name=known.programme_name,
        person_name=purchase.person_name,
        course_code=purchase.course_code,
        course_title=purchase.course_title,
        hours=purchase.course_hours,
        institution_name=purchase.institution_name,
        completed_at=finished.last_attended_at,
    )
    meetings = len(finished.attended & set(range(1, finished.meetings + 1)))
    credential = badge.issue(
        BadgeFacts(
            number=number,
            programme_name=facts.programme_name,
            person_name=facts.person_name,
            person_public_id=known.person_public_id,
            course_code=facts.course_code,
            course_title=facts.course_title,
            course_description=known.course_description,
            hours=facts.hours,
            criteria=say(CRITERIA, BADGE_LANGUAGE, percent=percent, meetings=finished.meetings),
            institution_code=purchase.institution_code,
            institution_name=facts.institution_name,
            completed_at=facts.completed_at,
            evidence=say(EVIDENCE, BADGE_LANGUAGE, attended=meetings, meetings=finished.meetings),
            language=BADGE_LANGUAGE,
        ),
        key,
        now=now,
    )
    return Fresh(number, purchase.purchase_id, purchase.person_id, facts, credential)


def _record_and_tell(tx: Tx, done: Sequence[Purchase], fresh: Sequence[Fresh], key: SigningKey, now: datetime) -> None:
    journal.record(
        tx,
        [
            Event(
                "certificate.issued",
                f"certificate/{each.number}",
                each.person_id,
                {"transaction_code": purchase.transaction_code, "course_title": purchase.course_title},
            )
            for purchase, each in zip(done, fresh, strict=True)
        ],
        now=now,
    )
    told = [
        (
            each.person_id,
            {
                "number": each.number,
                "course_title": each.facts.course_title,
                "url": badge.verification_url(key.base_url, each.number),
            },
        )
        for each in fresh
    ]
    _tell(tx, messages.ISSUED, told, now)


def _tell(tx: Tx, template: Template, told: Sequence[tuple[int, dict[str, str]]], now: datetime) -> None:
    """One e-mail for each person and their own facts."""
    contacts = people.contacts(tx, [person_id for person_id, _ in told])
    journal.tell(
        tx,
        [
            Message(
                person_id,
                "email",
                template,
                contacts[person_id].email,
                contacts[person_id].language,
                {"name": contacts[person_id].name, **own},
            )
            for person_id, own in told
        ],
        now=now,
    )
