"""Translation catalogues in step with every marked sentence of the code: `python -m tools.words`.

New sentences are added empty, sentences nobody uses any more are dropped, translations are left as they are.
"""

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).parents[1] / "src" / "prakarsa"
LOCALE = SOURCE / "locale"
TEMPLATE = LOCALE / "prakarsa.pot"
_METHODS = [("migrations/**.py", "ignore"), ("**.py", "python"), ("**/templates/**.html", "jinja2")]
_OPTIONS = {"**/templates/**.html": {"trimmed": "true", "newstyle_gettext": "true", "silent": "false"}}
_KEYWORDS = {"msg": None, "say": None, "_": None, "gettext": None, "ngettext": (1, 2)}
_LINE = 110


def marked() -> Catalog:
    """Every sentence marked for translation, with the files it stands in."""
    found = Catalog(project="prakarsa", charset="utf-8")
    for name, _, message, _, context in extract_from_dir(SOURCE, _METHODS, _OPTIONS, _KEYWORDS):
        found.add(message, None, [(Path(name).as_posix(), 0)], context=context)
    return found


def catalogue_file(language: str) -> Path:
    """Where the translations into a language stand."""
    return LOCALE / language / "LC_MESSAGES" / "prakarsa.po"


def languages() -> list[str]:
    """Every language there is a catalogue for."""
    return sorted(path.parents[1].name for path in LOCALE.glob("*/LC_MESSAGES/prakarsa.po"))


def template_text() -> bytes:
    """The template for translators into another language."""
    return _written(marked(), omit_header=True)


def updated_text(language: str) -> bytes:
    """The catalogue of a language with exactly the sentences that are marked now."""
    with catalogue_file(language).open("rb") as file:
        catalogue = read_po(file, locale=language)
    catalogue.update(marked(), no_fuzzy_matching=True, update_creation_date=False)
    catalogue.header_comment = "# Translations for Prakarsa, under the licence of Prakarsa."
    catalogue.last_translator = catalogue.language_team = "the Prakarsa contributors"
    catalogue.msgid_bugs_address = "see SECURITY.md and CONTRIBUTING.md"
    return _written(catalogue, omit_header=False)


def _written(catalogue: Catalog, *, omit_header: bool) -> bytes:
    text = BytesIO()
    write_po(
        text,
        catalogue,
        width=_LINE,
        omit_header=omit_header,
        sort_by_file=True,
        ignore_obsolete=True,
        include_lineno=False,
    )
    return text.getvalue()


if __name__ == "__main__":
    LOCALE.mkdir(exist_ok=True)
    TEMPLATE.write_bytes(template_text())
    for each in languages():
        catalogue_file(each).write_bytes(updated_text(each))
