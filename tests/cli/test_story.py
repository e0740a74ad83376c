"""A wave from its plan to the first incentive, by commands alone; only what people do themselves is done for them.

Most commands run inside this process; those that loop, print or decide over an exit code are also run as a process.
"""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from prakarsa.catalogue import actions as catalogue
from prakarsa.disbursement import actions as disbursement
from prakarsa.feedback import actions as feedback
from prakarsa.feedback.model import Stars
from prakarsa.gateways.simulators.bank import bank_app
from prakarsa.gateways.simulators.population import Invented, generate, write_population
from prakarsa.gateways.simulators.registry import registry_app
from prakarsa.kernel.db import Database
from prakarsa.selection import actions as selection
from tests import worlds
from tests.cli.played import REVIEW, holder_of
from tests.cli.program import Here, Program
from tests.conftest import NOW
from tests.gateways.loopback import serving
from tests.people.applicants import TODAY
from tests.selection.wave4 import joined, registered
from tests.worlds import HeldCard

OPENS = datetime(2020, 8, 8, 5, 0, tzinfo=UTC)
TOKEN = "token-of-the-simulators"
COURSES = """course_code,institution,title,field,mode,hours,meetings,price_idr,has_live_session,tracks_completion,\
has_curriculum,has_evaluation,has_presence_log,expert_assessed
BARISTA-1,balai-kopi,Barista untuk pemula,Kuliner,webinar,15,1,250000,yes,yes,yes,yes,yes,yes
SENDIRI-1,balai-kopi,Menyeduh sendiri,Kuliner,self_paced,5,1,150000,no,yes,yes,yes,yes,yes
SALAH-1,balai-kopi,Harga dalam huruf,Kuliner,webinar,15,1,dua ratus ribu,yes,yes,yes,yes,yes,yes
"""
SCHEDULES = "course_code,schedule_code,starts_at,ends_at,seats\nBARISTA-1,KLS-1,2020-08-25 09:00,2020-08-30 12:00,3\n"


@pytest.fixture(scope="module")
def invented() -> list[Invented]:
    return list(generate(30, 11, TODAY))


@pytest.fixture(scope="module")
def outsiders(program: Program, invented: list[Invented]) -> Iterator[None]:
    """Registry and bank, served on this machine and named in the settings."""
    population = program.home / "people.jsonl"
    write_population(population, invented)
    with ExitStack() as stack:
        for name, app in (("REGISTRY", registry_app(population, TOKEN)), ("BANK", bank_app(TOKEN))):
            program.environment[f"PRAKARSA_{name}_URL"] = stack.enter_context(serving(app))
            program.environment[f"PRAKARSA_{name}_TOKEN"] = TOKEN
        yield


def sheet(program: Program, name: str, text: str) -> Path:
    path = program.home / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_wave_from_its_plan_to_the_first_incentive(
    here: Here, program: Program, database: Database, invented: list[Invented], outsiders: None
) -> None:
    _policy_and_plan(here)
    _applications(here, program, database, invented)
    _draw_and_cards(here, program)
    _partners_and_courses(here)
    card, person = _a_card(database)
    _hold_and_explain(here, program, card)
    _course_to_money(here, database, card, person)
    audited = program.run("audit", "verify", "--json").json
    assert [each for each in audited["invariants"] if not each["holds"]] == []


def _policy_and_plan(here: Here) -> None:
    here.at(OPENS - timedelta(days=1))
    founded = ("--author", "staff/1", "--approver", "staff/2")
    assert here.answer("policy", "load", "prakerja-2020", *founded)["scheme"] == "prakerja-2020"
    before = here.answer("policy", "schemes")
    assert here.answer("policy", "load", "prakerja-2020", *founded)["rows"] > 40
    assert here.answer("policy", "schemes") == before, "loading again is quiet"
    planned = here.answer(
        "wave", "open", "4", "--scheme", "prakerja-2020", "--opens-at", "+1d", "--closes-at", "2020-08-12T12:00",
        "--quota", "10", "--region", "31=4", "--region", "32=6",
    )  # fmt: skip
    assert planned["region_quota"] == {"31": 4, "32": 6}
    assert planned["closes_at"] == "2020-08-12T05:00:00Z"
    assert here.refusal("wave", "issue", "4") == "card.no_decree"
    shown = here.answer("policy", "show", "--wave", "4")
    [balance] = [row for row in shown if row["name"] == "training_balance_idr"]
    assert balance["value"] == 1_000_000
    assert balance["legal_basis"]


