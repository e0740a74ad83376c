"""What partners send to v1, member by member (partner-api section 2)."""

from msgspec import Struct

from prakarsa.api.reading import Code, CodeOrNumber, Email, Url, Whole


class QuotaSchedule(Struct, frozen=True):
    """P1: whose seats? Empty codes are told apart from unreadable ones: they have a code of their own."""

    course_code: Code = ""
    schedule_code: Code = ""


class SendOtp(Struct, frozen=True):
    """P2: who wants to buy what, for how much. `amount` is whole rupiah."""

    prakerja_id: Code
    user_platform_id: Code
    course_code: Code
    schedule_code: Code
    amount: Whole


class Explain(Struct, frozen=True):
    """P6, ours: whose purchase of what would be refused, and why? `lang` is the language of the answer."""

    prakerja_id: Code
    course_code: Code
    schedule_code: Code
    amount: Whole | None = None
    user_platform_id: Code = ""
    lang: Code = "id"


class Authorize(Struct, frozen=True):
    """P3: the code from the person's phone and the platform's invoice; the payment token is in a header."""

    otp: Code
    invoice_url: Url
    invoice_code: CodeOrNumber


class PaymentStatus(Struct, frozen=True):
    """P4: which invoice?"""

    invoice_code: CodeOrNumber


class Void(Struct, frozen=True):
    """P5: which purchase is taken back?"""

    invoice_code: CodeOrNumber
    transaction_code: Code


class RedeemCode(Struct, frozen=True):
    """L1, L2, L4: which code, and for which meeting."""

    redeem_code: Code
    sequence: Whole = 1


class UrlGenerate(Struct, frozen=True):
    """L3: whose identity is checked for which meeting, and where the browser goes afterwards."""

    redeem_code: Code
    redirect_uri: Url
    email: Email
    sequence: Whole = 1
