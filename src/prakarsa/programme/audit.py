"""What must always be true of policy and waves (design, Invariants)."""

from prakarsa.journal.audit import recorded
from prakarsa.kernel.audit import Invariant, Problem, stated
from prakarsa.kernel.clock import JAKARTA
from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusal import msg
from prakarsa.programme import rules, store
from prakarsa.programme.refusals import PolicyGap


def _without_terms(tx: Tx) -> list[Problem]:
    problems = []
    for wave in store.waves(tx):
        day = wave.opens_at.astimezone(JAKARTA).date()
        try:
            rules.terms_in_force(rules.known(store.parameters(tx, wave.scheme), wave.opens_at), wave.number, day)
        except PolicyGap as gap:
            problems.append(Problem(f"wave/{wave.number}", {"name": gap.name}))
    return problems


INVARIANTS = (
    recorded(
        msg("Every wave and its money, and every change of policy, is in the journal"),
        store.sql["audit_states"],
        "wave.planned",
        "wave.funded",
        "policy.proposed",
        "policy.approved",
        "policy.withdrawn",
        "policy.revocation_proposed",
        "policy.revoked",
    ),
    stated(
        msg("Two people answer for every scheme and every change of policy"),
        msg("written by {author}, approved by {approver}"),
        store.sql["audit_two_people"],
    ),
    Invariant(
        msg("Every wave has complete terms on the day it opens"),
        msg("no value of {name}"),
        _without_terms,
    ),
)
