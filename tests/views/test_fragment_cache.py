"""A part of a page is drawn once for all who see the same in it, and what is kept for one holds nothing of another."""

import pytest
from django.contrib.auth import get_user_model
from django.template import Context, RequestContext, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy, override

from zashiki.rooms import actions as room_actions
from zashiki.rooms import members
from zashiki.views import fragment_cache


def template(part):
    return Template("{% load i18n zashiki_page %}" + part)


def test_a_part_is_drawn_once_for_the_same_values():
    part = template("{% cached title=title %}{{ title }}{% endcached %}")
    [node] = part.nodelist.get_nodes_by_type(fragment_cache.CachedNode)
    for title in ("tea", "go", "tea"):
        assert part.render(Context({"title": title})) == title
    assert list(node._drawn.values()) == ["tea", "go"]


def test_a_part_is_drawn_for_each_language():
    part = template("{% cached %}{% translate 'Rooms' %}{% endcached %}")
    drawn = {language: override(language)(part.render)(Context()) for language in ("en", "ja")}
    assert drawn["en"] == "Rooms" != drawn["ja"]


def test_a_part_sees_what_is_named_and_nothing_else():
    part = template(
        "{% cached title=title %}{{ title }}{{ me }}{{ request }}{{ user }}{% csrf_token %}{% endcached %}"
    )
    context = RequestContext(RequestFactory().get("/"), {"title": "tea", "me": "aiko", "user": "aiko"})
    assert part.render(context) == "tea"


def test_text_that_only_looks_like_markup_is_not_taken_for_it():
    part = template("{% cached title=title %}{{ title }}{% endcached %}")
    drawn = [part.render(Context({"title": title})) for title in (mark_safe("<b>"), "<b>")]
    assert drawn == ["<b>", "&lt;b&gt;"]


@pytest.mark.parametrize("values", [(True, 1), (0, False), ("1", 1), (None, "")])
def test_values_that_equal_each_other_are_not_the_same(values):
    part = template("{% cached value=value %}{{ value }}{% endcached %}")
    assert [part.render(Context({"value": value})) for value in values] == [str(value) for value in values]


@pytest.mark.parametrize("value", [["tea"], {"title": "tea"}, gettext_lazy("Rooms"), 1.5, object()])
def test_what_could_change_is_refused(value):
    with pytest.raises(TypeError):
        template("{% cached value=value %}{{ value }}{% endcached %}").render(Context({"value": value}))


def test_values_need_names():
    with pytest.raises(TemplateSyntaxError):
        template("{% cached title %}{% endcached %}")


def test_the_latest_drawings_are_kept(monkeypatch):
    monkeypatch.setattr(fragment_cache, "LIMIT", 3)
    part = template("{% cached number=number %}{{ number }}{% endcached %}")
    for number in range(10):
        part.render(Context({"number": number}))
    [node] = part.nodelist.get_nodes_by_type(fragment_cache.CachedNode)
    assert sorted(node._drawn.values()) == ["7", "8", "9"]


@pytest.fixture
def tea(db):
    aiko, mio = (get_user_model().objects.create_user(name) for name in ("aiko", "mio"))
    room = room_actions.create(aiko, "tea")
    members.add(room, mio)
    return room


def page_of(client, room):
    return client.get(f"/chat/room/{room.pk}/").content.decode()


def test_a_page_says_at_once_what_has_changed(tea, client):
    mio = get_user_model().objects.get(username="mio")
    client.force_login(mio)
    assert "<h1" in page_of(client, tea)
    room_actions.describe(tea, "for <guests>")
    room_actions.restrict_posting(tea)
    mio.first_name = "Mio <3"
    mio.save()
    page = page_of(client, tea)
    assert "for &lt;guests&gt;</p>" in page
    assert 'data-part="announcements">' in page
    assert 'data-part="writing" hidden' in page
    assert '<span class="z-user-menu-name" dir="auto">Mio &lt;3</span>' in page


def test_two_people_see_their_own_names_and_rights(tea, client):
    pages = {}
    room_actions.restrict_posting(tea)
    for name in ("aiko", "mio", "aiko"):
        client.force_login(get_user_model().objects.get(username=name))
        pages[name] = page_of(client, tea)
    assert 'z-user-menu-name" dir="auto">aiko' in pages["aiko"] and "mio" not in pages["aiko"]
    assert 'z-user-menu-name" dir="auto">mio' in pages["mio"] and "aiko" not in pages["mio"]
    assert 'data-part="writing">' in pages["aiko"] and 'data-part="writing" hidden' in pages["mio"]
