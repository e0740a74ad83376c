"""What holds tell those they hit."""

from prakarsa.hold.hearing_model import Outcome
from prakarsa.journal.model import Template
from prakarsa.kernel.refusal import msg

ON_YOU = Template(
    "hold.on_you",
    msg(
        "{name}, your card or account is on hold since {since_at}: {public_words} "
        "Deadlines it keeps you from are paused. The reason and the way to appeal are in your account, "
        "reference {hold_code}."
    ),
    subject=msg("Your card or account is on hold"),
)
OVER_FOR_YOU = Template(
    "hold.over_for_you",
    msg("{name}, the hold {hold_code} is over: {lift_reason} Paused deadlines run again, moved by the time lost."),
    subject=msg("The hold is over"),
)
APPEAL_DECIDED = Template(
    "hold.appeal_decided",
    msg("{name}, your appeal {statement_code} against the hold {hold_code} is decided: {outcome}. {decision_words}"),
    subject=msg("Your appeal is decided"),
)

OUTCOME_WORDS = {
    Outcome.UPHELD: msg("you were right, the hold is lifted"),
    Outcome.DISMISSED: msg("the hold stays"),
}
