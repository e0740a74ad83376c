"""Where the programme stands, on one page."""

from prakarsa.cli.opening import one_transaction
from prakarsa.cli.output import Json, picked, reader_language, show_record, show_rows, words
from prakarsa.disbursement import actions as disbursement
from prakarsa.hold import actions as holds
from prakarsa.journal import actions as journal
from prakarsa.kernel.refusal import msg
from prakarsa.ledger import actions as ledger
from prakarsa.programme import actions as programme
from prakarsa.selection import actions as selection


def status(json: Json = False) -> None:
    """The clock, waves, accounts, payments, holds in force, messages that wait."""
    with one_transaction() as (tx, runtime):
        now = runtime.clock.now()
        waves = [
            {"number": wave.number, "phase": wave.phase(now).value, "quota": wave.quota}
            | {state.value: count for state, count in selection.counts(tx, wave.number).items()}
            for wave in programme.waves(tx)
        ]
        accounts = [
            {"kind": kind, "accounts": number, "sum_idr": sum_idr} for kind, number, sum_idr in ledger.balances(tx)
        ]
        held = [
            picked(hold, "hold_code", "scope", "target_name")
            | {"public_words": hold.public_words if json else hold.words.in_language(reader_language())}
            | picked(hold, "starts_at", "next_word_at")
            for hold in holds.in_force(tx, now)
        ]
        totals = disbursement.totals(tx)
        payouts = picked(totals, "scheduled", "sent", "paid", "paid_idr", "failed", "cancelled")
        head = {"now": now, "messages_waiting": journal.waiting(tx)}
    if json:
        lists = {"waves": waves, "accounts": accounts, "payouts": payouts, "holds": held}
        show_record(head | lists, json=True)
        return
    show_record(head, json=False)
    show_rows(waves, json=False, title=words(msg("Waves")), empty=words(msg("No wave is planned yet.")))
    show_rows(accounts, json=False, title=words(msg("Accounts")), empty=words(msg("No account is open yet.")))
    show_record(payouts, json=False, title=words(msg("Payments to people")))
    show_rows(held, json=False, title=words(msg("Holds in force")), empty=words(msg("Nothing is held.")))
