"""How a refusal looks: an object for programs, a short notice inside a page, or a page of its own."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.functional import Promise

from intranet.verdicts import Verdict

JSON = "application/json"
DenialHook = Callable[[HttpRequest, Verdict], None]

on_denied: list[DenialHook] = []


def note_denial(request: HttpRequest, verdict: Verdict) -> None:
    """Tell whoever keeps account of it what was asked for and refused, after all of it was undone."""
    for hook in on_denied:
        hook(request, verdict)


def wants_json(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", JSON]) == JSON


def is_htmx(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def is_page(request: HttpRequest) -> bool:
    """Whether a person is going to a page, and not a script fetching a part of one."""
    fetched = request.headers.get("Sec-Fetch-Dest") == "empty"
    asked_by_script = request.headers.get("X-Requested-With") == "XMLHttpRequest"
    return not (wants_json(request) or is_htmx(request) or fetched or asked_by_script)


def refusal(request: HttpRequest, status: int, reason: str, sentence: str | Promise) -> HttpResponse:
    if is_page(request):
        template = "404.html" if status == 404 else "refusal.html"
        response = render(request, template, {"reason": reason, "sentence": sentence}, status=status)
    elif is_htmx(request) and not wants_json(request):
        response = render(request, "_refusal.html", {"reason": reason, "sentence": sentence}, status=status)
        response["HX-Retarget"], response["HX-Reswap"] = "#notices", "beforeend"
    else:
        response = JsonResponse({"reason": reason, "message": str(sentence)}, status=status)
    return response
