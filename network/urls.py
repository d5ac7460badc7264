"""Addresses of pilots, lessons, examples, questions and people of the network."""

from django.urls import URLPattern, path

from network import views

app_name = "network"
urlpatterns: list[URLPattern] = [
    path("network/", views.hub, name="hub"),
]
