"""How one shows oneself, and the pictures of everybody."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from zashiki.models import Avatar, Profile
from zashiki.models.primary import atomic
from zashiki.people import profiles
from zashiki.person import Person
from zashiki.policy import name_of_user
from zashiki.views.decorators import render_page, user_required
from zashiki.views.forms import ProfileForm
from zashiki.views.visitors import current_person

MINUTE = 60  # seconds
YEAR = 365 * 24 * 3600  # seconds


@require_http_methods(["GET", "HEAD", "POST"])
@user_required
def profile(request: HttpRequest, person: Person) -> HttpResponse:
    mine = Profile.of(person.user)
    form = ProfileForm(
        request.POST or None, request.FILES or None, initial={"name": mine.name, "status": mine.status}
    )
    form.fields["name"].widget.attrs["placeholder"] = name_of_user(person.user) if not mine.name else ""
    if not form.is_valid():
        return render_page(
            request,
            "profile",
            person,
            400 if form.is_bound else 200,
            form=form,
            card=profiles.profile_card(person.user),
        )
    _save(mine, form, removes_avatar="remove_picture" in request.POST)
    return redirect("zashiki:profile")


@require_safe
def avatar(request: HttpRequest, digest: str) -> HttpResponse:
    """A picture by its content: it never changes, so browsers need not ask again."""
    if current_person(request) is None:
        raise Http404
    found = Avatar.objects.filter(digest=digest).first()
    if found is None:
        raise Http404
    headers = {
        "Cache-Control": f"private, max-age={YEAR}, immutable",
        "Content-Disposition": "inline",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(bytes(found.content), content_type="image/webp", headers=headers)


@require_safe
def avatars(request: HttpRequest) -> HttpResponse:
    """Who has a picture, and where it is: ``{key: address}``."""
    if current_person(request) is None:
        raise Http404
    return JsonResponse(profiles.avatar_urls(), headers={"Cache-Control": f"private, max-age={MINUTE}"})


def _save(mine: Profile, form: ProfileForm, *, removes_avatar: bool) -> None:
    mine.name, mine.status = form.cleaned_data["name"], form.cleaned_data["status"]
    with atomic():
        if form.cleaned_data["picture"] is not None:
            mine.avatar = Avatar.store(form.cleaned_data["picture"])
        elif removes_avatar:
            mine.avatar = None
        mine.save()
        _delete_unused_avatars()


def _delete_unused_avatars() -> None:
    Avatar.objects.exclude(pk__in=Profile.objects.exclude(avatar=None).values("avatar")).delete()
