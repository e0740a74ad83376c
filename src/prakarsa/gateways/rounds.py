"""Rounds: verbs run to their end, one transaction per chunk. Safe to stop anywhere and to run again.

Workers, operators at the terminal and the console run the same rounds; `actor` says on whose behalf, `tell` hears
after each chunk how many more are done.
"""

from collections.abc import Callable

from prakarsa.card import actions as card
from prakarsa.catalogue import actions as catalogue
from prakarsa.certificate import actions as certificate
from prakarsa.disbursement import actions as disbursement
from prakarsa.disbursement.model import Bank, Payer, PayoutBatch, Settlement
from prakarsa.disbursement.refusals import BadBankFile, BankRefusedFile
from prakarsa.journal import actions as journal
from prakarsa.kernel.db import Tx
from prakarsa.kernel.runtime import Runtime
from prakarsa.notice import actions as notices
from prakarsa.people import actions as people
from prakarsa.programme import actions as programme
from prakarsa.programme.refusals import NoWaveYet
from prakarsa.purchase import actions as purchase
from prakarsa.purchase import cancelling
from prakarsa.selection import actions as selection
from prakarsa.selection.model import CivilRegistry

Tell = Callable[[int], None]
PAYER_NAME = "Kartu Prakerja"
"""Who pays, as it stands in files to the bank and on statements."""


def silently(_: int) -> None:
    """For rounds that nobody watches."""


def until_done(runtime: Runtime, step: Callable[[Tx], int], *, actor: str, tell: Tell = silently) -> int:
    """Run a chunked verb until a chunk does nothing; what was done in all."""
    total = 0
    while True:
        with runtime.database.transaction(actor) as tx:
            done = step(tx)
        if not done:
            return total
        total += done
        tell(done)


def screen_wave(runtime: Runtime, registry: CivilRegistry, number: int, *, actor: str, tell: Tell = silently) -> int:
    """Judge every application of a wave that is not judged yet; how many. Raises what `selection.screen` does."""
    return until_done(
        runtime,
        lambda tx: selection.screen(tx, number, registry, now=runtime.clock.now()),
        actor=actor,
        tell=tell,
    )


def issue_cards(runtime: Runtime, number: int, *, actor: str, tell: Tell = silently) -> int:
    """Move the decreed money to the wave's budgets, once, and give every selected person a card; how many cards.

    Raises WaveUnknown, NoDecree, Overdrawn.
    """
    with runtime.database.transaction(actor) as tx:
        decree = selection.decree_of(tx, number)
        if decree is not None:  # without one, issuing itself refuses
            programme.fund(
                tx,
                number,
                training_idr=decree.training_total_idr,
                incentive_idr=decree.incentive_total_idr,
                now=runtime.clock.now(),
            )
    return until_done(runtime, lambda tx: card.issue_wave(tx, number, now=runtime.clock.now()), actor=actor, tell=tell)


def announce_wave(runtime: Runtime, number: int, *, actor: str, tell: Tell = silently) -> int:
    """Tell everybody who was not selected why; how many. Raises WaveUnknown, NotDrawnYet."""
    return until_done(
        runtime, lambda tx: selection.announce(tx, number, now=runtime.clock.now()), actor=actor, tell=tell
    )


def issue_due_certificates(runtime: Runtime, *, actor: str, tell: Tell = silently) -> int:
    """Decide on every purchase whose attendance may be complete, and certify those that are; how many were decided."""
    base_url = runtime.settings.base_url
    return until_done(
        runtime, lambda tx: certificate.issue_due(tx, base_url, now=runtime.clock.now()), actor=actor, tell=tell
    )


def schedule_incentives(runtime: Runtime, *, actor: str, tell: Tell = silently) -> int:
    """Write down every incentive and every survey payment that is owed; how many people and surveys."""
    incentives = until_done(
        runtime, lambda tx: disbursement.schedule_incentives(tx, now=runtime.clock.now()), actor=actor, tell=tell
    )
    surveys = until_done(
        runtime, lambda tx: disbursement.schedule_surveys(tx, now=runtime.clock.now()), actor=actor, tell=tell
    )
    return incentives + surveys


def send_due_incentives(runtime: Runtime, bank: Bank, *, actor: str, tell: Tell = silently) -> Settlement:
    """Write what is due into files, hand every open file to the bank once, book its answers; what they changed.

    Drafting and booking are transactions of their own with the bank between them: after a crash the equal file is
    handed over again. A file the bank refuses as a whole is booked as such; its payments leave in later files.
    Raises BankUnavailable.
    """
    payer = Payer(PAYER_NAME, runtime.settings.paying_account)
    drafted = True
    while drafted:
        with runtime.database.transaction(actor) as tx:
            drafted = disbursement.draft_batch(tx, payer=payer, now=runtime.clock.now()) is not None
    asked: set[str] = set()
    changes = [Settlement(paid=0, failed=0, repeated=0, pending=0)]
    while batches := _unasked(runtime, asked, actor):
        for batch in batches:
            asked.add(batch.message_id)
            changes.append(_asked(runtime, bank, batch, actor))
            tell(len(batch.lines))
    return Settlement(
        paid=sum(change.paid for change in changes),
        failed=sum(change.failed for change in changes),
        repeated=sum(change.repeated for change in changes),
        pending=sum(change.pending for change in changes),
    )


