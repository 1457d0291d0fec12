from django.conf.urls.i18n import i18n_patterns
from django.contrib.auth.views import LoginView
from django.urls import include, path, re_path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.views import authenticate_with_password

from catalog.assets import serve_file, serve_original, serve_rendition
from catalog.concepts import addresses as concept_addresses
from catalog.feeds import feed
from catalog.reading import read, to_reader_language
from catalog.sitemap import robots, sitemap_index, sitemap_page
from events.urls import reader_patterns as event_patterns
from exports.views import cite, describe_in_amb, download, download_archive
from network.views import list_organizations, list_people, show_organization, show_person
from pages.results import results
from search.suggesting import suggestions
from search.views import search

urlpatterns = [
    path("", to_reader_language, name="front_door"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap_index, name="sitemap_index"),
    path("sitemap-<slug:section>-<int:page>.xml", sitemap_page, name="sitemap_page"),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/<int:file_id>/<path:filename>", serve_file, name="wagtaildocs_serve"),
    path("media/images/<path:name>", serve_rendition, name="serve_rendition"),
    path("media/original_images/<path:name>", serve_original, name="serve_original"),
]

urlpatterns += i18n_patterns(
    path("search/", search, name="search"),
    path("search/suggestions/", suggestions, name="suggestions"),
    path("search/results.<slug:extension>", results, name="results"),
    *concept_addresses,
    path("organizations/", list_organizations, name="organizations"),
    path("organizations/<slug:slug>/", show_organization, name="organization"),
    path("people/", list_people, name="people"),
    path("people/<slug:slug>/", show_person, name="person"),
    path("download/<uuid:work>/", download_archive, name="download_archive"),
    path("download/<uuid:work>.<slug:format_name>", download, name="download"),
    path("cite/<uuid:work>.<slug:extension>", cite, name="cite"),
    path("amb/<uuid:work>.json", describe_in_amb, name="amb"),
    path("feed/", feed, name="feed"),
    path("feed/<slug:kind>/", feed, name="feed_of_kind"),
    path("feed/topic/<slug:topic>/", feed, name="feed_of_topic"),
    *event_patterns,
    path(
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        authenticate_with_password,
        name="wagtailcore_authenticate_with_password",
    ),
    path("_util/login/", LoginView.as_view(template_name="wagtailcore/login.html"), name="wagtailcore_login"),
    re_path(r"^(?!(?:admin|media|documents|static)/)((?:[^/\s]+/)*)$", read, name="wagtail_serve"),
)

handler404 = "catalog.reading.not_found"
