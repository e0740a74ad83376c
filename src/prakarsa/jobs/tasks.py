"""What a worker does, and when: each task is one round, safe to run again."""

from procrastinate import App, JobContext, PsycopgConnector

from prakarsa.gateways import rounds
from prakarsa.gateways.outside import Outside
from prakarsa.kernel.runtime import Runtime

ACTOR = "system/worker"
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


@app.periodic(cron="17 * * * *")
@app.task(pass_context=True, queueing_lock="sweep_sign_ins")
def sweep_sign_ins(context: JobContext, timestamp: int) -> None:
    """Every hour."""
    rounds.sweep_sign_ins(_runtime(context), actor=ACTOR)


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


def _runtime(context: JobContext) -> Runtime:
    found = context.additional_context["runtime"]
    assert isinstance(found, Runtime)
    return found


def _outside(context: JobContext) -> Outside:
    found = context.additional_context["outside"]
    assert isinstance(found, Outside)
    return found
