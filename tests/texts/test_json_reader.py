"""The strict JSON reader and the writer that goes with it."""

import json
import math
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from microcred_cli.model.refusal import Refusal
from microcred_cli.texts.json_reader import MAXIMUM_BYTES, MAXIMUM_DEPTH, Json, read_json, write_json
from tests.shared import find_shared

# Files of JSONTestSuite that RFC 8259 lets everybody judge as they like (i_), or that it accepts while
# saying that readers disagree about their meaning (two of y_).
OUR_VERDICTS = {
    "y_object_duplicated_key": False,
    "y_object_duplicated_key_and_value": False,
    "i_number_double_huge_neg_exp": True,
    "i_number_huge_exp": False,
    "i_number_neg_int_huge_exp": False,
    "i_number_pos_double_huge_exp": False,
    "i_number_real_neg_overflow": False,
    "i_number_real_pos_overflow": False,
    "i_number_real_underflow": True,
    "i_number_too_big_neg_int": False,
    "i_number_too_big_pos_int": False,
    "i_number_very_big_negative_int": False,
    "i_object_key_lone_2nd_surrogate": False,
    "i_string_1st_surrogate_but_2nd_missing": False,
    "i_string_1st_valid_surrogate_2nd_invalid": False,
    "i_string_UTF-16LE_with_BOM": False,
    "i_string_UTF-8_invalid_sequence": False,
    "i_string_UTF8_surrogate_U+D800": False,
    "i_string_incomplete_surrogate_and_escape_valid": False,
    "i_string_incomplete_surrogate_pair": False,
    "i_string_incomplete_surrogates_escape_valid": False,
    "i_string_invalid_lonely_surrogate": False,
    "i_string_invalid_surrogate": False,
    "i_string_invalid_utf-8": False,
    "i_string_inverted_surrogates_U+1D11E": False,
    "i_string_iso_latin_1": False,
    "i_string_lone_second_surrogate": False,
    "i_string_lone_utf8_continuation_byte": False,
    "i_string_not_in_unicode_range": False,
    "i_string_overlong_sequence_2_bytes": False,
    "i_string_overlong_sequence_6_bytes": False,
    "i_string_overlong_sequence_6_bytes_null": False,
    "i_string_truncated-utf-8": False,
    "i_string_utf16BE_no_BOM": False,
    "i_string_utf16LE_no_BOM": False,
    "i_structure_500_nested_arrays": False,
    "i_structure_UTF-8_BOM_empty_object": False,
}
# What readers are known to make different things of; None: refused.
TRANSFORMS: dict[str, Json] = {
    "number_-9223372036854775808": None,
    "number_-9223372036854775809": None,
    "number_1.0": [1.0],
    "number_1.000000000000000005": [1.0],
    "number_1000000000000000": [1000000000000000],
    "number_10000000000000000999": None,
    "number_1e-999": [0.0],
    "number_1e6": [1000000.0],
    "number_9223372036854775807": None,
    "number_9223372036854775808": None,
    "object_key_nfc_nfd": {"\u00e9": "NFC", "e\u0301": "NFD"},
    "object_key_nfd_nfc": {"e\u0301": "NFD", "\u00e9": "NFC"},
    "object_same_key_different_values": None,
    "object_same_key_same_value": None,
    "object_same_key_unclear_values": None,
    "string_1_escaped_invalid_codepoint": None,
    "string_1_invalid_codepoint": None,
    "string_2_escaped_invalid_codepoints": None,
    "string_2_invalid_codepoints": None,
    "string_3_escaped_invalid_codepoints": None,
    "string_3_invalid_codepoints": None,
    "string_with_escaped_NULL": ["A\0B"],
}
SAFE_INTEGERS = st.integers(-(2**53) + 1, 2**53 - 1)
# Texts of JSON: no lone surrogates.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | SAFE_INTEGERS | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda children: st.lists(children) | st.dictionaries(TEXTS, children),
)
# What random bytes seldom are.
TROUBLE = [b'"', b"\\", b"[" * 70, b"\\ud800", b"NaN", b'"a":1,"a":2', b"1e999"]


def read_folder(*parts: str) -> dict[str, bytes]:
    folder: Path = find_shared("corpora", "JSONTestSuite", *parts)
    return {path.stem: path.read_bytes() for path in sorted(folder.glob("*.json"))}


