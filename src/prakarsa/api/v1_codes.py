"""The numbers v1 partners know our refusals by, in one table: a number is exchanged here when the real one is known.

A number is `ERR`, module letters, the HTTP status, and two digits that count (partner-api 1.7), so the status needs
no second table. KNOWN numbers are the programme's own (partner-api section 3). All others are ours: they count from
51 in the programme's modules, out of the way of some thirty numbers that exist but were never published, and live in
modules of our own (GEN general, RDM redeem codes, VRF identity checks) elsewhere.
"""

from prakarsa.kernel.refusal import Kind, Refusal

KNOWN = frozenset({"ERRPLT40028", "ERRPLT40036", "ERRVOD40001"})

GENERAL = {
    "api.header_missing": "ERRGEN40151",
    "api.header_unreadable": "ERRGEN40152",
    "api.unknown_client": "ERRGEN40153",
    "api.wrong_signature": "ERRGEN40154",
    "api.stale_timestamp": "ERRGEN40155",
    "api.platforms_only": "ERRGEN40351",
    "api.institutions_only": "ERRGEN40352",
    "kernel.malformed_body": "ERRGEN40051",
    "kernel.bad_field": "ERRGEN40052",
    "kernel.nothing_here": "ERRGEN40451",
    "kernel.method_not_allowed": "ERRGEN40551",
    "kernel.body_too_large": "ERRGEN41351",
    "kernel.too_many_requests": "ERRGEN42951",
    "api.unforeseen": "ERRGEN50051",
    "api.come_back_later": "ERRGEN50351",
}

PAYMENT = {
    "api.schedule_not_named": "ERRPLT40036",
    "hold.selling_held": "ERRPLT40051",
    "hold.offer_held": "ERRPLT40052",
    "hold.card_held": "ERRPLT40087",
    "hold.person_held": "ERRPLT40088",
    "purchase.platform_not_active": "ERRPLT40053",
    "purchase.card_unknown": "ERRPLT40054",
    "purchase.card_revoked": "ERRPLT40055",
    "purchase.balance_lapsed": "ERRPLT40056",
    "purchase.first_purchase_too_late": "ERRPLT40057",
    "purchase.schedule_unknown": "ERRPLT40058",
    "purchase.schedule_mismatch": "ERRPLT40059",
    "purchase.course_not_on_sale": "ERRPLT40060",
    "purchase.institution_not_active": "ERRPLT40061",
    "purchase.not_listed_here": "ERRPLT40062",
    "purchase.training_started": "ERRPLT40063",
    "purchase.enrolment_closed": "ERRPLT40064",
    "purchase.sold_out": "ERRPLT40065",
    "purchase.age_not_met": "ERRPLT40066",
    "purchase.education_not_met": "ERRPLT40067",
    "purchase.price_mismatch": "ERRPLT40068",
    "purchase.bought_already": "ERRPLT40069",
    "purchase.earlier_course_open": "ERRPLT40070",
    "purchase.earlier_course_unrated": "ERRPLT40071",
    "purchase.account_of_other_card": "ERRPLT40072",
    "purchase.card_of_other_account": "ERRPLT40073",
    "purchase.balance_too_low": "ERRPLT40074",
    "purchase.token_unknown": "ERRPLT40075",
    "purchase.token_spent": "ERRPLT40076",
    "purchase.otp_wrong": "ERRPLT40077",
    "purchase.otp_expired": "ERRPLT40078",
    "purchase.otp_tries_used_up": "ERRPLT40079",
    "purchase.invoice_taken": "ERRPLT40080",
    "purchase.invoice_unknown": "ERRPLT40081",
    "purchase.course_misses_condition": "ERRPLT40082",
    "purchase.affiliated_seller": "ERRPLT40083",
    "purchase.last_purchase_day_over": "ERRPLT40084",
    "purchase.next_purchase_too_late": "ERRPLT40085",
    "purchase.probe_buys_nothing": "ERRPLT40086",
    "api.payment_token_missing": "ERRPLT40151",
    "purchase.too_many_codes": "ERRPLT42951",
    "purchase.asked_too_often": "ERRPLT42952",
}

VOIDING = {
    "purchase.voided_already": "ERRPLT40028",
    "purchase.transaction_unknown": "ERRVOD40001",
    "purchase.invoice_mismatch": "ERRVOD40051",
    "purchase.redeemed_already": "ERRVOD40052",
}

REDEEMING = {
    "attendance.redeem_code_unknown": "ERRRDM40051",
    "attendance.redeem_code_of_another": "ERRRDM40052",
    "attendance.redeem_code_cancelled": "ERRRDM40053",
    "attendance.transaction_cancelled": "ERRRDM40054",
    "attendance.course_type_does_not_fit": "ERRRDM40055",
    "attendance.already_attended": "ERRRDM40056",
    "attendance.sequence_out_of_range": "ERRRDM40057",
    "attendance.sequence_beyond_meetings": "ERRRDM40058",
    "attendance.first_meeting_missing": "ERRRDM40059",
    "attendance.too_early": "ERRRDM40060",
    "attendance.too_late": "ERRRDM40061",
    "attendance.not_a_test_code": "ERRRDM40062",
    "attendance.not_a_positive_test_code": "ERRRDM40063",
    "hold.redeeming_held": "ERRRDM40064",
    "hold.own_redeeming_held": "ERRRDM40065",
}

VERIFYING = {
    "attendance.redirect_not_registered": "ERRVRF40051",
    "attendance.email_already_used": "ERRVRF40052",
}

CODES = GENERAL | PAYMENT | VOIDING | REDEEMING | VERIFYING

# A reason without a number of its own would be a mistake of ours; it still has to arrive as a no of the right sort.
BY_KIND = {
    Kind.INVALID: "ERRGEN40099",
    Kind.CONFLICT: "ERRGEN40099",
    Kind.UNAUTHENTICATED: "ERRGEN40199",
    Kind.FORBIDDEN: "ERRGEN40399",
    Kind.MISSING: "ERRGEN40499",
    Kind.TOO_MANY: "ERRGEN42999",
    Kind.UNAVAILABLE: "ERRGEN50399",
}


def code_for(refusal: Refusal) -> str:
    """The v1 number of a refusal."""
    return CODES.get(refusal.code) or BY_KIND[refusal.kind]


def status_of(code: str) -> int:
    """The HTTP status inside a number: the first three of its last five digits."""
    return int(code[-5:-2])