def _applications(here: Here, program: Program, database: Database, invented: list[Invented]) -> None:
    here.at(OPENS + timedelta(days=1))
    with database.transaction("test") as tx:
        joined(tx, registered(tx, invented), now=OPENS + timedelta(days=1))
    here.at(datetime(2020, 8, 12, 6, 0, tzinfo=UTC))
    assert here.refusal("draw", "commit", "4") == "selection.not_all_screened"
    screened = program.answer("wave", "screen", "4")
    assert screened["screened"] == len(invented)
    assert screened["eligible"] > 10
    assert here.answer("wave", "screen", "4")["screened"] == 0
    [listed] = here.answer("wave", "list")
    assert (listed["phase"], listed["applied"]) == ("closed", 0)


def _draw_and_cards(here: Here, program: Program) -> None:
    promise = here.answer("draw", "commit", "4")
    assert here.refusal("draw", "run", "4") == "selection.no_seed"
    here.at(datetime(2020, 8, 13, 6, 0, tzinfo=UTC))
    source = "State lottery of 13 August 2020, first prize"
    here.answer("draw", "seed", "4", "--seed", "0831-2026", "--source", source)
    assert here.answer("draw", "run", "4") == {"wave_number": 4, "entries": promise["entries"], "selected": 10}
    published = here.home / "draw4.json"
    here.answer("draw", "publish", "4", "--out", published)
    assert json.loads(program.run("draw", "publish", "4").out) == json.loads(published.read_text())
    assert here.answer("draw", "verify", published)["holds"]
    assert here.answer("wave", "decree", "4", "--number", "SK-4/2020")["persons"] == 10
    assert program.answer("wave", "issue", "4")["cards_issued"] == 10
    assert here.answer("wave", "issue", "4")["cards_issued"] == 0
    assert here.answer("wave", "announce", "4")["people_told"] == 20
    assert here.answer("messages", "waiting")["waiting"] >= 30
    assert here.answer("messages", "send")["waiting"] == 0
    told = [json.loads(line) for line in (here.home / "outbox.jsonl").read_text().splitlines()]
    assert {line["template"] for line in told} >= {"card.issued"}


def _partners_and_courses(here: Here) -> None:
    here.at(NOW)
    platform = here.answer(
        "partner", "register", "platform", "pasar-belajar", "Pasar Belajar", "--basis", "PKS-1", "--commission", "10"
    )
    assert platform["status"] == "active"
    here.answer("partner", "register", "institution", "balai-kopi", "Balai Kopi", "--basis", "SK-1")
    key = here.answer("partner", "key", "issue", "pasar-belajar")["sign_key"]
    assert len(key) == 32
    assert key not in here.run("partner", "key", "list", "pasar-belajar", "--json").out
    uri = "https://lp.example/callback"
    assert here.answer("partner", "redirect", "add", "balai-kopi", uri)["redirect_uris"] == [uri]
    assert len(here.answer("partner", "test-codes", "balai-kopi")) == 18
    assert here.answer("partner", "register", "platform", "toko-ilmu", "Toko Ilmu")["status"] == "pending"
    assert here.answer("partner", "activate", "toko-ilmu", "--basis", "PKS-2")["status"] == "active"
    assert here.answer("partner", "amend", "toko-ilmu", "--basis", "PKS-3", "--commission", "5")["basis"] == "PKS-3"
    assert here.answer("partner", "end", "toko-ilmu", "--reason", "Kontrak habis")["status"] == "ended"
    assert here.refusal("partner", "key", "issue", "toko-ilmu") == "partner.ended"
    owned = here.answer("partner", "own", "pasar-belajar", "toko-ilmu")
    assert [row["owned_code"] for row in owned["ownerships"]] == ["toko-ilmu"]
    assert owned["listings_ended"] == []
    assert len(here.answer("partner", "list", "--kind", "platform")) == 2

    imported = here.run("catalogue", "import", sheet(here, "courses.csv", COURSES), "--json")
    assert imported.code == 1, "one row is refused"
    assert (imported.json["added"], imported.json["refused"]) == (2, 1)
    [wrong] = [row for row in imported.json["rows"] if row["outcome"] == "refused"]
    assert (wrong["line"], wrong["refusal"]["code"]) == (4, "kernel.bad_field")
    for step in ("submit", "approve"):
        here.answer("catalogue", step, "BARISTA-1")
    here.answer("catalogue", "submit", "SENDIRI-1")
    assert here.refusal("catalogue", "approve", "SENDIRI-1") == "catalogue.conditions_missed"
    assert here.answer("catalogue", "reject", "SENDIRI-1", "--reason", "Tidak interaktif")["state"] == "rejected"
    here.answer("catalogue", "list-on", "BARISTA-1", "pasar-belajar")
    assert here.answer("catalogue", "import-schedules", sheet(here, "classes.csv", SCHEDULES))["added"] == 1
    [found] = here.answer("catalogue", "search", "barista", "--platform", "pasar-belajar")
    assert (found["course_code"], found["seats_left"]) == ("BARISTA-1", 3)
    assert here.answer("catalogue", "search", "barista", "--min-rating", "4.5") == []  # nobody has rated it yet
    assert all(each["met"] for each in here.answer("catalogue", "show", "BARISTA-1")["conditions"])


