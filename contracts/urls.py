"""Addresses of tenders, notices, contracts and value tables."""

from django.urls import path

from contracts.views import value_tables

app_name = "contracts"
urlpatterns = [
    path("value-tables/", value_tables.value_table_list, name="value-table-list"),
    path(
        "value-tables/<int:table_id>/", value_tables.value_table_detail, name="value-table-detail"
    ),
]
