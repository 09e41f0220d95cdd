"""Names of people and rooms: what is kept as it was typed, what is refused, and which two are taken for each other."""

ENGLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"

ACCEPTED = [
    "Aiko",
    "田中 愛子",
    "Nguyễn Thị Ánh",
    "O'Neil",
    "x",
    "علی‌رضا",  # U+200C is the spelling
    "שָׁלוֹם",
    "ক্ষমা র‍্যাব",  # U+200D before the virama
    "ශ්‍රී",
    "ខ្មែរ\u200bភាសា",  # Khmer writes its words without spaces, and marks their ends so
    "ᠮᠣᠩᠭᠣᠯ\u180eᠠ",
    "ᠮᠣᠩᠭᠣᠯ\u202fᠤᠨ",
    "葛\U000e0100城",  # one of the registered shapes of the first letter
    "⠃⠑⠝⠀⠃",  # Braille, with its own space
    ENGLAND,
    "👩‍👩‍👧‍👦",
    "👩🏽‍🚀",
    "❤️",
    "1️⃣",
    "🏳️‍🌈",
    "🇯🇵",
]

# What is kept of them.
TIDIED = {
    "  Aiko \u3000 Tanaka ": "Aiko Tanaka",
    "cafe\u0301": "caf\u00e9",
    "Aiko\u200b": "Aiko",
    "\u2068محمد\u2069\u200f": "محمد",  # copied from a text that kept directions apart
    "Aiko\u00a0Tanaka": "Aiko Tanaka",
}

INVISIBLE = [
    *(
        "",
        " ",
        "\u3000",
        "\u3164",
        "\uffa0",
        "\u115f",
        "\u1160",
        "\u2800",
        "\u180e",
        "\u17b4",
        "\u200e",
        "\u200f",
    ),
    *(
        "\ufe0f",
        "\u200b",
        "\u200c",
        "\u200d",
        "\u2060",
        "\ufeff",
        "\u00ad",
        "\u034f",
        "\u202e",
        "\u2028",
        "\u0085",
    ),
    *(
        "\U000e0067",
        "\U000e0100",
        "\U0001d159",
        "\U00016fe4",
        "\u2062",
        "\x00",
        "\x7f",
        "\u3164\u200b \u2800",
    ),
]

REFUSED = [
    *INVISIBLE,
    "\u0301",  # a mark without its letter
    "\u0301a",
    "a" + "\u0301" * 10,
    "a\u200bb",
    "B\u200coss",
    "a\u202eb",
    "a\u202ab\u202c",
    "a\u2060b",
    "a\u00adb",
    "a\ufe0f",
    "a\u3164b",
    "a\u2800b",
    "a\U000e0067",
    "\U0001f3f4\U000e0067\U000e0067\U000e007f",  # no flag: a hidden text
    "👍\u200da",
    "ab\u200d🍵",
    "a\U000e0100",
    "a\ue000",
    "a\ufffd",
    "a\uffff",
    "a\x00b",
    "a\x1bb",
    "a\nb",
    "a\u2028b",
    "a\ufff9b",
]

ALIKE = [
    ("Boss", "boss"),
    ("Boss", "ВОSS"),  # Cyrillic capitals
    ("boss", "b\u043ess"),
    ("Boss", "Ｂｏｓｓ"),
    ("Boss", "𝐁𝐨𝐬𝐬"),
    ("Boss", "Ⓑⓞⓢⓢ"),
    ("Boss", "B0ss"),
    ("Boss", "Βοѕѕ"),
    ("Boss", "ʙᴏꜱꜱ"),
    ("Bill", "BiIl"),
    ("Bill", "Bi1l"),
    ("paypal", "раураl"),
    ("Anna", "Αnna"),
    ("ロビー", "口ビ一"),
    ("ﾛﾋﾞｰ", "ロビー"),
    ("café", "CAFÉ"),
    ("İstanbul", "istanbul"),
    ("Нина", "нина"),
    ("O'Neil", "O’Neil"),
    ("tea-time", "tea‑time"),
    ("علی‌رضا", "علیرضا"),
    ("team ٤", "team 4"),
    ("❤️ club", "❤ club"),
]

DIFFERENT = [
    ("José", "Jose"),
    ("mail", "mall"),
    ("10", "lo"),
    ("modem", "modern"),
    ("Nina", "Nino"),
    ("tea", "tee"),
    ("team 4", "team 5"),
    ("田中", "田申"),
    ("はな", "ハナ"),
    ("Нина", "Нона"),
    ("👍", "👍🏽"),
]
