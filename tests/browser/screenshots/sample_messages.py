"""Messages of the rooms that are photographed: minutes since the one before, author, text."""

AIKO, BEN, MIO = ("u1", "Aiko Tanaka"), ("u2", "Ben Okafor"), ("u3", "高橋 澪")
MARTA, KEN = ("u4", "Márta Szabó"), ("u5", "健一")

CATCH_UP = '''The catch-up now reads:

```python
async def subscribe(room: str, since: int | None = None) -> CatchUp:
    """Everything that changed after `since`."""
    page = await stream.load_catch_up(room, since)
    return page if page.events else CatchUp(limited=True)
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
    (1420, BEN, CATCH_UP),
    (4, AIKO, "Nice. `CatchUp(limited=True)` is the honest answer when too much was missed."),
    (2, MIO, "同感です。中途半端な答えがいちばん困ります。"),
    (12, MARTA, "Then the cups are packed, and the door is open from half past six."),
    (5, BEN, "See you all tonight 🍵"),
]
ABOUT_CUPS = [
    (4, BEN, "Six and two are eight: I have two at home, the blue ones."),
    (2, MARTA, "Then mine may stay in the cupboard."),
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
ABOUT_PAPERS = [
    (3, MIO, "議題の二つ目は来週でもよさそうです。"),
    (5, KEN, "そうですね。一つ目に時間をかけましょう。"),
]
NEWS = [
    (0, AIKO, "The server moved to the new machine last night. Thank you for your patience."),
    (1500, AIKO, "On Sunday the garden gate stays closed: the pines are being pruned."),
]
ATTIC = [
    (0, BEN, "Anybody here still looking for the old scrolls?"),
    (9, MARTA, "They are downstairs now, in the cabinet by the window."),
]
READING = [
    (0, MARTA, "Which book is next?"),
    (3, BEN, "*In Praise of Shadows*, if nobody has read it too often."),
    (1, MARTA, "Nobody has."),
]
TO_AIKO = [(0, BEN, "Do you have a minute before tea?"), (4, AIKO, "In the garden, at six.")]
STEPS = (
    "The changelog is written.",
    "All tests are green, on both databases.",
    "The pictures in the manual are new.",
    "I read the Japanese once more: two commas.",
    "The wheel installs on a bare machine.",
    "Restored last night's backup: nothing is missing.",
    "Every option says what it does.",
    "Moved the test server over while people talked. Nobody noticed.",
)
SPOKEN_TO = [(7, MARTA, step) for step in STEPS] * 5 + [
    (3, BEN, "@[Aiko Tanaka](u1) @[高橋 澪](u3) The notes are ready for a last look.")
]
