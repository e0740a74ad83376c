"""What a worker does, and when: each task is one round, safe to run again."""

from procrastinate import App, JobContext, PsycopgConnector

from prakarsa.gateways import prober, rehearsal_rounds, rounds
from prakarsa.gateways.outside import Outside
from prakarsa.kernel.runtime import Runtime

ACTOR = "system/worker"
PROBES_OFF = "off"
app = App(connector=PsycopgConnector())


@app.periodic(cron="* * * * *")
@app.task(pass_context=True, queueing_lock="seal_journal")
def seal_journal(context: JobContext, timestamp: int) -> None:
    """Every minute."""
    rounds.seal_journal_entries(_runtime(context), actor=ACTOR)


@app.periodic(cron="*/5 * * * *")
@app.task(pass_context=True, queueing_lock="revoke_overdue")
def revoke_overdue(context: JobContext, timestamp: int) -> None:
    """Every five minutes."""
    rounds.revoke_overdue_cards(_runtime(context), actor=ACTOR)


@app.periodic(cron="*/5 * * * *")
@app.task(pass_context=True, queueing_lock="end_forbidden_listings")
def end_forbidden_listings(context: JobContext, timestamp: int) -> None:
    """Every five minutes: what was listed at the very moment in which an ownership was recorded."""
    rounds.end_forbidden_listings(_runtime(context), actor=ACTOR)


@app.periodic(cron="17 * * * *")
@app.task(pass_context=True, queueing_lock="sweep_sign_ins")
def sweep_sign_ins(context: JobContext, timestamp: int) -> None:
    """Every hour."""
    rounds.sweep_sign_ins(_runtime(context), actor=ACTOR)


@app.task(pass_context=True)
def cancel_purchases(context: JobContext) -> None:
    """After a mass cancellation is confirmed."""
    rounds.cancel_what_is_confirmed(_runtime(context), actor=ACTOR)


@app.periodic(cron="* * * * *")
@app.task(pass_context=True, queueing_lock="go_on_cancelling")
def go_on_cancelling(context: JobContext, timestamp: int) -> None:
    """Every minute: mass cancellations that a killed worker left, and payments that came in late."""
    rounds.cancel_what_is_confirmed(_runtime(context), actor=ACTOR)


@app.task(pass_context=True)
def issue_certificates(context: JobContext) -> None:
    """After an attendance that completes a course."""
    rounds.issue_due_certificates(_runtime(context), actor=ACTOR)


@app.task(pass_context=True)
def pay_incentives(context: JobContext) -> None:
    """After a rating or a linked account."""
    rounds.pay_due_incentives(_runtime(context), _outside(context).bank, actor=ACTOR)


@app.periodic(cron="* * * * *")
@app.task(pass_context=True, queueing_lock="catch_up")
def catch_up(context: JobContext, timestamp: int) -> None:
    """Every minute: certificates and incentives that no event announced, such as instalments that fell due."""
    rounds.issue_due_certificates(_runtime(context), actor=ACTOR)
    rounds.pay_due_incentives(_runtime(context), _outside(context).bank, actor=ACTOR)


@app.periodic(cron="* * * * *")
@app.task(pass_context=True, queueing_lock="tell_those_concerned")
def tell_those_concerned(context: JobContext, timestamp: int) -> None:
    """Every minute: people and partners whom a hold or a notice of the office concerns."""
    rounds.tell_those_concerned(_runtime(context), actor=ACTOR)


@app.periodic(cron="* * * * *")
@app.task(pass_context=True, queueing_lock="probe")
def probe(context: JobContext, timestamp: int) -> None:
    """Every minute, unless probes are sent from elsewhere: whether what is said to be on sale can be bought."""
    runtime = _runtime(context)
    if runtime.settings.probe_url != PROBES_OFF:
        prober.probe_platforms(runtime, base_url=runtime.settings.probe_url or runtime.settings.base_url, actor=ACTOR)


@app.periodic(cron="23 * * * *")
@app.task(pass_context=True, queueing_lock="sweep_probes")
def sweep_probes(context: JobContext, timestamp: int) -> None:
    """Every hour."""
    rounds.sweep_probes(_runtime(context), actor=ACTOR)


@app.periodic(cron="* * * * *")
@app.task(pass_context=True, queueing_lock="follow_standings")
def follow_standings(context: JobContext, timestamp: int) -> None:
    """Every minute: where each course stands under each rule set, for people to read; nothing is decided by it."""
    rehearsal_rounds.follow_standings(_runtime(context), actor=ACTOR)


def _runtime(context: JobContext) -> Runtime:
    found = context.additional_context["runtime"]
    assert isinstance(found, Runtime)
    return found


def _outside(context: JobContext) -> Outside:
    found = context.additional_context["outside"]
    assert isinstance(found, Outside)
    return found
