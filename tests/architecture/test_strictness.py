"""The switches of the test run do what they say."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.house import ROOT

SAMPLE = """
import pytest

@pytest.fixture
def postgres_url():
    return "somewhere"

@pytest.fixture
def tx(postgres_url):
    return postgres_url

def test_reads(tx):
    pass

def test_thinks():
    pass

@pytest.mark.skipif(True, reason="for the sake of it")
def test_skips():
    pass
"""


@pytest.mark.parametrize("spread", [[], ["-n", "1"]], ids=["alone", "spread"])
def test_a_skip_is_a_failure_only_where_nothing_may_be_skipped(tmp_path: Path, spread: list[str]) -> None:
    assert run(tmp_path, *spread).returncode == 0
    strict = run(tmp_path, "--no-skips", *spread)
    assert strict.returncode == 1
    assert "1 skipped, and --no-skips was given" in strict.stdout


def test_the_second_round_takes_only_tests_that_reach_the_database(tmp_path: Path) -> None:
    assert "1 passed, 2 deselected" in run(tmp_path, "--database-only", "--no-skips").stdout


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_sample.py").write_text(SAMPLE)
    command = [sys.executable, "-m", "pytest", "-p", "tests.strictness", "-p", "no:cacheprovider", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