def test_every_parsing_file_of_json_test_suite() -> None:
    files = read_folder("test_parsing")
    assert len(files) == 318
    expected = {name: OUR_VERDICTS.get(name, name.startswith("y_")) for name in files}
    assert OUR_VERDICTS.keys() <= files.keys()
    assert {name for name in files if name.startswith("i_")} <= OUR_VERDICTS.keys()
    values = {name: read_json(data) for name, data in files.items()}
    assert {name: not isinstance(value, Refusal) for name, value in values.items()} == expected
    for name, value in values.items():
        if not isinstance(value, Refusal):
            assert value == json.loads(files[name])


def test_every_transform_file_of_json_test_suite() -> None:
    values = {name: read_json(data) for name, data in read_folder("test_transform").items()}
    assert {
        name: None if isinstance(value, Refusal) else value for name, value in values.items()
    } == TRANSFORMS


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no JSON: nothing is there"),
        (b" \r\n\t", "no JSON: nothing is there"),
        (b"\xef\xbb\xbf{}", "a byte order mark in front; JSON is UTF-8 without one"),
        ("{}".encode("utf-16"), "a byte order mark in front; JSON is UTF-8 without one"),
        ("{}".encode("utf-16-be"), "a value is missing or not written as JSON has it (line 1, column 1)"),
        ("{}".encode("utf-32-le"), "a key in double quotes is missing (line 1, column 2)"),
        ('{"é":\n "ü\xff"}'.encode("latin-1"), "bytes that are not UTF-8 (line 1, column 3)"),
        ('{"é":\n "ü'.encode() + b'\xff"}', "bytes that are not UTF-8 (line 2, column 4)"),
        (b'{"a":1,\r\n "b":2,\r\n "a":3}', "the key `a` stands twice in one object (line 3, column 2)"),
        (b'{"a":[{"b":1,"\\u0062":2}]}', "the key `b` stands twice in one object (line 1, column 14)"),
        (
            b'{"a":{"a":1},"b":[{"a":1}],"":0,"":1}',
            "the key `` stands twice in one object (line 1, column 33)",
        ),
        (
            b'{"%b":1,"%b":2}' % (b"k" * 100, b"k" * 100),
            f"the key `{'k' * 59}…` stands twice in one object (line 1, column 107)",
        ),
        (b'["NaN", NaN]', "NaN is no number of JSON (line 1, column 9)"),
        (b"Infinity", "Infinity is no number of JSON (line 1, column 1)"),
        (b"[\n-Infinity]", "-Infinity is no number of JSON (line 2, column 1)"),
        (b'{"1e999": 1e999}', "the number 1e999 is too large (line 1, column 11)"),
        (b"1e9991e999", "the number 1e9991 is too large (line 1, column 1)"),
        (b"[1, -1e999]", "the number -1e999 is too large (line 1, column 5)"),
        (b"[9007199254740992]", "the number 9007199254740992 is beyond ±9007199254740991 (line 1, column 2)"),
        (b"-9007199254740992", "the number -9007199254740992 is beyond ±9007199254740991 (line 1, column 1)"),
        (
            b"1" * 100_000,
            f"the number {'1' * 29}… is beyond ±9007199254740991 (line 1, column 1)",
        ),
        (b"[" * 65 + b"]" * 65, "nested deeper than 64 levels (line 1, column 65)"),
        (b'{"[":\n' * 65 + b"1" + b"}" * 65, "nested deeper than 64 levels (line 65, column 1)"),
        (b"[" * 4_000_000, "nested deeper than 64 levels (line 1, column 65)"),
        (rb'["\ud83d\ude00", "\ud83d"]', r"the escape \ud83d is half a surrogate pair (line 1, column 19)"),
        (rb'["\\\ude00"]', r"the escape \ude00 is half a surrogate pair (line 1, column 5)"),
        (rb'{"\ud800\ud800": 1}', r"the escape \ud800 is half a surrogate pair (line 1, column 3)"),
        (
            b'["a\tb"]',
            "a control character in a text, which must be written as an escape (line 1, column 4)",
        ),
        (rb'["\x41"]', "a backslash that begins no escape of JSON (line 1, column 3)"),
        (rb'["\u12"]', "a backslash that begins no escape of JSON (line 1, column 4)"),
        (b'{"a" 1}', "a colon is missing between key and value (line 1, column 6)"),
        (b"[1 2]", "a comma or a closing bracket is missing (line 1, column 4)"),
        (b'{"a":1', "a comma or a closing bracket is missing (line 1, column 7)"),
        (b"{a:1}", "a key in double quotes is missing (line 1, column 2)"),
        (b'["abc]', "a text that opens here is never closed (line 1, column 2)"),
        (b"{}\n{}", "something stands behind the end of the document (line 2, column 1)"),
        (b"{}\0", "something stands behind the end of the document (line 1, column 3)"),
        (b"[01]", "a comma or a closing bracket is missing (line 1, column 3)"),
        (b"[True]", "a value is missing or not written as JSON has it (line 1, column 2)"),
        (b" " * (MAXIMUM_BYTES + 1), "more than 5,000,000 bytes"),
    ],
    ids=lambda value: value[:60] if isinstance(value, str) else "",
)
def test_refused_documents(data: bytes, reason: str) -> None:
    assert read_json(data) == Refusal(reason)


