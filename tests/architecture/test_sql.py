"""SQL follows the floor plan: it reads downward and writes at home, and no part of it is built from text."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.house import (
    DOORS,
    HEIGHT,
    ROOMS,
    SOURCE,
    below,
    calls,
    migration_files,
    names,
    python_files,
    room_of,
    sql_files,
    tree,
)

SCHEMAS = re.compile(rf"\b({'|'.join(ROOMS)})\.\w")
WRITES = re.compile(
    r"\b(?:INSERT INTO|DELETE FROM|TRUNCATE(?: TABLE)?|MERGE INTO|COPY"
    r"|(?<!FOR )(?<!FOR NO KEY )(?<!DO )UPDATE) +(?:ONLY +)?([\w.]+)",
    re.IGNORECASE,
)
TX_METHODS = {"rows", "row", "tuples", "value", "values", "run", "copy_in", "stream"}
QUEUE = SOURCE / "kernel" / "sql" / "defer_once.sql"
"""The one statement that writes above its floor: enqueueing belongs to the transaction that gives the reason."""

BUILT_SQL = {
    "journal/audit.py": "joins two named statements, its own and another room's, and nothing else",
    "migrations/versions/0001_the_house.py": "runs whole files of its own",
    "migrations/versions/0002_due_process.py": "runs whole files of its own",
    "jobs/sending.py": "LISTEN takes no parameter; the channel is a constant beside it",
}
"""Where a statement is neither a named file nor handed down as a literal, and why that is safe."""
WITHOUT_EXCEPTIONS = [path for path in python_files() if str(path.relative_to(SOURCE)) not in BUILT_SQL]
SQL_WORDS = re.compile(r"\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|COPY|CREATE|ALTER|DROP)\b")


def statement(path: Path) -> str:
    """The statement without comments and quoted texts, on one line."""
    text = re.sub(r"--[^\n]*", " ", path.read_text(encoding="utf-8"))
    return " ".join(re.sub(r"'(?:[^']|'')*'", "''", text).split())


def schemas_named(path: Path) -> set[str]:
    return set(SCHEMAS.findall(statement(path)))


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("INSERT INTO card.card (a) VALUES (1) ON CONFLICT DO UPDATE SET a = 2", ["card.card"]),
        ("WITH x AS (UPDATE ONLY card.card SET a = 1) DELETE FROM hold.hold", ["card.card", "hold.hold"]),
        ("SELECT a FROM card.card FOR NO KEY UPDATE SKIP LOCKED", []),
        ("SELECT a FROM card.card FOR UPDATE OF card", []),
        ("COPY card.card (a) FROM STDIN", ["card.card"]),
    ],
)
def test_what_counts_as_writing(text: str, targets: list[str]) -> None:
    assert WRITES.findall(text) == targets


def test_sql_names_only_rooms_at_or_below_its_own() -> None:
    upward = {path: schemas_named(path) - below(room_of(path)) for path in sql_files() if path != QUEUE}
    assert {path: rooms for path, rooms in upward.items() if rooms} == {}


def test_sql_writes_only_tables_of_its_own_room() -> None:
    targets = [(path, target) for path in sql_files() if path != QUEUE for target in WRITES.findall(statement(path))]
    assert [(path, target) for path, target in targets if not target.startswith(f"{room_of(path)}.")] == []


def test_the_queue_is_the_only_exception() -> None:
    assert WRITES.findall(statement(QUEUE)) == ["jobs.procrastinate_jobs"]


def test_one_statement_of_the_ledger_changes_balances_and_no_other_does() -> None:
    changing = [path for path in sql_files() if re.search(r"UPDATE ledger\.account\b", statement(path))]
    assert names(changing) == ["ledger/sql/post.sql"]


def test_nothing_changes_or_removes_an_entry_a_seal_or_a_transfer() -> None:
    final = re.compile(r"(?:UPDATE|DELETE FROM|TRUNCATE) (?:journal\.(?:entry|seal)|ledger\.transfer)\b")
    assert [path.name for path in sql_files() if final.search(statement(path))] == []


@pytest.mark.parametrize("path", migration_files(), ids=names(migration_files()))
def test_a_migration_file_builds_one_room_on_the_rooms_below(path: Path) -> None:
    room = path.stem.split("_", 1)[1]
    assert room in HEIGHT
    made = re.findall(r"CREATE (?:TABLE|VIEW|MATERIALIZED VIEW|SEQUENCE|FUNCTION|TYPE) ([\w.]+)", statement(path))
    assert [name for name in made if not name.startswith(f"{room}.")] == []
    assert schemas_named(path) - below(room) == set()


def test_every_room_with_sql_has_a_schema_and_every_schema_a_room() -> None:
    made = {schema for path in migration_files() for schema in re.findall(r"CREATE SCHEMA (\w+)", statement(path))}
    with_sql = {room_of(path) for path in sql_files()} - {"kernel"}
    assert made == with_sql


def test_doors_contain_no_sql() -> None:
    assert [path for path in sql_files() if room_of(path) in DOORS] == []
    assert [
        f"{path.relative_to(SOURCE)}, line {call.lineno}"
        for path in python_files()
        if room_of(path) in DOORS
        for call in calls(path)
        if _is_tx_call(call)
    ] == []


@pytest.mark.parametrize("room", sorted({room_of(path) for path in sql_files()}))
def test_every_statement_is_used_and_every_name_exists(room: str) -> None:
    files = {path.stem for path in sql_files() if room_of(path) == room}
    constants: set[str] = set()
    looked_up: set[str] = set()
    for path in (SOURCE / room).rglob("*.py"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                constants.add(node.value)
            if (name := _looked_up(node)) is not None:
                looked_up.add(name)

    assert looked_up - files == set(), "named but not written"
    assert files - constants == set(), "written but not used"


def test_what_is_executed_is_a_named_statement_or_a_literal() -> None:
    built = [
        f"{path}:{call.lineno}: {ast.unparse(call)[:80]}"
        for path in WITHOUT_EXCEPTIONS
        for handed_down in [_handed_down(path)]
        for call in calls(path)
        for statement in [_statement_of(call)]
        if statement is not None
        and not _is_look_up(statement)
        and not (isinstance(statement, ast.Constant) and room_of(path) == "kernel")  # before there is a Tx
        and not (isinstance(statement, ast.Name) and (call.lineno, statement.id) in handed_down)
    ]
    assert built == []


def test_no_statement_is_put_together_from_text() -> None:
    pieced = [
        f"{path}:{node.lineno}: {ast.unparse(node)[:80]}"
        for path in WITHOUT_EXCEPTIONS
        for node in ast.walk(tree(path))
        if isinstance(node, ast.JoinedStr | ast.BinOp)
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and SQL_WORDS.search(part.value)
    ]
    assert pieced == []


@pytest.mark.parametrize("name", BUILT_SQL)
def test_an_exception_is_still_needed(name: str) -> None:
    assert any(_statement_of(call) is not None for call in calls(SOURCE / name))


def _statement_of(call: ast.Call) -> ast.expr | None:
    """What a call gives the database to execute; None when it is no such call."""
    if not (isinstance(call.func, ast.Attribute) and call.args):
        return None
    if _is_tx_call(call):
        takes_a_kind = call.func.attr in {"rows", "row", "stream"}
        return call.args[1] if takes_a_kind and len(call.args) > 1 else call.args[0]
    return call.args[0] if call.func.attr in {"execute", "executemany"} else None


def _handed_down(path: Path) -> set[tuple[int, str]]:
    """Lines on which a name is a parameter that takes literal statements only."""
    found = set()
    for function in ast.walk(tree(path)):
        if isinstance(function, ast.FunctionDef):
            arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
            literal = {
                a.arg
                for a in arguments
                if a.annotation is not None and ast.unparse(a.annotation).endswith("LiteralString")
            }
            lines = range(function.lineno, (function.end_lineno or function.lineno) + 1)
            found |= {(line, name) for line in lines for name in literal}
    return found


def _is_tx_call(call: ast.Call) -> bool:
    if not (isinstance(call.func, ast.Attribute) and call.func.attr in TX_METHODS and call.args):
        return False
    owner = call.func.value
    return (isinstance(owner, ast.Name) and owner.id == "tx") or (
        isinstance(owner, ast.Attribute) and owner.attr.lstrip("_") == "tx"
    )


def _is_look_up(node: ast.AST) -> bool:
    return isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == "sql"


def _looked_up(node: ast.AST) -> str | None:
    """The name in `sql["name"]`."""
    if isinstance(node, ast.Subscript) and _is_look_up(node) and isinstance(node.slice, ast.Constant):
        return str(node.slice.value)
    return None
