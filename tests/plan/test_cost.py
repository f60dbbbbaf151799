"""What a tool costs against visits: the person's own prices, plain arithmetic, a few laws."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unknot.plan.cost import HORIZON, Prices, compare, tool_cost, visits_cost

MONEY = st.decimals(min_value=0, max_value=1000, places=2)
PRICES = st.builds(
    Prices,
    tool_price=MONEY,
    visit_price=MONEY,
    visits_per_month=st.decimals(min_value=0, max_value=10, places=1),
    tool_months=st.integers(1, 120),
    first_visits=st.integers(0, 10),
)
MONTH = st.integers(1, HORIZON)


def prices(tool, visit, per_month, **more):
    return Prices(tool_price=Decimal(tool), visit_price=Decimal(visit), visits_per_month=Decimal(per_month), **more)


def test_a_massager_of_40_is_paid_back_in_the_first_month_of_two_visits_of_35():
    found = compare(prices("40", "35", "2"))
    assert (found.visits_year, found.tool_year, found.break_even_month) == (Decimal(840), Decimal(40), 1)


def test_three_visits_to_learn_move_the_break_even():
    assert compare(prices("40", "50", "1", first_visits=3)).break_even_month == 4


def test_a_tool_that_wears_out_is_bought_again_in_the_month_after():
    worn = prices("30", "10", "1", tool_months=6)
    assert [tool_cost(worn, month) for month in (1, 6, 7, 12, 13)] == [30, 30, 60, 60, 90]


def test_who_goes_to_nobody_never_gets_the_price_of_a_tool_back():
    assert compare(prices("40", "50", "0")).break_even_month is None


@given(PRICES)
@settings(max_examples=50)
def test_at_the_break_even_the_tool_has_cost_no_more_and_before_it_more(given_prices):
    month = compare(given_prices).break_even_month
    for earlier in range(1, month or HORIZON + 1):
        assert tool_cost(given_prices, earlier) > visits_cost(given_prices, earlier)
    if month is not None:
        assert tool_cost(given_prices, month) <= visits_cost(given_prices, month)


@given(PRICES, MONEY)
@settings(max_examples=50)
def test_a_dearer_tool_never_pays_earlier_and_a_dearer_visit_without_a_course_never_later(given_prices, more):
    def month(one):
        return compare(one).break_even_month or HORIZON + 1

    assert month(replace(given_prices, tool_price=given_prices.tool_price + more)) >= month(given_prices)
    alone = replace(given_prices, first_visits=0)
    assert month(replace(alone, visit_price=alone.visit_price + more)) <= month(alone)


@given(PRICES, st.integers(1, 1000))
@settings(max_examples=50)
def test_the_currency_does_not_matter(given_prices, rate):
    other = replace(
        given_prices, tool_price=given_prices.tool_price * rate, visit_price=given_prices.visit_price * rate
    )
    assert compare(other).break_even_month == compare(given_prices).break_even_month
    assert compare(other).tool_year == compare(given_prices).tool_year * rate


@given(PRICES, MONTH)
@settings(max_examples=50)
def test_money_spent_never_comes_back(given_prices, month):
    for cost in (tool_cost, visits_cost):
        assert cost(given_prices, month) >= cost(given_prices, month - 1) >= 0


@pytest.mark.parametrize(
    "wrong", [{"tool_price": "-1"}, {"visit_price": "NaN"}, {"tool_months": 0}, {"first_visits": -1}]
)
def test_a_figure_that_makes_no_sense_is_refused_by_name(wrong):
    figures = {"tool_price": Decimal(1), "visit_price": Decimal(1), "visits_per_month": Decimal(1)}
    name, value = next(iter(wrong.items()))
    with pytest.raises(ValueError, match=name):
        Prices(**{**figures, name: Decimal(value) if isinstance(value, str) else value})
