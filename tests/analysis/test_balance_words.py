"""A balance in words by hand: when it has paid back, how surely, and the lines of the report's table."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.analysis.balance import TITLES, WITH_ERROR, WITHOUT_RENEWALS, Balance, Payback
from revsim.analysis.balance_words import SHARES, lines, paid_back, sentence, worth
from revsim.analysis.companies import Companies
from revsim.analysis.interval import Interval

NOT = Payback(np.nan, np.nan, np.nan, 0.2)


def balance(pay: Payback = NOT, again: Payback = NOT) -> Balance:
    """Items of 1k, 2k, ... in their order; three quarters, after which 1, 2 and 3 of 10 companies are ahead."""
    items = {name: Interval(1e3 * k, 1e3 * k - 500.0, 1e3 * k + 500.0) for k, name in enumerate(TITLES, start=1)}
    ahead = [Interval(0.1 * k, 0.1 * k - 0.05, 0.1 * k + 0.05) for k in (1, 2, 3)]
    percentiles = {"p10": Interval(-5.0, -6.0, -4.0), "p50": Interval(1.0, np.nan, np.nan), "p90": Interval(7.0, 6, 8)}
    return Balance("s", items, pay, again, Companies(ahead, percentiles), np.zeros((1, 3)))


def test_worth_is_the_net_without_renewals_then_with_them_and_what_is_left_of_it() -> None:
    """Of ten items 7k is the net without renewals, 8k with them, 10k that with the cost of error."""
    assert [list(TITLES).index(name) for name in (WITHOUT_RENEWALS, "net", WITH_ERROR)] == [6, 7, 9]
    said = worth(balance(), "EUR")
    assert said == (
        "+7.00k EUR a quarter (95 % interval +6.50k to +7.50k) without renewals and expansion, +8.00k EUR a quarter "
        "(95 % interval +7.50k to +8.50k) with them (+10.0k with the cost of forecast error taken off once more)"
    )


AHEAD = "30.0 % of companies (25.0 % to 35.0 %) are ahead at the end of the window"


@pytest.mark.parametrize(
    ("pay", "words"),
    [
        (NOT, f"on average it does not pay back within the window; {AHEAD}"),
        (
            Payback(2.0, 1.0, 3.0, 0.9),
            f"on average it has paid for itself from measured quarter 2 on (1 to 3); {AHEAD}",
        ),
        (Payback(2.0, 1.0, np.nan, 0.9), f"measured quarter 2 on (1 to later); {AHEAD}"),
        (Payback(2.0, 2.0, 2.0, 1.0), f"measured quarter 2 on; {AHEAD}"),
        (Payback(2.0, np.nan, np.nan, np.nan), f"measured quarter 2 on; {AHEAD}"),
    ],
)
def test_the_quarter_of_payback_is_told_with_its_ends_where_they_differ(pay: Payback, words: str) -> None:
    assert paid_back(balance(pay)).endswith(words)
    assert sentence(balance(pay), "EUR").endswith(f"{words}.")


def test_the_table_has_a_line_for_each_item_payback_quarter_and_percentile() -> None:
    rows = {title: cells for title, *cells in lines([balance(Payback(2.0, 1.0, 3.0, 0.9)), balance()])}
    assert list(rows)[: len(TITLES)] == list(TITLES.values())
    assert rows[TITLES["net"]] == ["8.00k [7.50k, 8.50k]"] * 2
    assert rows["Paid back on average from measured quarter"] == [
        "2 (certainty that the mean pays back 90 %)",
        "not within the window (certainty that it does 20 %)",
    ]
    assert (
        rows["The same, error's cost taken off once more"]
        == ["not within the window (certainty that it does 20 %)"] * 2
    )
    assert rows["Companies ahead at the end of quarter 1"] == ["10.0 % [5.00 %, 15.0 %]"] * 2
    assert rows["Companies ahead at the end of quarter 2"] == ["20.0 % [15.0 %, 25.0 %]"] * 2
    assert rows["Companies ahead at the end of the window"] == ["30.0 % [25.0 %, 35.0 %]"] * 2
    assert rows[f"{SHARES['p10']} (net value)"] == ["-5.00 [-6.00, -4.00]"] * 2
    assert rows[f"{SHARES['p50']} (net value)"] == ["1.00"] * 2
    assert len(rows) == len(TITLES) + 2 + 3 + 3


def test_each_row_of_the_table_of_balances_is_there_once() -> None:
    found = {row[1]: row[3:] for row in balance(Payback(2.0, 1.0, 3.0, 0.9)).rows("EUR")}
    assert found["net"] == (8e3, 7.5e3, 8.5e3, "EUR/quarter")
    assert found["payback_quarter"] == (2.0, 1.0, 3.0, "quarter")
    assert found["mean_pays_back"][0] == 0.9
    assert found["mean_pays_back_with_error"][0] == 0.2
    assert [found[f"companies_ahead_quarter_{k}"][0] for k in (1, 2, 3)] == pytest.approx([0.1, 0.2, 0.3])
    assert found["companies_ahead"][:3] == pytest.approx((0.3, 0.25, 0.35))
    assert found["net_p90"] == (7.0, 6.0, 8.0, "EUR/quarter")


def test_one_balance_alone_has_a_table_with_a_line_for_each_quarter() -> None:
    rows = [title for title, *_ in lines([balance()])]
    assert [row for row in rows if "end of quarter" in row] == [
        f"Companies ahead at the end of quarter {k}" for k in (1, 2)
    ]
