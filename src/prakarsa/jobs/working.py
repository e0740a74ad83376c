"""One worker process: the task queue in the foreground, the sender of messages beside it."""

from procrastinate import PsycopgConnector

from prakarsa.gateways.outside import Outside
from prakarsa.jobs.sending import Sender
from prakarsa.jobs.tasks import app
from prakarsa.kernel.runtime import Runtime


def work(runtime: Runtime, outside: Outside) -> None:
    """Work until SIGTERM or Ctrl-C; the task at hand is finished first."""
    sender = Sender(runtime, outside.carrier) if outside.carrier else None
    if sender:
        sender.start()
    try:
        connector = PsycopgConnector(conninfo=runtime.database.url, kwargs={"options": "-c search_path=public,jobs"})
        with app.replace_connector(connector) as opened:
            opened.run_worker(
                concurrency=2,
                delete_jobs="successful",
                listen_notify=True,
                additional_context={"runtime": runtime, "outside": outside},
                shutdown_graceful_timeout=30,
            )
    finally:
        if sender:
            sender.stop()
