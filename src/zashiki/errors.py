"""What can be refused, each with the code that travels on the wire.

ZashikiError
├── Malformed          malformed        not JSON, not an object, or no such shape
├── UnknownCommand     unknown_command  a command that this server does not have
├── Invalid            invalid          a field that is missing or has a wrong value
├── Empty              empty            nothing to post
├── TooLong            too_long         a text over its limit
├── NotFound           not_found        no such thing, or none that this person may see
├── Forbidden          forbidden        seen, but not allowed
├── NotSubscribed      not_subscribed   a command for a room to which this socket is not subscribed
├── Conflict           conflict         the same nonce with another body
├── RateLimited        rate_limited     too many; `retry_after` says when to come back
├── Busy               busy             the writer is full; nothing was stored, try again
└── Unavailable        unavailable      the database is away; nothing is known to be stored, the same nonce is safe to send again
"""


class ZashikiError(Exception):
    """Something was refused; ``str(error)`` is a sentence for the person who caused it.

    Args:
        detail: the sentence; ``None`` takes the class's own.
        retry_after: seconds after which trying again makes sense; ``None`` when waiting does not help.
    """

    code = "error"
    default_detail = "This did not work."

    def __init__(self, detail: str | None = None, *, retry_after: float | None = None) -> None:
        super().__init__(detail or self.default_detail)
        self.retry_after = retry_after


class Malformed(ZashikiError):
    code = "malformed"
    default_detail = "This is not a JSON object."


class UnknownCommand(ZashikiError):
    code = "unknown_command"
    default_detail = "Unknown command."


class Invalid(ZashikiError):
    code = "invalid"
    default_detail = "A field is missing or has a wrong value."


class Empty(ZashikiError):
    code = "empty"
    default_detail = "The message is empty."


class TooLong(ZashikiError):
    code = "too_long"
    default_detail = "This text is too long."


class NotFound(ZashikiError):
    code = "not_found"
    default_detail = "Not found, or you do not have access."


class Forbidden(ZashikiError):
    code = "forbidden"
    default_detail = "You do not have permission to do this."


class NotSubscribed(ZashikiError):
    code = "not_subscribed"
    default_detail = "Subscribe to the room first."


class Conflict(ZashikiError):
    code = "conflict"
    default_detail = "This nonce was already used for another message."


class RateLimited(ZashikiError):
    code = "rate_limited"
    default_detail = "Too many messages in a short time. Wait a moment and try again."


class Busy(ZashikiError):
    code = "busy"
    default_detail = "The server is busy. Nothing was stored. Try again."


class Unavailable(ZashikiError):
    code = "unavailable"
    default_detail = "The database cannot be reached. Try again in a moment."
