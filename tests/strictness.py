"""Two switches for pytest: `--no-skips` for machines on which every test must run, `--database-only` for a second
round on another PostgreSQL.
"""

from collections.abc import Generator

import pytest

DATABASE = "postgres_url"
"""The fixture through which a test gets a database."""


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("prakarsa")
    group.addoption("--no-skips", action="store_true", help="Fail when a test was skipped.")
    group.addoption("--database-only", action="store_true", help="Run only tests that use the database.")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--database-only"):
        return
    others = [item for item in items if DATABASE not in getattr(item, "fixturenames", ())]
    config.hook.pytest_deselected(items=others)
    items[:] = [item for item in items if DATABASE in getattr(item, "fixturenames", ())]


@pytest.hookimpl(wrapper=True)
def pytest_sessionfinish(session: pytest.Session) -> Generator[None, object, object]:
    """Under xdist only the process that gathers the reports has a terminal, so only it judges."""
    terminal = session.config.pluginmanager.get_plugin("terminalreporter")
    if session.config.getoption("--no-skips") and terminal and terminal.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        terminal.write_line(f"{len(terminal.stats['skipped'])} skipped, and --no-skips was given", red=True)
    return (yield)
