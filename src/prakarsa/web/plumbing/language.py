"""Which language a visitor reads."""

from prakarsa.kernel.words import LANGUAGES

COOKIE = "prakarsa_lang"
DEFAULT = LANGUAGES[0]
_OLD_CODES = {"in": "id"}  # ISO 639 renamed Indonesian; old phones still send the first code


def chosen_language(asked: str, kept: str, accept_language: str) -> str:
    """The switch wins, then the choice kept in a cookie, then what the browser prefers, then Indonesian."""
    for language in (asked, kept, *preferred(accept_language)):
        if language in LANGUAGES:
            return language
    return DEFAULT


def preferred(accept_language: str) -> list[str]:
    """Languages of an Accept-Language header, most wanted first; anything unreadable is passed over."""
    found: list[tuple[float, str]] = []
    for part in accept_language[:500].split(","):
        tag, _, weight = part.partition(";")
        language = tag.strip().split("-")[0].lower()
        quality = _quality(weight)
        if language and quality > 0:
            found.append((quality, _OLD_CODES.get(language, language)))
    return [language for _, language in sorted(found, key=lambda pair: -pair[0])]


def _quality(weight: str) -> float:
    name, _, value = weight.strip().partition("=")
    if not name:
        return 1.0
    try:
        return float(value) if name == "q" else 0.0
    except ValueError:
        return 0.0
