"""Every way a hold says no, and every way placing one is refused."""

from dataclasses import dataclass
from datetime import datetime

from prakarsa.kernel.refusal import ClockEffect, Kind, Refusal, msg
from prakarsa.kernel.words import TwoWords


@dataclass(eq=False)
class SellingHeld(Refusal):
    """Buying is on hold for the whole programme."""

    hold_code: str
    public_words: TwoWords
    legal_basis: str
    since_at: datetime
    next_word_at: datetime

    code = "hold.selling_held"
    kind = Kind.CONFLICT
    title = msg("Buying is on hold for everyone since {since_at}: {public_words}")
    next_step = msg(
        "It is not you, your card or the platform, and you need not do anything. "
        "You will hear more by {next_word_at}. Reference: {hold_code}."
    )
    clock = ClockEffect.PAUSED


@dataclass(eq=False)
class OfferHeld(Refusal):
    """One platform, institution, course or class may not sell at the moment."""

    hold_code: str
    scope: str
    target_name: str
    public_words: TwoWords
    legal_basis: str
    since_at: datetime
    next_word_at: datetime

    code = "hold.offer_held"
    kind = Kind.CONFLICT
    title = msg("{target_name} is on hold since {since_at}: {public_words}")
    next_step = msg(
        "You can buy another course or use another platform today, or wait for news by {next_word_at}. "
        "Reference: {hold_code}."
    )
    clock = ClockEffect.PAUSED
    clock_words = msg("Your deadline is paused from your first try to buy it until this is over.")


@dataclass(eq=False)
class CardHeld(Refusal):
    """One card may not buy at the moment. Only its owner is told why."""

    hold_code: str
    public_words: TwoWords
    legal_basis: str
    since_at: datetime
    next_word_at: datetime

    code = "hold.card_held"
    kind = Kind.CONFLICT
    title = msg("Your card is on hold since {since_at}: {public_words}")
    next_step = msg(
        "The owner of the card finds the reason and the way to appeal in their account. Reference: {hold_code}."
    )
    clock = ClockEffect.PAUSED
    partner_title = msg("This card cannot buy at the moment")


@dataclass(eq=False)
class PersonHeld(Refusal):
    """One person may not buy at the moment. Only they are told why."""

    hold_code: str
    public_words: TwoWords
    legal_basis: str
    since_at: datetime
    next_word_at: datetime

    code = "hold.person_held"
    kind = Kind.CONFLICT
    title = msg("Your account is on hold since {since_at}: {public_words}")
    next_step = msg(
        "The owner of the card finds the reason and the way to appeal in their account. Reference: {hold_code}."
    )
    clock = ClockEffect.PAUSED
    partner_title = msg("This card cannot buy at the moment")


@dataclass(eq=False)
class RedeemingHeld(Refusal):
    """Nobody can take part in these classes at the moment."""

    hold_code: str
    scope: str
    target_name: str
    public_words: TwoWords
    legal_basis: str
    since_at: datetime
    next_word_at: datetime

    code = "hold.redeeming_held"
    kind = Kind.CONFLICT
    title = msg("Taking part is on hold since {since_at} ({target_name}): {public_words}")
    next_step = msg(
        "What was bought and what was attended stay as they are. You will hear more by {next_word_at}. "
        "Reference: {hold_code}."
    )
    clock = ClockEffect.PAUSED


@dataclass(eq=False)
class OwnRedeemingHeld(Refusal):
    """One card or person may not take part in classes at the moment. Only the person is told why."""

    hold_code: str
    public_words: TwoWords
    legal_basis: str
    since_at: datetime
    next_word_at: datetime

    code = "hold.own_redeeming_held"
    kind = Kind.CONFLICT
    title = msg("You cannot take part in classes since {since_at}: {public_words}")
    next_step = msg(
        "The owner of the card finds the reason and the way to appeal in their account. Reference: {hold_code}."
    )
    clock = ClockEffect.PAUSED
    partner_title = msg("This person cannot take part at the moment")


@dataclass(eq=False)
class PayoutHeld(Refusal):
    """Incentives are not paid at the moment."""

    hold_code: str
    scope: str
    target_name: str
    public_words: TwoWords
    legal_basis: str
    since_at: datetime
    next_word_at: datetime

    code = "hold.payout_held"
    kind = Kind.CONFLICT
    title = msg("Payments are on hold since {since_at} ({target_name}): {public_words}")
    next_step = msg(
        "What you have earned stays yours and is paid when this is over. You will hear more by {next_word_at}. "
        "Reference: {hold_code}."
    )
    clock = ClockEffect.PAUSED
    partner_title = msg("Payments to this person are on hold")


