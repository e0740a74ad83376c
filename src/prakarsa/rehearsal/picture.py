"""The picture of a dry run: how much of the catalogue remains, by field, price, platform and way of teaching. Pure.

A plain SVG without scripts, fonts or addresses, so that it can stand in a page, a report or a letter. Every bar also
says its numbers, and colour is never the only sign: what is lost is hatched.
"""

from collections.abc import Mapping
from html import escape

from prakarsa.catalogue.model import CourseMode
from prakarsa.kernel.refusal import msg
from prakarsa.kernel.words import rupiah, say
from prakarsa.rehearsal.model import Dimension, Share, Summary
from prakarsa.rehearsal.rules import PRICE_BANDS_IDR

WIDTH, MARGIN, LABELS, ROW, BAR = 760, 24, 230, 30, 18
MOST_PARTS = 10
_BARS = WIDTH - 2 * MARGIN - LABELS - 130
HEADINGS = {
    Dimension.FIELD: msg("By field"),
    Dimension.PRICE: msg("By price"),
    Dimension.PLATFORM: msg("By platform"),
    Dimension.MODE: msg("By way of teaching"),
}
MODE_WORDS = {
    CourseMode.SELF_PACED: msg("Online, at your own pace"),
    CourseMode.WEBINAR: msg("Online, live with an instructor"),
    CourseMode.IN_PERSON: msg("In a classroom"),
}
_HEAD = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" \
role="img" aria-label="{title}" font-family="system-ui, sans-serif" font-size="14">
<title>{title}</title>
<defs><pattern id="lost" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
<rect width="6" height="6" fill="#f6d9d2"/><rect width="2.5" height="6" fill="#b3402a"/></pattern></defs>
<rect width="{width}" height="{height}" fill="#ffffff"/>
"""


def picture(summary: Summary, title: str, language: str, platforms: Mapping[str, str] | None = None) -> str:
    """The picture as SVG text in a language. `platforms` gives names for client codes."""
    lines: list[str] = []
    y = _top(lines, summary, title, language)
    for dimension in Dimension:
        parts = [share for share in summary.shares if share.dimension is dimension and share.courses_before]
        if parts:
            y = _group(lines, dimension, _shortened(parts), y, language, platforms or {})
    height = y + MARGIN // 2
    return _HEAD.format(width=WIDTH, height=height, title=escape(title, quote=True)) + "\n".join(lines) + "\n</svg>\n"


def part_name(share: Share, language: str, platforms: Mapping[str, str]) -> str:
    """How a part of the catalogue is called."""
    if share.dimension is Dimension.PRICE:
        return _band_name(int(share.part), language)
    if share.dimension is Dimension.MODE:
        return say(MODE_WORDS[CourseMode(share.part)], language)
    if share.dimension is Dimension.PLATFORM:
        return platforms.get(share.part, share.part)
    return share.part or say(msg("all others"), language)


def _band_name(end: int, language: str) -> str:
    if end == 0:
        return say(msg("free of charge"), language)
    if end < 0:
        return say(msg("above {price_idr}"), language, price_idr=PRICE_BANDS_IDR[-1])
    return say(msg("up to {price_idr}"), language, price_idr=end)


def _top(lines: list[str], summary: Summary, title: str, language: str) -> int:
    said = say(
        msg("{kept} of {before} courses stay on sale, {leaving} leave, {joining} come on sale"),
        language,
        kept=count(summary.on_sale_before - summary.leaving, language),
        before=count(summary.on_sale_before, language),
        leaving=count(summary.leaving, language),
        joining=count(summary.joining, language),
    )
    lines.append(
        f'<text x="{MARGIN}" y="40" font-size="17" font-weight="700" fill="#17324d">{escape(_cut(title, 66))}</text>'
    )
    lines.append(f'<text x="{MARGIN}" y="66" fill="#17324d">{escape(said)}</text>')
    x = MARGIN
    for fill, words in (("#1d6f5c", msg("stay on sale")), ("url(#lost)", msg("leave sale"))):
        label = say(words, language)
        lines.append(f'<rect x="{x}" y="82" width="16" height="14" fill="{fill}"/>')
        lines.append(f'<text x="{x + 22}" y="94" fill="#40566b">{escape(label)}</text>')
        x += 46 + 8 * len(label)
    return 112


def _group(
    lines: list[str], dimension: Dimension, parts: list[Share], y: int, language: str, platforms: Mapping[str, str]
) -> int:
    y += 22
    heading = escape(say(HEADINGS[dimension], language))
    lines.append(f'<text x="{MARGIN}" y="{y}" font-weight="700" fill="#17324d">{heading}</text>')
    most = max(share.courses_before for share in parts)
    for share in parts:
        y += ROW
        _bar(lines, share, y - 18, most, part_name(share, language, platforms), language)
    return y + 8


def _bar(lines: list[str], share: Share, y: int, most: int, name: str, language: str) -> None:
    kept = share.courses_kept
    whole = max(round(_BARS * share.courses_before / most), 1)
    kept_width = round(whole * kept / share.courses_before)
    x = MARGIN + LABELS
    lines.append(f'<text x="{MARGIN}" y="{y + 14}" fill="#40566b">{escape(_cut(name, 30))}</text>')
    if kept_width:
        lines.append(f'<rect x="{x}" y="{y}" width="{kept_width}" height="{BAR}" fill="#1d6f5c"/>')
    if whole > kept_width:
        lines.append(
            f'<rect x="{x + kept_width}" y="{y}" width="{whole - kept_width}" height="{BAR}" fill="url(#lost)"/>'
        )
    said = f"{count(kept, language)} / {count(share.courses_before, language)}"
    percent = f"{100 * kept // share.courses_before} %"
    lines.append(f'<text x="{x + whole + 8}" y="{y + 14}" fill="#17324d">{escape(said)} · {percent}</text>')


def _shortened(parts: list[Share]) -> list[Share]:
    """The largest parts one by one, the rest together."""
    if len(parts) <= MOST_PARTS:
        return parts
    shown, rest = parts[: MOST_PARTS - 1], parts[MOST_PARTS - 1 :]
    together = Share(
        parts[0].dimension,
        "",
        sum(share.courses_before for share in rest),
        sum(share.courses_kept for share in rest),
        sum(share.courses_after for share in rest),
        sum(share.seats_before for share in rest),
        sum(share.seats_kept for share in rest),
        sum(share.seats_after for share in rest),
    )
    return [*shown, together]


def count(number: int, language: str) -> str:
    """A number with the reader's thousands separators."""
    return rupiah(number, language).replace("Rp", "")


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
