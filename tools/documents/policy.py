"""docs/policy.md: every parameter of a scheme, with the values that ship with the product, in schemes and changes."""

from dataclasses import fields

from prakarsa.programme.actions import CHANGES, SCHEMES, change_text, read_change, read_scheme_file
from prakarsa.programme.model import Parameter, Terms
from tools.documents import table

UNITS = {
    "_idr": "rupiah",
    "_days": "days",
    "_minutes": "minutes",
    "_hours": "hours",
    "_months": "months",
    "_years": "years",
    "_percent": "percent",
}
MEANINGS = {
    "training_balance_idr": "What a card is credited with.",
    "incentive_amount_idr": "One incentive payment to a person.",
    "incentive_count": "How many incentive payments the first completed course earns.",
    "incentive_interval_months": "From one incentive payment to the next.",
    "survey_amount_idr": "What an answered survey is paid with.",
    "survey_count": "How many surveys there are.",
    "first_purchase_deadline_days": "From the message about the card to the last second in which a first course can be "
    "bought (23:59:59 in Jakarta).",
    "balance_use_by": "The last day of use in the budget year, month and day.",
    "purchase_sequential": "Whether the next course can be bought only when the earlier one is finished.",
    "rating_required_before_next_purchase": "Whether a finished course must be rated before the next is bought.",
    "rating_required_for_payout": "Whether a finished course must be rated before an incentive is paid.",
    "otp_ttl_minutes": "How long a one-time code for buying lives.",
    "otp_tries": "How often a one-time code may be mistyped.",
    "deadline_pause_on_hold": "Whether a hold stops the first-purchase clock of those it turned away.",
    "redeem_window_before_minutes": "How long before a meeting begins its attendance can be taken.",
    "redeem_window_after_minutes": "How long after a meeting began its attendance can be taken.",
    "attendance_min_percent": "The share of meetings that completes a course.",
    "enrolment_close_days_online": "How many days before an online class begins its enrolment closes.",
    "enrolment_close_days_in_person": "The same for classes in a room.",
    "eligibility_citizenship": "Who may apply.",
    "eligibility_min_age_years": "The youngest who may apply.",
    "eligibility_max_age_years": "The oldest who may apply.",
    "eligibility_max_per_kk": "How many people of one family card may hold a card.",
    "eligibility_target_groups": "The situations in life the programme is meant for.",
    "exclusion_occupations": "Registered occupations that exclude, matched at their beginning.",
    "exclusion_other_aid": "Other aid whose recipients are excluded.",
    "exclusion_prior_grant": "Whether earlier beneficiaries and revoked people are excluded.",
    "selection_reserved_percent": "The share of places drawn first among people of the affected groups.",
    "course_requires_interactive": "Whether an online course needs a live session.",
    "course_free_equivalent_prohibited": "Whether a course that is free elsewhere, or cheaper, is refused.",
    "course_bundles_allowed": "Whether one order may hold several courses.",
    "course_block_affiliated": "Whether a platform is kept from selling courses of an institution it belongs with.",
    "course_requires_expert": "Whether an expert must have assessed the course.",
    "settlement_max_commission_percent": "The most a platform may keep of the price.",
    "complaint_answer_hours": "By when a question is answered.",
    "next_purchase_deadline_days": "From the completion of a course to the last second in which the next is bought.",
    "balance_last_purchase": "The last day of the budget year for buying, month and day, where it is before the "
    "last day of use.",
    "course_delivery_modes": "The ways of teaching the programme pays for.",
    "course_completion_required": "Whether completion must be tracked per course, because participants must finish.",
    "course_requires_curriculum": "Whether a course needs curriculum, syllabus and lesson plan.",
    "course_requires_evaluation": "Whether a course needs a system of learning evaluation.",
    "course_requires_presence_log": "Whether attendance in person, or progress online, must be logged.",
    "course_allow_affiliated_free": "Whether a platform may offer courses of its own entity that cost nothing.",
    "institution_requires_platform_contract": "Whether an institution needs a contract with a platform.",
    "institution_min_age_years": "How old the legal entity of an institution must be.",
    "institution_pipeline": "The steps an institution must pass; the facility test only for courses in person.",
    "institution_approved_since": "The day before which an institution's approval is void.",
    "platform_min_province_percent": "The share of provinces in which a platform must have users.",
    "platform_requires_certified_integration": "Whether a platform's integration must be certified.",
    "curation_sla_days": "By when a submitted course is decided, platform and office together.",
    "curation_pass_percent": "The score from which a course passes its assessment.",
    "curation_score_gap_percent": "How far two assessors may differ before a third one scores.",
    "monitoring_findings_for_review": "How many findings of monitors open a review of a course.",
    "hold_four_eyes_scopes": "The scopes of holds that one person alone cannot place.",
    "hold_answer_days": "How long whoever is held has to answer.",
    "hold_appeal_days": "By when an appeal against a hold is decided.",
    "payout_link_by": "The last day of the year on which an account can be linked, month and day.",
    "survey_open_after_days": "When each survey opens, counted from the first incentive.",
    "survey_answer_by": "The last day of the year on which a survey can be answered, month and day.",
}


def parameters() -> str:
    """One section per parameter: meaning, unit, and every dated value of every scheme and change that ships."""
    shipped = {path.stem: read_scheme_file(path.stem).parameters for path in sorted(SCHEMES.glob("*.toml"))}
    for path in sorted(CHANGES.glob("*.toml")):
        change = read_change(change_text(path.stem))
        shipped[f"{change.scheme} + {path.stem}"] = change.parameters
    return "\n\n".join(_section(field.name, shipped) for field in fields(Terms))


def _section(name: str, shipped: dict[str, tuple[Parameter, ...]]) -> str:
    head = ("scheme", "waves", "from", "until", "value", "legal basis", "version", "source")
    rows = [_row(scheme, each) for scheme, values in shipped.items() for each in values if each.name == name]
    unit = _unit(name)
    return f"### `{name}`\n\n{MEANINGS[name]}{f' In {unit}.' if unit else ''}\n\n{table(head, rows)}"


def _row(scheme: str, each: Parameter) -> tuple[str, ...]:
    waves = "all" if (each.first_wave, each.last_wave) == (1, None) else f"{each.first_wave}–{each.last_wave or ''}"
    until = str(each.effective_to) if each.effective_to else ""
    first = str(each.effective_from)
    return (scheme, waves, first, until, _value(each), each.legal_basis, each.instrument_version, each.source)


def _value(each: Parameter) -> str:
    if isinstance(each.value, bool):
        return "yes" if each.value else "no"
    if isinstance(each.value, int):
        return f"{each.value:,}"
    if isinstance(each.value, list):
        return ", ".join(map(str, each.value)) or "none"
    return "no limit" if each.value == "none" else str(each.value)


def _unit(name: str) -> str:
    return next((unit for ending, unit in UNITS.items() if ending in name), "")
