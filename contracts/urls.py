"""Addresses of tenders, notices, contracts and value tables."""

from django.urls import path

from contracts.views import (
    contract_pages,
    contracts,
    handing_over,
    notices,
    tenders,
    value_tables,
)

app_name = "contracts"
urlpatterns = [
    path("contracts/", contract_pages.contract_list, name="contract-list"),
    path("contracts/new/", contracts.contract_new, name="contract-new"),
    path("contracts/obligation/", contracts.obligation_preview, name="obligation-preview"),
    path("contracts/<int:contract_id>/", contract_pages.contract_detail, name="contract-detail"),
    path(
        "contracts/<int:contract_id>/fulfilment/",
        contract_pages.contract_fulfilment,
        name="contract-fulfilment",
    ),
    path("contracts/<int:contract_id>/edit/", contracts.contract_edit, name="contract-edit"),
    path(
        "contracts/<int:contract_id>/supplier/",
        contracts.contract_supplier,
        name="contract-supplier",
    ),
    path("contracts/<int:contract_id>/award/", contracts.contract_award, name="contract-award"),
    path("contracts/<int:contract_id>/cancel/", contracts.contract_cancel, name="contract-cancel"),
    path(
        "contracts/<int:contract_id>/hand-over/",
        handing_over.contract_hand_over,
        name="contract-hand-over",
    ),
    path(
        "contracts/<int:contract_id>/accept/", handing_over.contract_accept, name="contract-accept"
    ),
    path(
        "contracts/<int:contract_id>/refuse/", handing_over.contract_refuse, name="contract-refuse"
    ),
    path(
        "contracts/<int:contract_id>/contact/", handing_over.contact_record, name="contact-record"
    ),
    path(
        "contracts/<int:contract_id>/reserved/",
        handing_over.reserved_record,
        name="reserved-record",
    ),
    path("tenders/", tenders.tender_list, name="tender-list"),
    path("tenders/new/", tenders.tender_new, name="tender-new"),
    path("tenders/<int:tender_id>/", tenders.tender_detail, name="tender-detail"),
    path("tenders/<int:tender_id>/edit/", tenders.tender_edit, name="tender-edit"),
    path("tenders/<int:tender_id>/lots/new/", tenders.lot_new, name="lot-new"),
    path("lots/<int:lot_id>/edit/", tenders.lot_edit, name="lot-edit"),
    path("notices/upload/", notices.notice_upload, name="notice-upload"),
    path("notices/<int:notice_id>/", notices.notice_confirm, name="notice-confirm"),
    path("value-tables/", value_tables.value_table_list, name="value-table-list"),
    path(
        "value-tables/<int:table_id>/", value_tables.value_table_detail, name="value-table-detail"
    ),
]
