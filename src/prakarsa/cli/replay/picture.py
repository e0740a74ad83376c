"""The picture of both runs side by side: cards bought and people blocked, day by day. SVG without anything outside."""

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Any

WIDTH, HEIGHT = 960, 520
LEFT, TOP, PANEL_WIDTH, PANEL_HEIGHT, GAP = 64, 120, 400, 300, 56
BOUGHT, BLOCKED, SHUT = "#0f5c56", "#9c2323", "#fbe7e5"
INK, SOFT, LINE, GROUND = "#17211f", "#4d5a57", "#d3d9d4", "#ffffff"
FONT = "system-ui, sans-serif"
SHUT_FROM, SHUT_TO = "2020-08-20", "2020-08-31"
DEADLINE = "2020-09-15"
LABELLED = {"2020-08-16": "", "2020-09-01": "", DEADLINE: ", first purchase due"}
PANELS = (
    ("as_it_happened", "As it happened", "one switch, no reason, the clock running"),
    ("with_prakarsa", "With Prakarsa", "rehearsed, cut over course by course, held with an end"),
)


def picture(record: dict[str, Any]) -> str:
    """The SVG of a record as `prakarsa replay august-2020 --json` prints it."""
    days = record["per_day"]
    most = max(max(day["bought"], day["blocked"]) for run in days.values() for day in run) or 1
    top = _round_up(most)
    panels = [
        _panel(LEFT + place * (PANEL_WIDTH + GAP), title, under, days[name], top, record[name])
        for place, (name, title, under) in enumerate(PANELS)
    ]
    people = f"{record['people']:,}"
    title = f"August 2020 with {people} cards of wave 4: bought and blocked, day by day"
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
            f'aria-label="{escape(title)}" font-family="{FONT}">',
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{GROUND}"/>',
            _text(LEFT, 36, title, size=20, weight=700),
            _key(LEFT, 62, BOUGHT, "cards that bought their first course that day"),
            _key(LEFT + 330, 62, BLOCKED, "people who wanted to buy and could buy nothing"),
            *panels,
            "</svg>",
            "",
        ]
    )


def _panel(x: int, title: str, under: str, days: Sequence[dict[str, Any]], top: int, numbers: dict[str, Any]) -> str:
    step = PANEL_WIDTH / len(days)
    bottom = TOP + PANEL_HEIGHT
    parts = [_text(x, TOP - 26, title, size=17, weight=700), _text(x, TOP - 8, under, size=13, fill=SOFT)]
    shut = [place for place, day in enumerate(days) if SHUT_FROM <= day["day"] <= SHUT_TO]
    parts.append(
        f'<rect x="{x + shut[0] * step:.1f}" y="{TOP}" width="{len(shut) * step:.1f}" height="{PANEL_HEIGHT}" '
        f'fill="{SHUT}" opacity="0.6"/>'
    )
    for share in (0, 0.25, 0.5, 0.75, 1):
        y = bottom - share * PANEL_HEIGHT
        parts.append(f'<line x1="{x}" y1="{y:.1f}" x2="{x + PANEL_WIDTH}" y2="{y:.1f}" stroke="{LINE}"/>')
        parts.append(_text(x - 8, y + 4, f"{round(top * share):,}", size=11, fill=SOFT, anchor="end"))
    for place, day in enumerate(days):
        height = day["bought"] / top * PANEL_HEIGHT
        left = x + place * step + step * 0.15
        parts.append(
            f'<rect x="{left:.1f}" y="{bottom - height:.1f}" width="{step * 0.7:.1f}" height="{height:.1f}" '
            f'fill="{BOUGHT}"/>'
        )
    points = [
        f"{x + place * step + step / 2:.1f},{bottom - day['blocked'] / top * PANEL_HEIGHT:.1f}"
        for place, day in enumerate(days)
    ]
    parts.append(f'<polyline points="{" ".join(points)}" fill="none" stroke="{BLOCKED}" stroke-width="2.5"/>')
    middle = x + (shut[0] + len(shut) / 2) * step
    parts.append(_text(middle, bottom + 18, "20 to 31 Aug", size=11, fill=SOFT, anchor="middle"))
    for place, day in enumerate(days):
        if day["day"] in LABELLED:
            on = date.fromisoformat(day["day"])
            label = f"{on.day} {on:%b}{LABELLED[day['day']]}"
            parts.append(_text(x + (place + 0.5) * step, bottom + 18, label, size=11, fill=SOFT, anchor="middle"))
        if day["day"] == DEADLINE:
            end = x + (place + 1) * step
            parts.append(
                f'<line x1="{end:.1f}" y1="{TOP}" x2="{end:.1f}" y2="{bottom}" stroke="{SOFT}" stroke-dasharray="4 3"/>'
            )
    told = (
        f"{numbers['days_lost']:,} days lost · {numbers['revoked_because_of_it']:,} cards taken back because of it",
        f"{numbers['questions_unanswered']:,} of {numbers['questions']:,} questions without an answer",
    )
    parts += [_text(x, bottom + 50 + 20 * place, line, size=14) for place, line in enumerate(told)]
    return "\n".join(parts)


def _key(x: int, y: int, fill: str, words: str) -> str:
    return f'<rect x="{x}" y="{y - 10}" width="12" height="12" fill="{fill}"/>' + _text(x + 18, y, words, size=13)


def _text(
    x: float, y: float, words: str, *, size: int, fill: str = INK, weight: int = 400, anchor: str = "start"
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-weight="{weight}" fill="{fill}" '
        f'text-anchor="{anchor}">{escape(words)}</text>'
    )


def _round_up(number: int) -> int:
    """The next number with one digit and zeros."""
    size: int = 10 ** (len(str(number)) - 1)
    return next(step * size for step in (1, 2, 3, 4, 5, 6, 8, 10) if step * size >= number)
