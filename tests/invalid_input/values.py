"""What nobody sends who means well. Values of JSON as they stand in a frame, and texts for addresses and forms."""

import json

DEEP = "[" * 30_000 + "]" * 30_000

INTEGERS = (0, -1, 2**31, 2**53, 2**53 + 1, 2**63 - 1, 2**63, 2**64, -(2**63) - 1, 10**30)

TEXTS = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "\n",
    "n\n",
    "1",
    "-1",
    "9" * 30,
    "\u200b",
    "\u202egnihtemos",
    "\u2028",
    "e" + "\u0301" * 500,
    "👩‍👩‍👧‍👦" * 20,
    "x" * 65,
    "x" * 10_001,
    "../../etc/passwd",
    "u1",
    "u99999999999999999999",
    "vnobody",
    "'; DROP TABLE zashiki_room; --",
    "%s%(name)s{0}",
    "<script>alert(1)</script>",
    "0001-01-01T00:00:00+23:59",
    "9999-12-31T23:59:59-23:59",
)

JSON = (
    *map(str, INTEGERS),
    *map(json.dumps, TEXTS),
    "null",
    "true",
    "1.0",
    "1.5",
    "1e400",
    "-1e400",
    "NaN",
    "Infinity",
    "1" * 5000,
    r'"\ud800"',
    r'"\udfff\ud800"',
    "[]",
    "{}",
    "[1]",
    '["1"]',
    "[null]",
    json.dumps([2**53] * 200),
    json.dumps([1] * 201),
    DEEP,
    '{"a":' * 20_000 + "1" + "}" * 20_000,
)
