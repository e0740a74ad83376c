"""What an institution and a platform must show: each condition met, missed, or not asked for."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusals import BadField
from prakarsa.partner import actions, rules
from prakarsa.partner.model import LegalForm, NewPartner, Partner, PartnerKind, PartnerStatus, Profile
from prakarsa.partner.refusals import PartnerUnknown

NOW = datetime(2020, 8, 16, tzinfo=UTC)
ON = date(2023, 3, 1)
SEEN = datetime(2020, 1, 1, tzinfo=UTC)


class Asks:
    """Terms that ask for everything."""

    institution_pipeline = ("due_diligence", "governance", "assessment", "facility")
    institution_min_age_years = 1
    institution_requires_platform_contract = True
    settlement_max_commission_percent: int | None = 15
    platform_min_province_percent = 67
    platform_requires_certified_integration = True


class AsksNothing:
    """Terms from before all this."""

    institution_pipeline = ()
    institution_min_age_years = 0
    institution_requires_platform_contract = False
    settlement_max_commission_percent: int | None = None
    platform_min_province_percent = 0
    platform_requires_certified_integration = False


PLATFORM = Partner(1, PartnerKind.PLATFORM, "pasar", "Pasar", PartnerStatus.ACTIVE, "PKS-1", 10, SEEN, 1)
INSTITUTION = Partner(2, PartnerKind.INSTITUTION, "balai", "Balai", PartnerStatus.ACTIVE, "SK-1", 0, SEEN, 2)
WHOLE = Profile(
    legal_form=LegalForm.PRIVATE_COMPANY,
    founded_on=date(2022, 3, 1),
    business_number="9120000000000",
    tax_number="01.234.567.8-901.000",
    provinces_served=23,
    integration_certified_on=date(2020, 3, 1),
    platform_contract="PKS/7/2022",
)


def codes(checks: list[object]) -> list[str]:
    return [check.refusal.code for check in checks if check.refusal]  # type: ignore[attr-defined]  # a Check


@pytest.mark.parametrize(
    ("bent", "missed"),
    [
        ({}, []),
        ({"founded_on": date(2022, 3, 2)}, ["partner.too_young"]),
        ({"founded_on": None}, ["partner.too_young"]),
        ({"legal_form": LegalForm.PERSON}, ["partner.legal_form_unfit"]),
        ({"legal_form": LegalForm.FOUNDATION}, []),
        ({"business_number": None}, ["partner.no_business_number"]),
        ({"tax_number": None}, ["partner.no_tax_number"]),
        ({"platform_contract": None}, ["partner.no_platform_contract"]),
    ],
)
def test_conditions_of_an_institution(bent: dict[str, object], missed: list[str]) -> None:
    profile = replace(WHOLE, **bent)  # type: ignore[arg-type]  # one bent field of a good default
    assert codes(list(rules.institution_conditions(INSTITUTION, profile, Asks(), on=ON))) == missed
    assert codes(list(rules.institution_conditions(INSTITUTION, profile, AsksNothing(), on=ON))) == []


@pytest.mark.parametrize(
    ("bent", "missed"),
    [
        ({}, []),
        ({"provinces_served": 22}, ["partner.too_few_provinces"]),
        ({"provinces_served": None}, ["partner.too_few_provinces"]),
        ({"legal_form": None}, ["partner.legal_form_unfit"]),
        ({"legal_form": LegalForm.COOPERATIVE}, ["partner.legal_form_unfit"]),
        ({"legal_form": LegalForm.GOVERNMENT}, []),
        ({"integration_certified_on": None}, ["partner.integration_not_certified"]),
    ],
)
def test_conditions_of_a_platform(bent: dict[str, object], missed: list[str]) -> None:
    profile = replace(WHOLE, **bent)  # type: ignore[arg-type]  # one bent field of a good default
    assert codes(list(rules.platform_conditions(PLATFORM, profile, Asks()))) == missed
    assert codes(list(rules.platform_conditions(PLATFORM, profile, AsksNothing()))) == []


def test_status_and_commission_come_from_the_partner_itself() -> None:
    ended = replace(PLATFORM, status=PartnerStatus.ENDED, commission_percent=16)
    found = codes(list(rules.platform_conditions(ended, WHOLE, Asks())))
    assert found == ["partner.not_in_force", "partner.commission_above_cap"]
    pending = replace(INSTITUTION, status=PartnerStatus.PENDING)
    assert codes(list(rules.institution_conditions(pending, WHOLE, AsksNothing(), on=ON))) == ["partner.not_in_force"]


def test_a_course_on_sale_shows_a_contract_as_well_as_its_number() -> None:
    profile = replace(WHOLE, platform_contract=None)
    assert codes(list(rules.institution_conditions(INSTITUTION, profile, Asks(), on=ON, listed=True))) == []


@pytest.mark.parametrize(("percent", "needed"), [(0, 0), (66, 23), (67, 23), (68, 24), (100, 34)])
def test_a_share_of_the_provinces_is_rounded_up(percent: int, needed: int) -> None:
    assert rules.provinces_needed(percent) == needed


def test_a_legal_entity_founded_on_a_leap_day_has_its_birthday_in_march() -> None:
    profile = replace(WHOLE, founded_on=date(2020, 2, 29))
    assert codes(list(rules.institution_conditions(INSTITUTION, profile, Asks(), on=date(2021, 2, 28)))) != []
    assert codes(list(rules.institution_conditions(INSTITUTION, profile, Asks(), on=date(2021, 3, 1)))) == []


def test_a_profile_is_kept_and_read_again(tx: Tx) -> None:
    actions.register(tx, NewPartner(PartnerKind.INSTITUTION, "balai", "Balai", "SK-1"), now=NOW)
    assert actions.profile(tx, "balai") == Profile()
    declared = replace(WHOLE, founded_on=date(2019, 1, 1), business_number="  912 ")

    actions.set_profile(tx, "balai", declared, now=NOW)
    actions.set_profile(tx, "balai", declared, now=NOW)

    assert actions.profile(tx, "balai") == replace(declared, business_number="912")
    assert actions.profiles(tx, ["balai", "nobody"])["nobody"] == Profile()
    told = tx.values("SELECT facts::text FROM journal.entry WHERE action = 'partner.profile_changed'")
    assert len(told) == 1
    assert "912" not in told[0]


def test_a_profile_that_cannot_be_right_is_refused(tx: Tx) -> None:
    actions.register(tx, NewPartner(PartnerKind.INSTITUTION, "balai", "Balai", "SK-1"), now=NOW)
    for bent in ({"founded_on": date(2020, 8, 17)}, {"provinces_served": 39}, {"tax_number": "x" * 201}):
        with pytest.raises(BadField):
            actions.set_profile(tx, "balai", replace(Profile(), **bent), now=NOW)  # type: ignore[arg-type]  # one field
    with pytest.raises(PartnerUnknown):
        actions.set_profile(tx, "nobody", Profile(), now=NOW)
