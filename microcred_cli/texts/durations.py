"""Durations as rubrics write them: ``3 years``, ``90 days``."""

import calendar
from datetime import datetime, timedelta


def add_duration(moment: datetime, text: str) -> datetime:
    """Return the moment that much later, by the calendar.

    The text is of the form the schema of the rubric lets through. A day that the month does not have is its
    last day: a year after 29 February is 28 February.
    """
    return _shift(moment, text, 1)


def subtract_duration(moment: datetime, text: str) -> datetime:
    """Return the moment that much earlier, by the calendar, as ``add_duration`` goes the other way.

    What would be before the year 1 is the beginning of that year.
    """
    try:
        return _shift(moment, text, -1)
    except (OverflowError, ValueError):
        return datetime.min.replace(tzinfo=moment.tzinfo)


def _shift(moment: datetime, text: str, direction: int) -> datetime:
    count, unit = text.split(" ")
    number = int(count) * direction
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
