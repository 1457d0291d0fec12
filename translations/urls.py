"""Addresses within the admin."""

from django.urls import path

from . import editing, views

app_name = "translations"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("texts/<int:translation_id>/", editing.texts, name="texts"),
    path("texts/<int:translation_id>/<int:row_id>/", editing.text, name="text"),
    path("<int:page_id>/", views.languages, name="languages"),
    path("<int:page_id>/<slug:language>/start/", views.start, name="start"),
    path("<int:page_id>/<slug:language>/update/", views.update, name="update"),
    path("<int:page_id>/<slug:language>/publish/", views.publish, name="publish"),
]
