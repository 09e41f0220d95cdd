"""Which names look alike. After Unicode Technical Standard 39, section 4 (confusable detection), with a table of our own.

The table has the letters and digits that can be taken for Latin ones, and the kana that can be taken for Han. A name has two keys: in one
every letter is small, in the other capital letters are compared by their own shape, so that ``BiIl`` is like ``Bill``. Two names look
alike when one of the keys is the same. Accents count: ``Jose`` and ``José`` are two names.
"""

from __future__ import annotations

import re
import unicodedata

from zashiki.text.visible_text import without_ignorable


def _table(pairs: str) -> dict[int, str]:
    """From ``"a αа"``: each character after the first stands for the first."""
    return {ord(letter): group[0] for group in pairs.split() for letter in group[1:]}


# Written as escapes would be unreadable: in each word the first letter is ASCII (or Han), the others are not.
_CAPITALS = _table(
    "AΑАᎪꓮ BΒВᏴꓐ CСϹᏟꓚ DᎠꓓ EΕЕᎬꓰ FϜꓝ GԌᏀꓖ HΗНᎻꓧ JЈᎫꓙ KΚКᏦꓗ LᏞꓡ MΜМᎷꓟ NΝꓠ OΟОՕꓳ PΡРᏢꓑ QԚ RᎡᏒꓣ SЅՏᏕᏚꓢ"
    " TΤТᎢꓔ UՍꓴ VᏙꓦѴ WԜᎳᏔꓪ XΧХꓫ YΥУҮꓬ ZΖᏃꓜ lIΙІӀᏆꓲ"
)
_SMALL = _table(
    "aαаɑᴀ bʙᏏ cсϲᴄ dԁᴅ eеҽᴇ fꜰ gɡցɢ hһհʜ iιіıɩɪᎥ jјϳᴊ kᴋκ lӏʟǀ| mᴍ nոɴη oοоօσᴏⲟჿ pрρᴘ qԛզ rʀг sѕꜱƽ tᴛ"
    " uυսᴜ vνѵᴠ wԝᴡա xхχ yуγүʏ zᴢ"
    " 一ー― 二ニ 口ロ 力カ 工エ 卜ト 八ハ 夕タ へヘ べベ ぺペ"
    " '’‘ʼ′`´ \"“”″ -‐‑–—−"
)
_DIGITS = {ord("0"): "o", ord("1"): "l"}
_DOTTED = re.compile("(?<=[ij])\u0307")


def looks_of(name: str) -> tuple[str, str]:
    """The two keys of a name, by which it is compared with others."""
    plain = unicodedata.normalize("NFKC", without_ignorable(name))
    return _reduced(plain), _reduced(plain.translate(_CAPITALS))


def same_name(one: str, other: str) -> bool:
    """Whether two names are one, written with other capitals, widths or characters that cannot be seen."""
    return _folded(one) == _folded(other)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", without_ignorable(name)).casefold())


def look_alike(one: str, other: str) -> bool:
    """Whether two names can be taken for each other."""
    return any(map(str.__eq__, looks_of(one), looks_of(other)))


def _reduced(text: str) -> str:
    small = unicodedata.normalize("NFKC", text.casefold())
    small = _DOTTED.sub("", unicodedata.normalize("NFD", small))
    small = "".join(map(_as_ascii_digit, small)).translate(_SMALL)
    if any(letter.isalpha() for letter in small):
        small = small.translate(_DIGITS)
    return " ".join(unicodedata.normalize("NFC", small).split())


def _as_ascii_digit(letter: str) -> str:
    value = -1 if letter.isascii() else unicodedata.decimal(letter, -1)
    return letter if value < 0 else str(value)
