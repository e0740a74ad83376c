"""Due process: policy with authors and approvers, curation, holds at every scope, rehearsal, notices."""

from pathlib import Path

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Run the room files in order.

    Tables of the purchase path only get columns without a default and constraints that are not validated, which need
    no scan, and one index over refusals by a hold, which takes about a second per million refusals; the catalogue's
    small tables are rewritten.
    """
    driver = op.get_bind().connection.driver_connection
    assert driver is not None
    driver.execute("SET LOCAL lock_timeout = '10s'")
    for path in sorted((Path(__file__).parent / "0002_due_process").glob("*.sql")):
        driver.execute(path.read_text())
