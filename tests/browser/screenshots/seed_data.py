"""The people and rooms of the server that is photographed."""

from datetime import timedelta

from django.contrib.auth.hashers import make_password

from tests.browser.people.seed_accounts import PASSWORD
from tests.browser.screenshots import sample_messages
from tests.browser.screenshots.seed_room import SeededRoom
from tests.browser.screenshots.seed_server import NOW
from zashiki.models import Profile
from zashiki.rooms import direct, invitations
from zashiki.server.accounts.models import Account

PEOPLE = {  # the first is the administrator
    "aiko": ("Aiko Tanaka", "In the tea room until eight"),
    "ben": ("Ben Okafor", ""),
    "mio": ("高橋 澪", "午後は縁側にいます"),
    "marta": ("Márta Szabó", "Away until Monday"),
    "ken": ("健一", ""),
}
QUIET = [("café", 12, "Where the others are"), ("縁側", 8, ""), ("🍵", 3, "")]


def seed_server():
    """Returns the token of a link into the tea room."""
    people = _people()
    token = _tea(people)
    _chat(people)
    _rooms_of_a_kind(people)
    _rooms_with_news(people)
    _directs(people)
    return token


def _people():
    password, made = make_password(PASSWORD), {}
    for username, (name, status) in PEOPLE.items():
        keeps = not made
        made[username] = Account.objects.create(
            username=username,
            email=f"{username}@example.org",
            password=password,
            name=name,
            is_superuser=keeps,
            is_staff=keeps,
        )
        Profile.objects.create(user=made[username], status=status)
    return made


def _tea(people):
    tea = _made(
        "tea",
        sample_messages.TEA,
        timedelta(days=1, minutes=68),
        people,
        aiko="owner",
        ben="moderator",
        mio="member",
        marta="member",
    )
    tea.change(description="Thursday evenings, and what we drink then")
    tea.decorate(
        root=5, replies=sample_messages.ABOUT_CUPS, answer=9, answered=8, edited=10, follower=people["aiko"]
    )
    return invitations.create(people["aiko"], tea.room, days=7, uses=8).token


def _chat(people):
    chat = _made(
        "雑談", sample_messages.CHAT, timedelta(hours=9), people, mio="owner", ken="moderator", aiko="member"
    )
    chat.change(description="なんでも話す部屋")
    chat.decorate(
        root=5, replies=sample_messages.ABOUT_PAPERS, answer=8, answered=7, edited=6, follower=people["mio"]
    )
    invitations.create(people["mio"], chat.room, days=7)


def _rooms_of_a_kind(people):
    news = _made(
        "server news",
        sample_messages.NEWS,
        timedelta(days=2),
        people,
        aiko="owner",
        ben="member",
        mio="member",
    )
    news.change(posting="moderators", description="What everybody should know")
    attic = _made("attic", sample_messages.ATTIC, timedelta(days=30), people, aiko="owner", mio="owner")
    attic.change(archived_at=NOW)
    _made("garden", [], timedelta(), people, aiko="owner", mio="owner", marta="member").change(kind="private")


def _rooms_with_news(people):
    release = _made(
        "release 1.0",
        sample_messages.SPOKEN_TO,
        timedelta(hours=8),
        people,
        ben="owner",
        aiko="member",
        mio="member",
    )
    release.leave_unread(7)
    _made(
        "reading group",
        sample_messages.READING,
        timedelta(days=1),
        people,
        marta="owner",
        aiko="member",
        mio="member",
    )
    for name, count, description in QUIET:
        _made(name, [(7, sample_messages.AIKO, "…")] * count, timedelta(days=3), people).change(
            description=description
        )


def _directs(people):
    aiko, ben, mio, marta, _ = people.values()
    SeededRoom(direct.get_or_create([aiko, ben])).add_messages(
        sample_messages.TO_AIKO, NOW - timedelta(hours=1)
    )
    for few in ([aiko, mio, marta], [mio, ben]):
        direct.get_or_create(few)


def _made(name, lines, ago, people, **roles):
    return SeededRoom.made(
        name, lines, NOW - ago, {people[username]: role for username, role in roles.items()}
    )
