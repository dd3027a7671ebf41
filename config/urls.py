"""Every URL of the product, one include per package."""

from django.urls import URLPattern, URLResolver, include, path

from config import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("", include("permissions.urls")),
    path("", include("notices.urls")),
    path("", include("workflows.urls")),
]

handler400 = "workflows.views.errors.bad_request"
handler403 = "workflows.views.errors.forbidden"
handler404 = "workflows.views.errors.not_found"
handler500 = "workflows.views.errors.server_error"
