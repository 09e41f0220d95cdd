"""The pages of accounts that are not django-allauth's."""

from __future__ import annotations

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from zashiki.server.accounts.forms import OwnerForm
from zashiki.server.accounts.owner import has_owner, make_owner


def home(request: HttpRequest) -> HttpResponse:
    """To the rooms; the very first visitor is asked to move in."""
    return redirect("zashiki:index" if has_owner() else "first_run")


@sensitive_post_parameters()
def first_run(request: HttpRequest) -> HttpResponse:
    """Make the owner's account, once."""
    if has_owner():
        return redirect("zashiki:index")
    form = OwnerForm(request.POST or None)
    if not form.is_valid():
        return render(request, "zashiki/first_run.html", {"form": form}, status=400 if form.is_bound else 200)
    typed = form.cleaned_data
    owner = make_owner(typed["username"], typed["password1"], email=typed["email"], name=typed["name"])
    if owner is not None:
        login(request, owner)
    return redirect("zashiki:index")
