"""The house: one schema per room."""

from pathlib import Path

from alembic import op
from procrastinate.schema import SchemaManager

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Run the room files in order, then the queue's own schema in `jobs`."""
    # plain psycopg: whole files with several statements and percent signs, nothing to interpolate
    driver = op.get_bind().connection.driver_connection
    assert driver is not None
    for path in sorted((Path(__file__).parent / "0001_the_house").glob("*.sql")):
        driver.execute(path.read_text())
    driver.execute("CREATE SCHEMA jobs; SET LOCAL search_path TO jobs, public;")
    driver.execute(SchemaManager.get_schema())
    driver.execute("SET LOCAL search_path TO public;")