def pay_due_incentives(runtime: Runtime, bank: Bank | None, *, actor: str) -> None:
    """Schedule what is owed and, where there is a bank, send what is due. Raises BankUnavailable."""
    schedule_incentives(runtime, actor=actor)
    if bank is not None:
        send_due_incentives(runtime, bank, actor=actor)


def revoke_overdue_cards(runtime: Runtime, *, actor: str) -> int:
    """Take back every card whose first-purchase clock has run out; how many."""
    revoked, after = 0, 0
    while True:
        with runtime.database.transaction(actor) as tx:
            taken, after = purchase.revoke_overdue(tx, now=runtime.clock.now(), after=after)
        revoked += taken
        if not after:
            return revoked


def cancel_purchases(runtime: Runtime, code: str, *, actor: str, tell: Tell = silently) -> int:
    """Cancel every purchase of a confirmed mass cancellation; how many.

    Raises CancellationUnknown, CancellationNotConfirmed.
    """
    return until_done(runtime, lambda tx: cancelling.run(tx, code, now=runtime.clock.now()), actor=actor, tell=tell)


def cancel_what_is_confirmed(runtime: Runtime, *, actor: str) -> int:
    """Run every mass cancellation that is not finished, and look once more at those finished lately; how many."""
    with runtime.database.transaction(actor) as tx:
        codes = cancelling.to_run(tx, runtime.clock.now())
    return sum(cancel_purchases(runtime, code, actor=actor) for code in codes)


def tell_those_concerned(runtime: Runtime, *, actor: str, tell: Tell = silently) -> int:
    """Tell everybody whom holds and notices of the office concern, and count what became of it; how many were told."""
    base_url = runtime.settings.base_url
    told = until_done(
        runtime,
        lambda tx: notices.announce_holds(tx, base_url=base_url, now=runtime.clock.now()),
        actor=actor,
        tell=tell,
    )
    count_for_the_public(runtime, actor=actor)
    return told


def count_for_the_public(runtime: Runtime, *, actor: str) -> None:
    """Count deliveries, and whom every hold in force concerns, so that no page has to count a nation."""
    with runtime.database.transaction(actor) as tx:
        notices.count_deliveries(tx, now=runtime.clock.now())
    with runtime.database.transaction(actor) as tx:
        notices.count_reach(tx, now=runtime.clock.now())


def end_forbidden_listings(runtime: Runtime, *, actor: str) -> int:
    """End listings on platforms that belong with the institution, whatever order they came in; how many."""

    def step(tx: Tx) -> int:
        now = runtime.clock.now()
        try:
            terms = programme.current_terms(tx, now)
        except NoWaveYet:
            return 0
        return len(catalogue.end_affiliated_listings(tx, terms, now=now))

    return until_done(runtime, step, actor=actor)


def sweep_probes(runtime: Runtime, *, actor: str) -> int:
    """Throw away walks of probes that are older than a week; how many."""
    return until_done(runtime, lambda tx: notices.sweep_probes(tx, now=runtime.clock.now()), actor=actor)


def seal_journal_entries(runtime: Runtime, *, actor: str, tell: Tell = silently) -> int:
    """Seal everything that can be sealed; how many entries."""
    return until_done(runtime, journal.seal_chunk, actor=actor, tell=tell)


def sweep_sign_ins(runtime: Runtime, *, actor: str) -> int:
    """Throw away sign-in codes and sessions that ended long ago; how many."""
    return until_done(runtime, lambda tx: people.sweep(tx, now=runtime.clock.now()), actor=actor)


def _unasked(runtime: Runtime, asked: set[str], actor: str) -> list[PayoutBatch]:
    """Open files the bank was not asked about in this round; those it was silent about longest come first."""
    with runtime.database.transaction(actor) as tx:
        return [batch for batch in disbursement.open_batches(tx) if batch.message_id not in asked]


def _asked(runtime: Runtime, bank: Bank, batch: PayoutBatch, actor: str) -> Settlement:
    """What the bank's word on one file changed; nothing is locked while it is asked."""
    try:
        answer = bank.pay(batch)
    except (BankRefusedFile, BadBankFile) as refusal:
        with runtime.database.transaction(actor) as tx:
            return disbursement.settle_refused(tx, batch.message_id, refusal, now=runtime.clock.now())
    with runtime.database.transaction(actor) as tx:
        return disbursement.settle(tx, batch.message_id, answer, now=runtime.clock.now())