def _a_card(database: Database) -> tuple[HeldCard, str]:
    with database.transaction("test") as tx:
        (_, person_id), *_ = selection.winners(tx, 4)
        holder = holder_of(tx, person_id)
        person = str(tx.value("SELECT public_id FROM people.person WHERE person_id = %(p)s", p=person_id))
    return holder, person


def _hold_and_explain(here: Here, program: Program, card: HeldCard) -> None:
    question = ("explain", "--card", card.number, "--schedule", "KLS-1", "--platform", "pasar-belajar")
    assert {check["verdict"] for check in here.answer(*question)} <= {"pass", "not_checked"}
    placed = here.answer(
        "hold", "place", "--scope", "course", "--target", "BARISTA-1", "--reason", "compliance_review",
        "--legal-basis", "Permenko 11/2020 art. 29", "--basis-version", "2020-07-07",
        "--public-words", "Kelas ini diperiksa.", "--evidence", "finding:FND-1@2020-08-01",
        "--notice-to", "Balai Kopi", "--review-at", "+3d",
    )  # fmt: skip
    assert placed["target_name"] == "Barista untuk pemula"
    explained = program.run(*question, "--json")
    assert explained.code == 1
    [refused] = [check for check in explained.json if check["verdict"] == "refused"]
    assert refused["refusal"]["code"] == "hold.offer_held"
    assert refused["refusal"]["clock"] == "paused"
    in_words = program.run(*question, settings={"PRAKARSA_LANGUAGE": "en"})
    assert "Kelas ini diperiksa." in in_words.out
    assert "Your deadline is paused" in in_words.out
    assert [hold["hold_code"] for hold in here.answer("hold", "list")] == [placed["hold_code"]]
    here.answer("hold", "lift", placed["hold_code"], "--reason", "Syarat terpenuhi.")
    assert here.refusal("hold", "lift", placed["hold_code"], "--reason", "Lagi") == "hold.over"
    assert here.answer("hold", "list") == []
    assert len(here.answer("hold", "list", "--all")) == 1
    assert here.run(*question).code == 0
    _nothing_found_says_why(here)


def _nothing_found_says_why(here: Here) -> None:
    placed = here.answer(
        "hold", "place", "--scope", "programme", "--reason", "technical", "--legal-basis", "art. 36",
        "--basis-version", "2020-07-07", "--public-words", "Pembayaran diperiksa.", "--notice-to", "Semua",
        "--proportionality", "Semua memakai sistem yang sama.", "--review-at", "+3d", "--second", "staff/2",
    )  # fmt: skip
    for form in ((), ("--json",)):
        searched = here.run("catalogue", "search", *form)
        assert searched.code == 0
        assert "Pembayaran diperiksa." in searched.err
    assert searched.json == []
    here.answer("hold", "lift", placed["hold_code"], "--reason", "Selesai.")


def _course_to_money(here: Here, database: Database, card: HeldCard, person: str) -> None:
    with database.transaction("test") as tx:
        [course] = catalogue.schedules(tx, "BARISTA-1")
        bought = worlds.a_purchase(tx, card=card, of=course)
    shown = here.answer("card", "show", person)
    assert (shown["balance_idr"], shown["stopped_by_purchase"]) == (750_000, True)
    assert shown["number"].endswith(card.number[-4:])
    assert card.number not in json.dumps(shown)
    later = NOW + timedelta(days=15)
    here.at(later)
    with database.transaction("test") as tx:
        worlds.attend_all(tx, bought, now=later)
    assert here.answer("certificate", "issue")["purchases_decided"] == 1
    with database.transaction("test") as tx:
        number = str(tx.value("SELECT number FROM certificate.certificate"))
        feedback.rate(tx, card.person_id, bought.purchase_id, Stars(5, 5, 5), REVIEW, now=later)
        disbursement.link_account(tx, card.person_id, "BNI", "8000123456", now=later)
    assert here.answer("certificate", "verify", number.lower())["genuine"]
    assert here.answer("payout", "schedule") == {"people": 1}
    sent = here.answer("payout", "send")
    assert (sent["paid"], sent["failed"], sent["short_of_budget"]) == (1, 0, [])
    [batch] = here.answer("payout", "batches")
    assert (batch["paid_lines"], batch["pending_lines"]) == (1, 0)
    assert here.answer("payout", "failures") == []
    assert here.refusal("payout", "retry", person) == "disbursement.nothing_to_retry"
    status = here.answer("status")
    assert status["payouts"]["paid_idr"] == 600_000
    assert here.answer("journal", "seal")["entries_sealed"] > 100
    assert here.answer("journal", "verify")["holds"]
