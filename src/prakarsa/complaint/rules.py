"""What a complaint may say, who owns it, and when its answer is due. Pure."""

from datetime import datetime, timedelta
from types import MappingProxyType

from prakarsa.complaint.model import Category, Owner
from prakarsa.complaint.refusals import UnknownCategory, WordsNotReadable, WordsTooLong, WordsTooShort
from prakarsa.feedback.rules import showable
from prakarsa.kernel.refusal import msg

LEAST_CHARACTERS, MOST_CHARACTERS = 10, 4_000

OWNER = MappingProxyType(
    {
        Category.REGISTRATION: Owner.PMO,
        Category.IDENTITY: Owner.REGISTRY,
        Category.SELECTION: Owner.PMO,
        Category.BALANCE: Owner.PMO,
        Category.PURCHASE: Owner.PLATFORM,
        Category.CLASS_ACCESS: Owner.INSTITUTION,
        Category.ATTENDANCE: Owner.INSTITUTION,
        Category.CERTIFICATE: Owner.INSTITUTION,
        Category.INCENTIVE: Owner.PAYMENT_PROVIDER,
        Category.SURVEY: Owner.PMO,
        Category.ACCOUNT_BLOCK: Owner.PMO,
        Category.FRAUD: Owner.PMO,
    }
)
"""Who answers what (programme-rules 11, `complaint.owner_routing`). Appeals and fraud never leave the office."""

CATEGORY_WORDS = MappingProxyType(
    {
        Category.REGISTRATION: msg("Signing up or signing in"),
        Category.IDENTITY: msg("My identity data"),
        Category.SELECTION: msg("Selection"),
        Category.BALANCE: msg("My training balance"),
        Category.PURCHASE: msg("Buying or cancelling a course"),
        Category.CLASS_ACCESS: msg("Getting into the class"),
        Category.ATTENDANCE: msg("Attendance"),
        Category.CERTIFICATE: msg("Certificate"),
        Category.INCENTIVE: msg("Incentive"),
        Category.SURVEY: msg("Survey"),
        Category.ACCOUNT_BLOCK: msg("Blocked account or ended card"),
        Category.FRAUD: msg("Fraud or misuse of my data"),
    }
)

OWNER_WORDS = MappingProxyType(
    {
        Owner.PMO: msg("the programme office"),
        Owner.PLATFORM: msg("the platform that sold the course"),
        Owner.INSTITUTION: msg("the training institution"),
        Owner.PAYMENT_PROVIDER: msg("the bank or e-wallet"),
        Owner.REGISTRY: msg("the civil registry"),
    }
)


def read_category(text: str) -> Category:
    """A category by its name. Raises UnknownCategory."""
    try:
        return Category(text)
    except ValueError as error:
        raise UnknownCategory(", ".join(Category)) from error


def read_words(text: str) -> str:
    """A complaint or an answer as kept: trimmed, lines ended by a line feed.

    Raises WordsNotReadable, WordsTooShort (fewer than 10 characters), WordsTooLong (more than 4,000).
    """
    kept = text.replace("\r\n", "\n").strip()
    if not showable(kept):
        raise WordsNotReadable
    if len(kept) < LEAST_CHARACTERS:
        raise WordsTooShort(len(kept), LEAST_CHARACTERS)
    if len(kept) > MOST_CHARACTERS:
        raise WordsTooLong(len(kept), MOST_CHARACTERS)
    return kept


def due_at(opened_at: datetime, answer_hours: int) -> datetime:
    """When the answer is due: policy `complaint_answer_hours` after opening."""
    return opened_at + timedelta(hours=answer_hours)
