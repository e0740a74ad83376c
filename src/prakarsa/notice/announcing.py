"""Telling those whom a hold concerns, and spreading words of the office: in chunks, each person once per notice."""

from datetime import datetime

from prakarsa.hold.model import Capability, Scope
from prakarsa.journal import actions as journal
from prakarsa.journal.model import Event, Facts, Message
from prakarsa.kernel.db import Tx
from prakarsa.notice import messages, rules, store
from prakarsa.notice.model import HeldThing, NoticeKind, OpenNotice
from prakarsa.partner import actions as partner
from prakarsa.people import actions as people
from prakarsa.people.model import Contact

CHUNK = 2_000
BY = "system/notices"
EMAIL, SMS = "email", "sms"
INDONESIAN = "id"


def announce_holds(tx: Tx, *, base_url: str, now: datetime, chunk: int = CHUNK) -> int:
    """Tell the next of those whom holds and notices of the office concern; 0 when nobody is left for now.

    Run until it returns 0. Safe to stop anywhere, to run again and to run beside itself: recipients and messages are
    written in one transaction, and nobody gets the same notice twice. A hold placed goes on telling those it comes to
    concern; a review and the end are told to those who were told of the beginning. People read their own language, by
    e-mail unless the notice is urgent; `base_url` begins the links in it.
    """
    opened = store.open_due(tx, BY, now, now - rules.PRIVATE_NOT_LATER)
    journal.record(tx, [Event("notice.sent", f"notice/{code}", facts={"kind": kind}) for code, kind in opened], now=now)
    notice = store.claim(tx, now - rules.SWEEP_AGAIN)
    if notice is None:
        return len(opened)
    hold = store.hold_of(tx, notice.notice_id)
    told = _tell_partners(tx, notice, hold, base_url, now, chunk) or _tell_people(
        tx, notice, hold, base_url, now, chunk
    )
    if not told:
        store.finish_sweep(tx, notice.notice_id, now, closed=rules.closes_after_sweep(notice))
    return len(opened) + max(told, 1)  # an empty sweep still asks for another look at what else waits


def _tell_people(tx: Tx, notice: OpenNotice, hold: HeldThing | None, base_url: str, now: datetime, chunk: int) -> int:
    audience = rules.audience_of(notice, hold)
    if audience is None:
        return 0
    scope, target = (hold.scope, hold.target_code) if hold else (notice.audience, notice.audience_code)
    page = store.concerned(tx, audience, notice, scope, target, chunk)
    if not page:
        return 0
    contacts = people.contacts(tx, [one.person_id for one in page])
    letters = [_letter(notice, hold, contacts[one.person_id], base_url) for one in page]
    message_ids = journal.tell_followed(tx, letters, now=now)
    store.insert_people(tx, notice.notice_id, [one.person_id for one in page], message_ids)
    store.advance(tx, notice.notice_id, page[-1].place, now)
    return len(page)


def _tell_partners(tx: Tx, notice: OpenNotice, hold: HeldThing | None, base_url: str, now: datetime, chunk: int) -> int:
    concerned = rules.partners_of(notice, hold)
    if concerned is None or notice.reached_id:  # partners come before people
        return 0
    page = store.partners_concerned(tx, notice, concerned, hold.target_code if hold else None, chunk)
    contacts = partner.contacts_of(tx, [one.client_code for one in page])
    reachable = [one for one in page if one.client_code in contacts]
    letters = []
    for one in reachable:
        contact = contacts[one.client_code]
        template = messages.to_partners(NoticeKind(notice.kind)) if hold else messages.OFFICE
        params = {"name": one.name, **_told(notice, hold, contact.language, f"{base_url}/status")}
        letters.append(Message(None, EMAIL, template, contact.email, contact.language, params))
    ids = dict(zip((one.partner_id for one in reachable), journal.tell_followed(tx, letters, now=now), strict=True))
    store.insert_partners(tx, notice.notice_id, [(one.partner_id, ids.get(one.partner_id)) for one in page])
    if page:
        store.advance(tx, notice.notice_id, notice.reached_id, now)
    return len(page)


def _letter(notice: OpenNotice, hold: HeldThing | None, contact: Contact, base_url: str) -> Message:
    """The words of a notice to one person."""
    channel, address = (SMS, contact.phone) if notice.urgent else (EMAIL, contact.email)
    template = messages.OFFICE
    link = f"{base_url}/status"
    if hold is not None:
        kind = NoticeKind(notice.kind)
        template = messages.to_people(kind, Scope(hold.scope), Capability(hold.capability))
        link = f"{base_url}/card" if kind is NoticeKind.HOLD_OVER else link
    params = {"name": contact.name, **_told(notice, hold, contact.language, link)}
    return Message(contact.person_id, channel, template, address, contact.language, params, urgent=notice.urgent)


def _told(notice: OpenNotice, hold: HeldThing | None, language: str, link: str) -> Facts:
    """The facts of a notice, its words in the reader's language."""
    indonesian = language == INDONESIAN
    if hold is None:
        return {
            "notice_code": notice.notice_code,
            "title": notice.title if indonesian else notice.title_en,
            "words": notice.words if indonesian else notice.words_en,
        }
    words = hold.public_words if indonesian else hold.public_words_en or hold.public_words
    if notice.kind == NoticeKind.HOLD_REVIEWED:
        words = hold.review_words or words
    elif notice.kind == NoticeKind.HOLD_OVER:
        words = hold.lift_reason or ""
    return {
        "hold_code": hold.hold_code,
        "target_name": hold.target_name,
        "capability": messages.CAPABILITY_WORDS[Capability(hold.capability)],
        "words": words,
        "legal_basis": hold.legal_basis,
        "starts_at": hold.starts_at,
        "over_at": hold.over_at,
        "next_word_at": hold.next_word_at,
        "link": link,
    }
