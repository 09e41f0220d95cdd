"""Who may be in which room of the shop."""

from orders.models import Order
from zashiki.policy import Policy


class ShopPolicy(Policy):
    """Each order has a room for its customer and those who sell. There are no other rooms."""

    def can_read(self, person, room):
        if person is None or person.user is None or not isinstance(room.subject, Order):
            return False
        return room.subject.concerns(person.user)

    def can_moderate(self, person, room):
        return person.user is not None and person.user.sells

    def can_make_room(self, person):
        return False

    def can_open_room(self, person, name):
        return False

    def can_see_people(self, person):
        return False

    def name_of(self, user):
        return user.name
