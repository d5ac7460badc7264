"""Every address of the portal."""

from django.urls import URLPattern, URLResolver, include, path

from reports.views import home

handler403 = "sroi_portal.core.views.errors.forbidden"
handler404 = "sroi_portal.core.views.errors.not_found"
handler429 = "sroi_portal.core.views.errors.too_many_requests"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("", include("reports.urls")),
    path("", include("sroi_portal.core.urls")),
    path("", include("suppliers.urls")),
    path("", include("contracts.urls")),
    path("", include("candidates.urls")),
    path("", include("network.urls")),
    path("account/", include("sroi_portal.core.account_urls")),
]
