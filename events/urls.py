"""Addresses for readers, below the language, and for organizers, within the admin."""

from django.urls import path

from . import organizing, views

app_name = "events"
urlpatterns = [
    path("", organizing.overview, name="overview"),
    path("<uuid:work>/", organizing.registrations, name="registrations"),
    path("<uuid:work>/settings/", organizing.settings, name="settings"),
    path("<uuid:work>/steps/", organizing.take_steps, name="take_steps"),
    path("<uuid:work>/export/<slug:format_name>/", organizing.export, name="export"),
]

reader_patterns = [
    path("events-registration/<uuid:work>/", views.register, name="register"),
    path("events-registration/<uuid:work>/sent/", views.sent, name="registration_sent"),
    path("events-registration/confirm/<str:token>/", views.confirm, name="confirm_registration"),
    path("events-registration/cancel/<str:token>/", views.cancel_registration, name="cancel_registration"),
    path("events-calendar/<uuid:work>.ics", views.calendar_file, name="event_calendar"),
]
