"""Signing out elsewhere: of one browser, or of all. The list is django-allauth's."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST


@require_POST
@login_required
def end_session(request: HttpRequest, session_id: int) -> HttpResponse:
    """Sign out of one browser, maybe this one."""
    session = get_object_or_404(UserSession, pk=session_id, user=request.user)
    is_here = session.session_key == request.session.session_key
    session.end()
    if is_here:
        logout(request)
        return redirect("account_login")
    return redirect("usersessions_list")


@require_POST
@login_required
def end_all(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere, here too."""
    for session in UserSession.objects.filter(user=request.user):
        session.end()
    logout(request)
    return redirect("account_login")
