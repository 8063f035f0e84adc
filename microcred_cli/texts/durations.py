"""Durations as rubrics write them: ``3 years``, ``90 days``."""

import calendar
from datetime import datetime, timedelta


def add_duration(moment: datetime, text: str) -> datetime:
    """Return the moment that much later, by the calendar.

    The text is of the form the schema of the rubric lets through. A day that the month does not have is its
    last day: a year after 29 February is 28 February.
    """
    count, unit = text.split(" ")
    number = int(count)
    match unit.removesuffix("s"):
        case "day":
            return moment + timedelta(days=number)
        case "week":
            return moment + timedelta(weeks=number)
        case "month":
            months = number
        case _:
            months = 12 * number
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    day = min(moment.day, calendar.monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)
