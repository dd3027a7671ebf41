"""Every URL of the product, one include per package."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("permissions.urls")),
    path("", include("notices.urls")),
    path("", include("workflows.urls")),
]

handler400 = "workflows.views.errors.bad_request"
handler403 = "workflows.views.errors.forbidden"
handler404 = "workflows.views.errors.not_found"
handler500 = "workflows.views.errors.server_error"
