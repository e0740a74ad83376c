"""Linking the account that incentives go to, and having failed payments made again."""

from datetime import datetime

from prakarsa.disbursement import messages, rules, store
from prakarsa.disbursement.holding import linking_deadline
from prakarsa.disbursement.model import LinkedAccount
from prakarsa.disbursement.refusals import LinkingClosed, NothingToRetry, PaymentOnItsWay
from prakarsa.journal import actions as journal
from prakarsa.journal.model import Event, Message
from prakarsa.kernel import queue
from prakarsa.kernel.db import Tx
from prakarsa.people import actions as people

PAY_TASK = "pay_incentives"


def link_account(tx: Tx, person_id: int, provider: str, account_number: str, *, now: datetime) -> LinkedAccount:
    """Have a person's incentives paid to this account from now on; it takes the place of an earlier one.

    Failed payments are made again, to the account now linked: linking the same one again says that it was mended.
    The person is told, so that a stranger's hand is noticed. Raises PersonUnknown, UnknownProvider, BadAccountNumber,
    AccountShared (another person has it, or was paid on it before), PaymentOnItsWay (the bank is deciding about a
    payment to the present account), LinkingClosed (another account than the present one, after the last day). Source:
    programme-rules 9 (payout.max_linked=1; linking closes), 15 failures 11 and 14; lessons (India: 12,122 account
    numbers shared by 52,381 people).
    """
    public_id = people.person(tx, person_id).public_id
    account = rules.read_account(rules.read_provider(provider), account_number)
    kept = store.lock_account(tx, person_id)
    if on_its_way := store.sent_instruction(tx, person_id):
        raise PaymentOnItsWay(on_its_way)
    if kept is None or kept.number_index != store.account_index(tx, account):
        _require_in_time(tx, person_id, now)
        store.link_account(tx, person_id, account, now)
        facts = {"provider": account.provider.value}
        journal.record(tx, [Event("payout.account_linked", f"person/{public_id}", person_id, facts)], now=now)
        _tell_linked(tx, person_id, now)
    _make_again(tx, person_id, now)
    queue.defer(tx, PAY_TASK)
    linked = store.linked_account(tx, person_id)
    assert linked is not None
    return linked


def account_of(tx: Tx, person_id: int) -> LinkedAccount | None:
    """The person's linked account with a masked number, if there is one."""
    return store.linked_account(tx, person_id)


def retry(tx: Tx, person_id: int, *, now: datetime) -> int:
    """Make a person's failed payments again, because the account was mended or the office says so; how many.

    Raises NothingToRetry.
    """
    made_again = _make_again(tx, person_id, now)
    if not made_again:
        raise NothingToRetry
    queue.defer(tx, PAY_TASK)
    return made_again


def _require_in_time(tx: Tx, person_id: int, now: datetime) -> None:
    deadline = linking_deadline(tx, person_id, now=now)
    if deadline is not None and deadline.over(now):
        raise LinkingClosed(deadline.deadline_at)


def _make_again(tx: Tx, person_id: int, now: datetime) -> int:
    again = store.reschedule_failed(tx, person_id, now)
    journal.record(
        tx,
        [
            Event("payout.retried", f"payout/{public_id}", person_id, {"amount_idr": amount_idr})
            for public_id, amount_idr in again
        ],
        now=now,
    )
    return len(again)


def _tell_linked(tx: Tx, person_id: int, now: datetime) -> None:
    contact = people.contacts(tx, [person_id])[person_id]
    provider, account = store.masked_accounts(tx, [person_id])[person_id]
    params = {"name": contact.name, "provider": provider, "account": account}
    journal.tell(tx, [Message(person_id, "sms", messages.LINKED, contact.phone, contact.language, params)], now=now)
