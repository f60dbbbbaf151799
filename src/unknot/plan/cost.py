"""What treatment by others costs over time against owning a tool. Plain arithmetic on the person's own prices.

Nothing here says which one helps more: that stands in the advice, with its grade.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

YEAR = 12  # months
HORIZON = 120  # months looked at for the month of break-even: no tool and no price list lasts longer


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """The person's own figures. Money in any one currency; months are calendar months.

    ``tool_price`` is paid at the start and again each time the tool has lasted ``tool_months``. ``first_visits`` are
    paid at the start beside the tool: somebody shows where and how to press. Raises ValueError for a
    negative figure or a tool that lasts less than a month.
    """

    tool_price: Decimal
    visit_price: Decimal
    visits_per_month: Decimal
    tool_months: int = 3 * YEAR
    first_visits: int = 0

    def __post_init__(self) -> None:
        for name in ("tool_price", "visit_price", "visits_per_month", "first_visits"):
            figure = Decimal(getattr(self, name))
            if not figure.is_finite() or figure < 0:
                raise ValueError(f"{name}: must be a number from 0 on")
        if self.tool_months < 1:
            raise ValueError("tool_months: must be at least 1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Both ways after a year, and from which month on the tool has cost no more than the visits.

    ``break_even_month``: 1 to 120, or None when it does not happen within ten years.
    """

    visits_year: Decimal
    tool_year: Decimal
    break_even_month: int | None


def compare(prices: Prices) -> Comparison:
    """Compare the visits alone with owning the tool, ``first_visits`` to learn included in the latter."""
    months = range(1, HORIZON + 1)
    return Comparison(
        visits_year=visits_cost(prices, YEAR),
        tool_year=tool_cost(prices, YEAR),
        break_even_month=next(
            (month for month in months if tool_cost(prices, month) <= visits_cost(prices, month)), None
        ),
    )


def visits_cost(prices: Prices, months: int) -> Decimal:
    """What the visits have cost after so many whole months."""
    return prices.visit_price * prices.visits_per_month * months


def tool_cost(prices: Prices, months: int) -> Decimal:
    """What the tool has cost after so many whole months: bought at the start, bought anew whenever it wears out."""
    bought = 1 + max(months - 1, 0) // prices.tool_months
    return prices.tool_price * bought + prices.visit_price * prices.first_visits
