"""`{% room %}` on a page that anybody may open: whoever may not see the room gets the page without it."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.test import RequestFactory

from zashiki.policy import Policy
from zashiki.rooms import actions

pytestmark = pytest.mark.django_db


class Closed(Policy):
    def can_access(self, person):
        return False


class Public(Policy):
    def can_access(self, person):
        return True

    def can_read(self, person, room):
        return True


# Who reads: whether they are signed in, whether visitors are welcome, the site's policy; and whether they see an open room.
READERS = {
    "signed in": (True, False, Policy, True),
    "visitor": (False, True, Policy, True),
    "nobody": (False, False, Policy, False),
    "nobody, public": (False, False, Public, True),
    "signed in, closed": (True, False, Closed, False),
    "nobody, closed": (False, True, Closed, False),
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("subject", ["room", "address", "new address"])
def test_a_page_with_a_room_is_shown_to_everybody(settings, django_user_model, reader, subject):
    is_signed_in, settings.ZASHIKI_ALLOW_VISITORS, policy, sees = READERS[reader]
    settings.ZASHIKI_POLICY = f"{policy.__module__}.{policy.__name__}"
    aiko = django_user_model.objects.create_user("aiko")
    subjects = {"room": actions.create(aiko, "tea"), "address": "tea", "new address": "brand-new"}
    request = RequestFactory().get("/")
    request.user, request.session = aiko if is_signed_in else AnonymousUser(), {}
    template = engines["django"].from_string("<p>Order</p>{% load zashiki %}{% room subject %}")
    page = template.render({"subject": subjects[subject]}, request)
    opens_rooms = settings.ZASHIKI_ALLOW_VISITORS or subject != "new address"
    assert page.startswith("<p>Order</p>")
    assert ("data-" in page) == (sees and opens_rooms)