@dataclass(eq=False)
class HoldIncomplete(Refusal):
    """Something that due process demands is missing."""

    field: str
    problem: str

    code = "hold.incomplete"
    kind = Kind.INVALID
    title = msg("The hold cannot be placed: {field} {problem}")
    next_step = msg(
        "A hold needs a reason, a legal basis and its version, evidence, proportion, public words, notice, time to "
        "answer, a start, and an end or a review date."
    )


@dataclass(eq=False)
class HoldUnknown(Refusal):
    """There is no hold with this code."""

    hold_code: str

    code = "hold.unknown"
    kind = Kind.MISSING
    title = msg("There is no hold {hold_code}")
    next_step = msg("Look at the list of holds for the right code.")


@dataclass(eq=False)
class HoldOver(Refusal):
    """The hold has ended already."""

    hold_code: str
    over_at: datetime

    code = "hold.over"
    kind = Kind.CONFLICT
    title = msg("The hold {hold_code} ended at {over_at}")
    next_step = msg("Nothing needs to be done.")


@dataclass(eq=False)
class TargetUnknown(Refusal):
    """The thing to be held does not exist."""

    scope: str
    target_code: str

    code = "hold.target_unknown"
    kind = Kind.MISSING
    title = msg("There is no {scope} with the code {target_code}")
    next_step = msg("Check the code for a typing mistake.")


@dataclass(eq=False)
class ProposalUnknown(Refusal):
    """There is no proposal with this code."""

    proposal_code: str

    code = "hold.proposal_unknown"
    kind = Kind.MISSING
    title = msg("There is no proposed hold {proposal_code}")
    next_step = msg("Look at the list of holds that wait for a second person.")


@dataclass(eq=False)
class ProposalDecided(Refusal):
    """Somebody has confirmed or rejected it already."""

    proposal_code: str
    decided_at: datetime

    code = "hold.proposal_decided"
    kind = Kind.CONFLICT
    title = msg("The proposed hold {proposal_code} was decided at {decided_at}")
    next_step = msg("Look at the list of holds for what became of it.")


@dataclass(eq=False)
class NotTheirHold(Refusal):
    """Somebody speaks who is not hit by the hold."""

    hold_code: str

    code = "hold.not_theirs"
    kind = Kind.FORBIDDEN
    title = msg("The hold {hold_code} is not directed at whoever speaks here")
    next_step = msg("Only those whom a hold is directed at can answer or appeal; anybody else can ask a question.")


@dataclass(eq=False)
class NoTimeToAnswer(Refusal):
    """The hold was placed without a time to answer."""

    hold_code: str

    code = "hold.no_time_to_answer"
    kind = Kind.CONFLICT
    title = msg("The hold {hold_code} gave no time to answer")
    next_step = msg("Appeal instead: an appeal is possible for as long as the hold lasts.")


@dataclass(eq=False)
class AnswerTooLate(Refusal):
    """The time to answer is over."""

    hold_code: str
    answer_by_at: datetime

    code = "hold.answer_too_late"
    kind = Kind.CONFLICT
    title = msg("The time to answer the hold {hold_code} ended at {answer_by_at}")
    next_step = msg("Appeal instead: an appeal is possible for as long as the hold lasts.")


@dataclass(eq=False)
class AppealOpen(Refusal):
    """An appeal of the same party is not decided yet."""

    hold_code: str
    statement_code: str
    due_at: datetime

    code = "hold.appeal_open"
    kind = Kind.CONFLICT
    title = msg("The appeal {statement_code} against the hold {hold_code} is not decided yet")
    next_step = msg("Wait for its decision, due by {due_at}.")


@dataclass(eq=False)
class AppealUnknown(Refusal):
    """There is no appeal with this code."""

    statement_code: str

    code = "hold.appeal_unknown"
    kind = Kind.MISSING
    title = msg("There is no appeal {statement_code}")
    next_step = msg("Look at the list of open appeals for the right code.")


@dataclass(eq=False)
class AppealDecided(Refusal):
    """The appeal was decided before."""

    statement_code: str
    decided_at: datetime

    code = "hold.appeal_decided"
    kind = Kind.CONFLICT
    title = msg("The appeal {statement_code} was decided at {decided_at}")
    next_step = msg("Nothing needs to be done.")
