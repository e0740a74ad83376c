"""Holds: place with due process, two people for wide ones; review, hear and decide; lift, list, look."""

from typing import Annotated

import typer

from prakarsa.cli import holding
from prakarsa.cli.arguments import When, moment_option
from prakarsa.cli.opening import named, one_transaction, operator
from prakarsa.cli.output import Json, lines, show_record, show_rows, words
from prakarsa.hold import actions as holds
from prakarsa.hold.hearing_model import Outcome
from prakarsa.hold.model import REASON_WORDS, Capability, Reason, Scope
from prakarsa.hold.rules import needs_two
from prakarsa.kernel.evidence import read as read_evidence
from prakarsa.kernel.refusal import msg
from prakarsa.kernel.words import LANGUAGES, say

group = typer.Typer(help="Suspensions with a reason, a legal basis, an end and an appeal.", no_args_is_help=True)

HoldCode = Annotated[str, typer.Argument(metavar="CODE", help="Code of the hold.")]
ProposalCode = Annotated[str, typer.Argument(metavar="PROPOSAL", help="Code of the proposed hold.")]
EvidenceOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="KIND:REFERENCE@DAY",
        help="A piece of evidence, such as finding:FND-7@2020-08-15; give it again for each piece. Kinds: web_page, "
        "outside_price (…@2020-08-15=250000), document (its SHA-256), class, finding, journal.",
    ),
]
PartyOption = Annotated[str, typer.Option(help="Client code of the partner, or the public id of the person.")]
ScopeOption = Annotated[Scope, typer.Option(help="How far it reaches.")]
CapabilityOption = Annotated[Capability, typer.Option(help="What is suspended.")]
ReasonOption = Annotated[Reason, typer.Option(help="Why, from the published list.")]
TargetOption = Annotated[
    str | None,
    typer.Option(
        help="Client code, course code, class code, public id of a person, number or id of a card; none for the "
        "programme. A card number is never shown again."
    ),
]
BasisOption = Annotated[str, typer.Option(help="The provision that allows it.")]
VersionOption = Annotated[str, typer.Option(help="As of which day or amendment that provision was read.")]
WordsOption = Annotated[str, typer.Option(help="What everybody it hurts is told, in Indonesian.")]
EnglishOption = Annotated[str, typer.Option(help="The same in English.")]
ProportionOption = Annotated[str, typer.Option(help="Why nothing smaller would do.")]
NoticeOption = Annotated[str, typer.Option(help="Who was given notice, and how.")]
NoticeAt = Annotated[When | None, moment_option("When notice was given; now, unless given.")]
AnswerBy = Annotated[When | None, moment_option("Until when it may be answered; as long as the rules give.")]
StartsAt = Annotated[When | None, moment_option("When it begins; now, unless given.")]
EndsAt = Annotated[When | None, moment_option("When it ends by itself.")]
ReviewAt = Annotated[When | None, moment_option("By when everybody hears again.")]


@group.command()
def place(
    scope: ScopeOption,
    reason: ReasonOption,
    legal_basis: BasisOption,
    public_words: WordsOption,
    notice_to: NoticeOption,
    basis_version: VersionOption = "",
    capability: CapabilityOption = Capability.SELLING,
    target: TargetOption = None,
    public_words_en: EnglishOption = "",
    evidence: EvidenceOption = None,
    proportionality: ProportionOption = "",
    notice_at: NoticeAt = None,
    answer_by: AnswerBy = None,
    starts_at: StartsAt = None,
    ends_at: EndsAt = None,
    review_at: ReviewAt = None,
    second: Annotated[str | None, typer.Option(help="Who looked at it as well, where two people answer.")] = None,
    propose: Annotated[bool, typer.Option("--propose", help="Only propose it, whatever its scope.")] = False,
    json: Json = False,
) -> None:
    """Place a hold: what it reaches is refused with it as the cause, and the clocks it hurts stand still.

    Where the rules ask for two people and no second one is named, the hold is proposed and nothing is held yet.
    """
    with one_transaction() as (tx, runtime):
        now = runtime.clock.now()
        typed = holding.Typed(
            scope=scope,
            capability=capability,
            target=target or "",
            reason=reason,
            legal_basis=legal_basis,
            basis_version=basis_version,
            public_words=public_words,
            public_words_en=public_words_en,
            evidence=tuple(read_evidence(piece) for piece in evidence or ()),
            proportionality=proportionality,
            notice_to=notice_to,
        )
        moments = holding.Moments(notice_at, answer_by, starts_at, ends_at, review_at)
        new = holding.read(tx, typed, moments, now)
        if propose or (second is None and needs_two(scope, holds.due_process(tx, now))):
            proposal = holds.propose(tx, new, by=operator(), now=now)
            record, title = holding.proposal_record(proposal), msg("The hold is proposed; nothing is held yet.")
        else:
            record = holding.record(
                holds.place(tx, new, by=operator(), second=named(tx, second) if second else None, now=now)
            )
            title = msg("The hold is placed.")
    show_record(record, json=json, title=words(title))
    if "proposal_code" in record and not json:
        step = msg("Next: somebody else confirms it with: prakarsa hold confirm {proposal_code}")
        lines([words(step, proposal_code=record["proposal_code"])])


@group.command()
def confirm(proposal: ProposalCode, json: Json = False) -> None:
    """Stand behind a hold that somebody else proposed; it holds from now on."""
    with one_transaction() as (tx, runtime):
        placed = holds.confirm(tx, proposal, by=operator(), now=runtime.clock.now())
    show_record(holding.record(placed), json=json, title=words(msg("The hold is placed.")))


