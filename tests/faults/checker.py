"""Holds the record of a run against the table, and says what does not hold. Knows nothing of how the run was made.

Each check yields sentences, one for each violation; the numbers are the invariants' in docs/guarantees.md.
"""

from collections import Counter, defaultdict

GROWTH_LIMIT = 50  # MiB
DESCRIPTOR_LIMIT = 30  # more than in the beginning; clients are spread over processes by chance
READY_LIMIT = 15  # seconds


def violations(record, table):
    """
    Args:
        record: see `record.Record`.
        table: ``{"rooms": {id: [position, version]}, "messages": [[id, room, position, version, author, nonce, body, deleted], ...]}``.

    Returns:
        a list of (name of the check, sentence).
    """
    rows = [Row(*row) for row in table["messages"]]
    heads = {int(room): tuple(head) for room, head in table["rooms"].items()}
    return [(check.__name__, sentence) for check in CHECKS for sentence in check(record, rows, heads)]


class Row:
    """One message of the table."""

    __slots__ = ("id", "room", "position", "version", "author", "nonce", "body", "deleted")

    def __init__(self, *values):
        for name, value in zip(self.__slots__, values, strict=True):
            setattr(self, name, value)

    @property
    def key(self):
        return self.room, self.author, self.nonce


def acknowledged_are_stored_once(record, rows, heads):
    stored = Counter(row.key for row in rows)
    for key in {(answer.room, answer.author, answer.nonce) for answer in record.answers}:
        if stored[key] != 1:
            yield f"{key} was acknowledged and is in the table {stored[key]} times"


def every_retry_gets_the_same_answer(record, rows, heads):
    places = {row.key: (row.id, row.position) for row in rows}
    for answer in record.answers:
        key, place = (answer.room, answer.author, answer.nonce), (answer.message, answer.position)
        if places.get(key, place) != place:
            yield f"{key} was acknowledged as {place}, and is {places[key]}"


def refused_are_not_stored(record, rows, heads):
    for row in rows:
        if row.key in record.refused:
            yield f"{row.key} was refused as {record.refused[row.key]} and is stored"


def nothing_is_stored_that_nobody_sent(record, rows, heads):
    for row in rows:
        if row.key not in record.sent:
            yield f"{row.key} is stored and was never sent"


def nothing_is_stored_twice(record, rows, heads):
    for key, times in Counter(row.key for row in rows).items():
        if times > 1:
            yield f"{key} is stored {times} times"


def positions_have_no_gap(record, rows, heads):
    for room, mine in _by_room(rows).items():
        positions = [row.position for row in mine]
        if positions != list(range(1, len(positions) + 1)) or heads[room][0] != len(positions):
            yield f"room {room} has {len(positions)} messages, the last at {positions[-1]}, its own count is {heads[room][0]}"


def versions_are_taken_once(record, rows, heads):
    for room, mine in _by_room(rows).items():
        versions = [row.version for row in mine]
        if len(set(versions)) != len(versions) or max(versions) > heads[room][1]:
            yield f"room {room}: two messages share a version, or one is ahead of the room's clock"


def what_was_sent_after_an_answer_comes_after_it(record, rows, heads):
    by_room = defaultdict(list)
    for answer in record.answers:
        by_room[answer.room].append(answer)
    for room, answers in by_room.items():
        first = {}
        for answer in answers:
            known = first.get(answer.message)
            asked = min(answer.asked_at, known[1] if known else answer.asked_at)
            answered = min(answer.answered_at, known[2] if known else answer.answered_at)
            first[answer.message] = (answer.position, asked, answered)
        ordered = sorted(first.values())
        latest_ask = float("-inf")
        for position, asked, answered in ordered:
            if answered < latest_ask:
                yield f"room {room}: position {position} was answered before one in front of it was even sent"
            latest_ask = max(latest_ask, asked)


def whoever_sits_down_again_has_seen_what_they_say(record, rows, heads):
    by_room = _by_room(rows)
    for claim in record.claims:
        for row in by_room.get(claim.room, ()):
            if (
                row.version <= claim.since
                and row.position >= claim.floor
                and claim.held.get(row.id) != row.version
            ):
                yield (
                    f"{claim.reader} said to have seen room {claim.room} up to version {claim.since}, "
                    f"but holds position {row.position} in version {claim.held.get(row.id)} rather than {row.version}"
                )
                break


def views_are_the_table(record, rows, heads):
    by_room = _by_room(rows)
    for (reader, room), (messages, has_older) in record.views.items():
        floor = messages[0]["position"] if messages and has_older else 1
        yield from _compare(
            f"the view of {reader}",
            room,
            messages,
            [row for row in by_room.get(room, ()) if row.position >= floor],
        )


def a_fresh_fetch_is_the_table(record, rows, heads):
    by_room = _by_room(rows)
    for room, messages in record.fetched.items():
        yield from _compare("a fresh fetch", room, messages, by_room.get(room, ()))


def everybody_is_complete_in_time(record, rows, heads):
    for reader, room in record.behind:
        yield f"{reader} was not complete in room {room} in time after the last fault"


def nothing_is_seen_after_the_right_has_ended(record, rows, heads):
    for ending in record.endings:
        late = [
            sight
            for sight in record.sights.get((ending.reader, ending.room), ())
            if sight.at > ending.at + ending.grace
        ]
        if late:
            yield (
                f"{ending.reader} lost room {ending.room} at version {ending.version} and saw {len(late)} events afterwards, "
                f"the last of version {late[-1].version} {late[-1].at - ending.at:.1f} s later"
            )


def no_process_grows_without_bound(record, rows, heads):
    for process, memory, descriptors in record.growth:
        if memory > GROWTH_LIMIT:
            yield f"process {process} grew by {memory:.0f} MiB"
        if descriptors > DESCRIPTOR_LIMIT:
            yield f"process {process} has {descriptors} more open descriptors"


def each_fault_heals_without_a_hand(record, rows, heads):
    for fault, seconds in record.recoveries:
        if seconds > READY_LIMIT:
            yield f"after '{fault}' it took {seconds:.1f} s until a post was answered again"


CHECKS = (
    acknowledged_are_stored_once,
    every_retry_gets_the_same_answer,
    refused_are_not_stored,
    nothing_is_stored_that_nobody_sent,
    nothing_is_stored_twice,
    positions_have_no_gap,
    versions_are_taken_once,
    what_was_sent_after_an_answer_comes_after_it,
    whoever_sits_down_again_has_seen_what_they_say,
    views_are_the_table,
    a_fresh_fetch_is_the_table,
    everybody_is_complete_in_time,
    nothing_is_seen_after_the_right_has_ended,
    no_process_grows_without_bound,
    each_fault_heals_without_a_hand,
)


def _by_room(rows):
    found = defaultdict(list)
    for row in rows:
        found[row.room].append(row)
    return found


def _compare(who, room, messages, rows):
    seen = [
        (message["id"], message["position"], message["version"], message["body"], message["deleted"])
        for message in messages
    ]
    true = [(row.id, row.position, row.version, row.body, row.deleted) for row in rows]
    if seen != true:
        missing, strange = set(true) - set(seen), set(seen) - set(true)
        some = ", ".join(str(each[:3]) for each in sorted(missing | strange, key=lambda each: each[1])[:3])
        yield f"{who} of room {room}: {len(missing)} missing, {len(strange)} otherwise or not there, {len(seen) - len(set(seen))} twice ({some})"