# Python's json says since 3.13 what a comma before a closing bracket is.
@pytest.mark.parametrize("data", [b"[1,]", b'{"a":1,}'])
def test_a_trailing_comma_is_refused(data: bytes) -> None:
    refusal = read_json(data)
    assert isinstance(refusal, Refusal)
    assert refusal.reason.startswith(("a value", "a key", "a comma with nothing behind it"))


@pytest.mark.parametrize(
    ("data", "value"),
    [
        (b" null\n", None),
        (b"9007199254740991", 2**53 - 1),
        (b"-9007199254740991", 1 - 2**53),
        (b"1e308", 1e308),
        (b"5e-324", 5e-324),
        (rb'"\\ud800"', r"\ud800"),
        (rb'"\ud83d\ude00\u0000"', "\U0001f600\0"),
        (b'"\x7f\xc2\x85\xe2\x80\xa8"', "\x7f\x85\u2028"),
        (b'{"a":{"a":{"a":1}}}', {"a": {"a": {"a": 1}}}),
        (b"[" + b"[]," * 500 + b'"[[["]', [*[[]] * 500, "[[["]),
        (b'["' + b"[" * 100 + b'\\"' + b"{" * 100 + b'"]', ["[" * 100 + '"' + "{" * 100]),
    ],
)
def test_taken_documents(data: bytes, value: Json) -> None:
    assert read_json(data) == value


def test_the_deepest_document_that_is_taken() -> None:
    value = read_json(b"[" * MAXIMUM_DEPTH + b"]" * MAXIMUM_DEPTH)
    for _ in range(MAXIMUM_DEPTH - 1):
        assert isinstance(value, list)
        (value,) = value
    assert value == []


def test_zero_keeps_its_sign_where_it_has_a_point() -> None:
    value = read_json(write_json(-0.0).encode())
    assert isinstance(value, float)
    assert math.copysign(1, value) == -1


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": [1, 2.5, None], "a": {"é\n": True}}, '{"b":[1,2.5,null],"a":{"é\\n":true}}'),
        ([], "[]"),
        ("a b\u2028\U0001f600\x1f", '"a b\u2028\U0001f600\\u001f"'),
    ],
)
def test_written_without_blanks_in_the_order_given(value: Json, text: str) -> None:
    assert write_json(value) == text


def test_what_is_no_json_is_not_written() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        write_json([math.nan])


@given(VALUES)
def test_what_is_written_is_read_back(value: Json) -> None:
    read = read_json(write_json(value).encode())
    assert read == value
    # 1, 1.0 and True are equal in Python, but not in JSON.
    assert repr(read) == repr(value)


@given(VALUES, st.data())
def test_no_change_of_a_document_is_more_than_refused(value: Json, data: st.DataObject) -> None:
    document = bytearray(json.dumps(value, ensure_ascii=data.draw(st.booleans()), indent=1).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(document)))
        end = data.draw(st.integers(start, len(document)))
        document[start:end] = data.draw(st.binary(max_size=4) | st.sampled_from(TROUBLE))
    read = read_json(bytes(document))
    if isinstance(read, Refusal):
        assert read.reason
    else:
        assert read == json.loads(bytes(document))


@given(st.binary())
@example(b"\\" * 1000)
@example(b'"' * 1001)
@example(b'"\\' * 1000)
@example(b"-" * 1000)
@example(b"[{" * 500)
@example(b"]" * 100 + b"[" * 100)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    read = read_json(data)
    assert isinstance(read, Refusal) or read == json.loads(data)
