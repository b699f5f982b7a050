from __future__ import annotations

from pathlib import Path

from django.conf import LazySettings
from django.http import HttpResponse
from django.test import RequestFactory

from intranet.web.static_files import StaticFilesMiddleware


def test_a_file_that_vanished_is_not_found(tmp_path: Path, settings: LazySettings) -> None:
    settings.STATIC_ROOT, settings.WHITENOISE_USE_FINDERS = str(tmp_path), False
    settings.WHITENOISE_AUTOREFRESH = False
    file = tmp_path / "main-12345678.js"
    file.write_text("1")
    serve = StaticFilesMiddleware(lambda _request: HttpResponse("the application"))
    request = RequestFactory().get(f"/static/{file.name}")
    assert serve(request).status_code == 200
    file.unlink()
    assert serve(request).status_code == 404