@group.command()
def reject(
    proposal: ProposalCode,
    reason: Annotated[str, typer.Option(help="Why it is not placed.")],
    json: Json = False,
) -> None:
    """Take a proposed hold off the list."""
    with one_transaction() as (tx, runtime):
        rejected = holds.reject(tx, proposal, reason=reason, by=operator(), now=runtime.clock.now())
    show_record(holding.proposal_record(rejected), json=json, title=words(msg("The proposal is rejected.")))


@group.command()
def proposals(json: Json = False) -> None:
    """Holds that wait for a second person, oldest first."""
    with one_transaction() as (tx, _):
        rows = [holding.proposal_record(found) for found in holds.proposals(tx)]
    show_rows(rows, json=json, empty=words(msg("Nothing waits for a second person.")))


@group.command()
def lift(
    code: HoldCode,
    reason: Annotated[str, typer.Option(help="Why it ends now; published.")],
    json: Json = False,
) -> None:
    """End a hold now."""
    with one_transaction() as (tx, runtime):
        lifted = holds.lift(tx, code, reason=reason, by=operator(), now=runtime.clock.now())
    show_record(holding.record(lifted), json=json, title=words(msg("The hold is lifted.")))


@group.command()
def review(
    code: HoldCode,
    words_: Annotated[str, typer.Option("--words", help="Why it stays; published.")],
    next_at: Annotated[When, moment_option("By when everybody hears again.")],
    json: Json = False,
) -> None:
    """Look at a hold again, keep it, and promise the next word."""
    with one_transaction() as (tx, runtime):
        now = runtime.clock.now()
        kept = holds.review(tx, code, words=words_, next_review_at=next_at.at(now), by=operator(), now=now)
    show_record(holding.record(kept), json=json, title=words(msg("The hold was reviewed and stays.")))


@group.command()
def answer(
    code: HoldCode,
    party: PartyOption,
    words_: Annotated[str, typer.Option("--words", help="What they say.")],
    evidence: EvidenceOption = None,
    json: Json = False,
) -> None:
    """Write down what somebody whom it hits answered, in the time to answer."""
    with one_transaction() as (tx, runtime):
        said = holds.answer(
            tx,
            code,
            party=holding.party(tx, holds.hold(tx, code), party),
            words=words_,
            evidence=[read_evidence(piece) for piece in evidence or ()],
            now=runtime.clock.now(),
        )
    show_record(holding.statement_record(said), json=json, title=words(msg("The answer is written down.")))


@group.command()
def appeal(
    code: HoldCode,
    party: PartyOption,
    words_: Annotated[str, typer.Option("--words", help="Why the hold is wrong.")],
    evidence: EvidenceOption = None,
    json: Json = False,
) -> None:
    """Write down an appeal of somebody whom it hits; its clock begins now."""
    with one_transaction() as (tx, runtime):
        said = holds.appeal(
            tx,
            code,
            party=holding.party(tx, holds.hold(tx, code), party),
            words=words_,
            evidence=[read_evidence(piece) for piece in evidence or ()],
            now=runtime.clock.now(),
        )
    show_record(holding.statement_record(said), json=json, title=words(msg("The appeal is written down.")))


@group.command()
def appeals(json: Json = False) -> None:
    """Appeals that nobody has decided, the most urgent first."""
    with one_transaction() as (tx, runtime):
        now = runtime.clock.now()
        rows = [
            holding.statement_record(said) | {"age": now - said.made_at, "overdue": overdue}
            for said, overdue in holds.open_appeals(tx, now)
        ]
    if json:
        rows = [row | {"age": int(row["age"].total_seconds())} for row in rows]
    show_rows(rows, json=json, empty=words(msg("No appeal is open.")))


@group.command()
def decide(
    code: Annotated[str, typer.Argument(metavar="APPEAL", help="Code of the appeal.")],
    outcome: Annotated[Outcome, typer.Option(help="Upheld lifts the hold; dismissed keeps it.")],
    words_: Annotated[str, typer.Option("--words", help="Why; sent to whoever appealed.")],
    json: Json = False,
) -> None:
    """Decide an appeal; never by whoever placed the hold or stood behind it."""
    with one_transaction() as (tx, runtime):
        now = runtime.clock.now()
        decided = holds.decide_appeal(tx, code, outcome=outcome, words=words_, by=operator(), now=now)
    show_record(holding.statement_record(decided), json=json, title=words(msg("The appeal is decided.")))


@group.command("list")
def list_holds(
    every: Annotated[bool, typer.Option("--all", help="Those that are over, too.")] = False,
    people: Annotated[bool, typer.Option("--people", help="Those on cards and people, the newest 200.")] = False,
    json: Json = False,
) -> None:
    """Holds in force."""
    with one_transaction() as (tx, runtime):
        now = runtime.clock.now()
        if people:
            found = holds.all_private(tx, standing_at=None if every else now, limit=200)
        else:
            found = holds.all_holds(tx) if every else holds.in_force(tx, now)
    rows = [holding.row(hold, json=json) for hold in found]
    show_rows(rows, json=json, empty=words(msg("Nothing is held.")))


@group.command()
def show(code: HoldCode, json: Json = False) -> None:
    """One hold with everything that happened to it."""
    with one_transaction() as (tx, _):
        found, told = holds.hold(tx, code), holds.history(tx, code)
    deeds = [holding.deed_record(deed, json=json) for deed in told]
    if json:
        show_record(holding.record(found) | {"history": deeds}, json=json)
        return
    show_record(holding.record(found), json=json)
    show_rows(deeds, json=json, title=words(msg("History")))


@group.command()
def reasons(json: Json = False) -> None:
    """The published list of reasons, in both languages."""
    rows = [
        {"reason": reason.value} | {language: say(told, language) for language in LANGUAGES}
        for reason, told in REASON_WORDS.items()
    ]
    show_rows(rows, json=json)
