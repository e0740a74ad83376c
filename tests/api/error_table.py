"""The error table of docs/partner-api.md, made from the code: `python -m tests.api.error_table` writes it."""

from pathlib import Path

import prakarsa.api.app  # noqa: F401  loads every room the door can reach, and with them their refusals
from prakarsa.api import v1_codes
from prakarsa.kernel.refusal import Refusal

PAGE = Path(__file__).parents[2] / "docs" / "partner-api.md"
BEGIN = "<!-- errors: written by `python -m tests.api.error_table`, compared by tests/api/test_documentation.py -->\n"
END = "<!-- end of errors -->\n"
GROUPS = {
    "On every address": v1_codes.GENERAL,
    "Buying": v1_codes.PAYMENT,
    "Cancelling": v1_codes.VOIDING,
    "Redeem codes": v1_codes.REDEEMING,
    "Identity checks": v1_codes.VERIFYING,
}


def table() -> str:
    """One Markdown table per group."""
    parts: list[str] = []
    for group, codes in GROUPS.items():
        parts.append(
            f"\n### {group}\n\n| code | HTTP | refusal | reason | next step | deadline |\n|---|---|---|---|---|---|\n"
        )
        parts += [_row(number, Refusal.every[name]) for name, number in sorted(codes.items(), key=lambda pair: pair[1])]
    return "".join(parts) + "\n"


def page_with(errors: str) -> str:
    """The page with its error table replaced."""
    before, _, rest = PAGE.read_text().partition(BEGIN)
    _, _, after = rest.partition(END)
    return before + BEGIN + errors + END + after


def _row(number: str, refusal: type[Refusal]) -> str:
    shown = f"**{number}**" if number in v1_codes.KNOWN else number
    status = v1_codes.status_of(number)
    return (
        f"| {shown} | {status} | `{refusal.code}` | {refusal.title} | {refusal.next_step} | {refusal.clock.value} |\n"
    )


if __name__ == "__main__":
    PAGE.write_text(page_with(table()))
