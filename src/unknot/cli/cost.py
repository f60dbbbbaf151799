"""``unknot cost``: what visits cost over a year against owning a tool, with the person's own prices."""

from __future__ import annotations

import argparse
from decimal import Decimal, InvalidOperation

from unknot.cli.files import InputError, print_json
from unknot.messages import render
from unknot.plan.cost import YEAR, Prices, compare


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    command = commands.add_parser("cost", help="what visits cost over a year against owning a tool")
    command.add_argument("--tool-price", required=True, type=_amount, metavar="AMOUNT", help="what the tool costs")
    command.add_argument("--visit-price", required=True, type=_amount, metavar="AMOUNT", help="what one visit costs")
    command.add_argument("--visits-per-month", required=True, type=_amount, metavar="N", help="visits in a usual month")
    command.add_argument("--tool-years", type=int, default=3, metavar="N", help="how long the tool lasts (3)")
    command.add_argument("--first-visits", type=int, default=0, metavar="N", help="visits to learn it first (0)")
    command.add_argument("--json", action="store_true", help="print one JSON document")
    command.set_defaults(run=_cost)


def _amount(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number") from None


def _cost(given: argparse.Namespace) -> int:
    try:
        prices = Prices(
            tool_price=given.tool_price,
            visit_price=given.visit_price,
            visits_per_month=given.visits_per_month,
            tool_months=given.tool_years * YEAR,
            first_visits=given.first_visits,
        )
    except ValueError as error:
        raise InputError(f"cost: {error}") from error
    found = compare(prices)
    if given.json:
        print_json(
            {
                "visits_year": float(found.visits_year),
                "tool_year": float(found.tool_year),
                "break_even_month": found.break_even_month,
            }
        )
        return 0
    print(render("cost.visits_year", {"amount": f"{found.visits_year:.2f}"}))
    print(render("cost.tool_year", {"amount": f"{found.tool_year:.2f}"}))
    if found.break_even_month is None:
        print(render("cost.never"))
    else:
        print(render("cost.break_even", {"n": found.break_even_month}))
    print(render("cost.not_benefit"))
    return 0
