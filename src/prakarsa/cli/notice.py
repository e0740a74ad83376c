"""Notices: who was told what, and what became of it; words of the programme office."""

from typing import Annotated

import typer

from prakarsa.cli.opening import one_transaction, opened, operator
from prakarsa.cli.output import Json, bar, picked, show_record, show_rows, words
from prakarsa.gateways import rounds
from prakarsa.kernel.refusal import msg
from prakarsa.notice import actions as notices
from prakarsa.notice.model import KIND_WORDS, Audience, NewNotice, Notice, NoticeKind

group = typer.Typer(help="What people and partners are told of holds, and words of the office.", no_args_is_help=True)
NoticeCode = Annotated[str, typer.Argument(metavar="CODE", help="Code of the notice.")]
_COUNTS = ("people", "partners", "queued", "sent", "failed", "without_address")


@group.command("list")
def list_notices(
    limit: Annotated[int, typer.Option(min=1, max=1_000, help="How many of the newest.")] = 20, json: Json = False
) -> None:
    """Notices, newest first, with what became of their messages when a worker last counted."""
    with one_transaction() as (tx, _):
        found = notices.notices(tx, limit=limit)
    rows = [
        {"notice_code": each.notice_code, "about": _about(each, json=json)}
        | picked(each, "sent_at", *_COUNTS, "counted_at")
        for each in found
    ]
    show_rows(rows, json=json, empty=words(msg("Nobody was told anything yet.")))


@group.command()
def show(code: NoticeCode, json: Json = False) -> None:
    """One notice, its messages counted now."""
    with one_transaction() as (tx, _):
        found = notices.notice(tx, code)
        counted = notices.deliveries(tx, code)
    show_record(_record(found) | picked(counted, *_COUNTS), json=json)


@group.command()
def write(
    audience: Annotated[Audience, typer.Option(help="To whom.")],
    title: Annotated[str, typer.Option(help="Subject, in Indonesian.")],
    title_en: Annotated[str, typer.Option(help="Subject, in English.")],
    text: Annotated[str, typer.Option(help="Words, in Indonesian.")],
    text_en: Annotated[str, typer.Option(help="Words, in English.")],
    code: Annotated[str, typer.Option(help="Number of the wave, or code of the course, class or institution.")] = "",
    urgent: Annotated[bool, typer.Option("--urgent", help="By SMS, which costs money, instead of e-mail.")] = False,
    json: Json = False,
) -> None:
    """Keep a draft and say how many it would reach; nobody is told before it is sent."""
    new = NewNotice(audience, code, title, title_en, text, text_en, urgent)
    with one_transaction() as (tx, runtime):
        found = notices.write(tx, new, by=operator(), now=runtime.clock.now())
        size = notices.audience_size(tx, found)
    show_record(_record(found) | {"would_reach": size}, json=json, title=words(msg("The draft is kept.")))


@group.command()
def send(code: NoticeCode, json: Json = False) -> None:
    """Let a draft go, once; workers spread it."""
    with one_transaction() as (tx, runtime):
        found = notices.send(tx, code, by=operator(), now=runtime.clock.now())
    show_record(_record(found), json=json, title=words(msg("The notice is on its way.")))


@group.command()
def discard(code: NoticeCode, json: Json = False) -> None:
    """Throw a draft away."""
    with one_transaction() as (tx, runtime):
        found = notices.discard(tx, code, now=runtime.clock.now())
    show_record(_record(found), json=json, title=words(msg("The draft is discarded.")))


@group.command()
def spread(json: Json = False) -> None:
    """Tell those whom holds and sent notices concern, now, as workers do every minute."""
    with opened() as runtime, bar(words(msg("Telling"))) as tell:
        told = rounds.tell_those_concerned(runtime, actor=operator(), tell=tell)
    show_record({"steps": told}, json=json)


def _record(found: Notice) -> dict[str, object]:
    names = ("notice_code", "kind", "hold_code", "audience", "audience_code", "title", "title_en", "words", "words_en")
    return picked(found, *names, "urgent", "written_by", "written_at", "sent_by", "sent_at", "discarded_at")


def _about(found: Notice, *, json: bool) -> str:
    kind = NoticeKind(found.kind)
    if json:
        return found.hold_code or kind.value
    return f"{words(KIND_WORDS[kind])}: {found.title or found.target_name or ''}"
