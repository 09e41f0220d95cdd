"""A room with messages, a thread, replies, reactions and edits."""

from datetime import timedelta

from tests.browser.seed_history import seed_lines
from zashiki.messages.mention_marker import MentionMarker
from zashiki.messages.mentions import mention_candidates, resolve_mentions
from zashiki.messages.rendering import render
from zashiki.models import Membership, Mention, Message, Revision, Room, SavedMessage, ThreadFollow


class SeededRoom:
    def __init__(self, room):
        self.room = room

    @classmethod
    def made(cls, name, lines, begin, members):
        """Everybody has read everything.

        Args:
            members: the role of each user.
        """
        past = cls(Room.objects.create(name=name))
        Membership.objects.bulk_create(
            Membership(room=past.room, user=user, role=role) for user, role in members.items()
        )
        past.add_messages(lines, begin)
        return past

    def add_messages(self, lines, begin):
        seed_lines(self.room, lines, begin)
        for message in Message.objects.filter(room=self.room, body__contains="@["):
            self._mark_mentions(message)
        self.leave_unread(0)

    def change(self, **fields):
        Room.objects.filter(pk=self.room.pk).update(**fields)
        self.room.refresh_from_db()

    def leave_unread(self, count):
        Membership.objects.filter(room=self.room).update(read_position=max(0, self.room.position - count))

    def decorate(self, *, root, replies, answer, answered, edited, follower):
        """A thread, an answer, an edited message, reactions, a pin and something saved, by their positions."""
        self._open_thread(self._at(root), replies, follower)
        self._quote(self._at(answer), self._at(answered))
        self._edit(self._at(edited))
        SavedMessage.objects.create(
            user=follower, message=self._at(answered), saved_at=self._at(answered).posted_at
        )
        self.leave_unread(0)

    # Private

    def _at(self, position):
        return Message.objects.get(room=self.room, position=position)

    def _open_thread(self, root, lines, follower):
        begin, first = root.posted_at, self.room.position + 1
        for number, (minutes, (key, name), body) in enumerate(lines):
            begin += timedelta(minutes=minutes)
            reply = Message(
                room=self.room,
                position=first + number,
                version=first + number,
                nonce=f"past-{first + number}",
            )
            reply.author_key, reply.author_name, reply.body, reply.html = key, name, body, render(body)
            reply.posted_at, reply.thread, reply.thread_position, reply.in_room = (
                begin,
                root,
                root.position,
                False,
            )
            reply.save()
        last = first + len(lines) - 1
        people = [list(person) for person in dict.fromkeys(person for _, person, _ in lines)]
        root.replies = {"count": len(lines), "last_position": last, "people": people}
        root.replied_at, root.pinned_at, root.pinned_by = begin, begin, people[0]
        root.reactions = [["👍", people]]
        root.save()
        self.change(position=last, version=last)
        ThreadFollow.objects.create(user=follower, root=root, read_position=last - 1)

    def _quote(self, answer, answered):
        answer.reply_to, answer.quoted = (
            answered,
            [answered.position, answered.author_key, answered.author_name],
        )
        answer.reactions = [
            ["🍵", [["u1", "Aiko Tanaka"], ["u3", "高橋 澪"]]],
            ["🎉", [["u2", "Ben Okafor"]]],
        ]
        answer.save()

    def _edit(self, message):
        before = message.body[: len(message.body) // 2] + "…"
        Revision.objects.create(
            message=message, body=before, html=render(before), written_at=message.posted_at
        )
        message.edited_at = message.posted_at + timedelta(minutes=1)
        message.save()

    def _mark_mentions(self, message):
        called = [(self.room.pk, key) for key in mention_candidates(message.body)]
        marker = MentionMarker(self.room.pk, resolve_mentions(called))
        message.html, message.mentions = marker.mark(message.html), marker.keys
        message.save()
        Mention.objects.bulk_create(
            Mention(message=message, room=self.room, key=key, position=message.position)
            for key in marker.keys
        )
