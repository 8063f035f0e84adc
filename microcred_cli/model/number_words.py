"""Numbers in words."""

from decimal import ROUND_HALF_UP, Decimal

_WORDS = ("no", "one", "two", "three")


def write_number(value: Decimal) -> str:
    """Return the number as short as it can be written exactly."""
    # Normalizing alone would round a long number.
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def write_score(value: Decimal, precision: int) -> str:
    """Return the number with as many decimals as the rubric rounds to."""
    return f"{value.quantize(Decimal(1).scaleb(-precision), ROUND_HALF_UP):f}"


def write_percent(share: Decimal) -> str:
    """Return a share of one in percent."""
    return f"{write_number(share.scaleb(2))}%"


def spell_number(number: int) -> str:
    """Return a small number as a word, and any other in digits."""
    return _WORDS[number] if 0 <= number < len(_WORDS) else str(number)


def count_things(number: Decimal | int, singular: str, plural: str | None = None) -> str:
    """Return a number and its noun; the plural has an s when none is given."""
    noun = singular if number == 1 else plural or f"{singular}s"
    return f"{write_number(Decimal(number))} {noun}"
