"""The rooms of the screenshots: ``python -m tests.journeys.furnish``."""

from datetime import UTC, datetime, timedelta

import django

from tests.journeys.past import tell

NOW = datetime(2026, 4, 9, 18, 12, tzinfo=UTC)
AIKO, BEN, MARTA = ("u1", "Aiko Tanaka"), ("u2", "Ben Okafor"), ("u4", "Márta Szabó")
MIO, KEN = ("u3", "高橋 澪"), ("u5", "健一")
GUARD = '''The guard at the door now reads:

```python
async def sit(room: str, since: int | None = None) -> Page:
    """Everything that changed after `since`."""
    page = await feed.arrive(room, since)  # late is a place
    return page if page.events else Page(limited=True)
```'''

TEA = [
    (0, AIKO, "Good morning! Who brings the leaves for Thursday?"),
    (2, BEN, "I can. Sencha or hōjicha?"),
    (1, BEN, "There is still a little of the **Uji** one from last time."),
    (6, MIO, "ほうじ茶がいいです。夜なので。"),
    (
        30,
        AIKO,
        "Hōjicha it is. Three things to settle:\n\n1. who opens the room\n2. cups: we are *eight*, and there are six\n3. music, or none",
    ),
    (3, MARTA, "I open at half past six. And I have cups, see https://example.org/cups"),
    (1420, BEN, GUARD),
    (4, AIKO, "Nice. `Page(limited=True)` is the honest answer when too much was missed."),
    (2, MIO, "> the honest answer\n\n同感です。中途半端な答えがいちばん困ります。"),
    (12, MARTA, "Then the cups are packed, and the door is open from half past six."),
    (5, BEN, "See you all tonight 🍵"),
]
CHAT = [
    (0, MIO, "おはようございます。今日は少し寒いですね。"),
    (3, AIKO, "本当に。縁側がまだ冷たいです。"),
    (1, MIO, "お茶を入れましょうか。"),
    (1, MIO, "昨日いただいた羊羹もあります。"),
    (40, KEN, "ぜひ。今日の資料です:\n\n- 議題\n- 先週の**議事録**\n- `bin/serve` の手順"),
    (2, AIKO, "ありがとうございます。読んでおきます。"),
    (9, KEN, "「接続が切れても、書いたものは失われない」という約束のところを、いちばん先に話したいです。"),
    (4, MIO, "賛成です。では三時に、この部屋で。"),
]
QUIET = [
    ("release 1.0", 41, ""),
    ("café", 12, "Where the others are"),
    ("reading group", 27, ""),
    ("縁側", 8, ""),
    ("🍵", 3, ""),
]


def furnish():
    tell("tea", TEA, NOW - timedelta(days=1, minutes=68), "Thursday evenings, and what we drink then")
    tell("雑談", CHAT, NOW - timedelta(hours=9), "なんでも話す部屋")
    for name, count, description in QUIET:
        tell(name, [(7, AIKO, "…")] * count, NOW - timedelta(days=3), description)


if __name__ == "__main__":
    django.setup()
    furnish()
