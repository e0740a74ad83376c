"""Before anything has begun; alone in its module, because what is on sale is remembered for a second."""

from prakarsa.kernel.db import Tx
from prakarsa.notice import actions as notices
from tests.conftest import NOW


def test_before_there_is_a_wave_nothing_is_claimed_about_what_is_on_sale(tx: Tx) -> None:
    report = notices.status_report(tx, NOW)

    assert not report.on_sale
    assert (report.next_word_at, report.changed_at, report.in_force, report.events) == (None, None, (), ())
