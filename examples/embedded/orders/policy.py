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

    def can_create_room(self, person):
        return False

    def can_create_room_by_address(self, person, name):
        return False

    def can_list_people(self, person):
        return False

    def display_name(self, user):
        return user.name
