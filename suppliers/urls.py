"""Addresses of suppliers and of the people who act for them."""

from django.urls import path

from suppliers import views

app_name = "suppliers"
urlpatterns = [
    path("suppliers/", views.supplier_list, name="supplier-list"),
    path("suppliers/new/", views.supplier_new, name="supplier-new"),
    path("suppliers/<int:supplier_id>/", views.supplier_detail, name="supplier-detail"),
    path("suppliers/<int:supplier_id>/members/", views.member_list, name="member-list"),
    path("suppliers/<int:supplier_id>/invite/", views.invitation_send, name="invitation-send"),
    path(
        "suppliers/<int:supplier_id>/certificates/new/",
        views.certificate_new,
        name="certificate-new",
    ),
    path(
        "certificates/<int:certificate_id>/edit/",
        views.certificate_edit,
        name="certificate-edit",
    ),
    path(
        "certificates/<int:certificate_id>/end/",
        views.certificate_end,
        name="certificate-end",
    ),
    path(
        "invitations/<int:invitation_id>/withdraw/",
        views.invitation_withdraw,
        name="invitation-withdraw",
    ),
    path("invitations/<str:token>/", views.invitation_accept, name="invitation-accept"),
    path("members/<int:membership_id>/change/", views.membership_change, name="membership-change"),
    path("members/<int:membership_id>/end/", views.member_end, name="member-end"),
    path(
        "suppliers/<int:supplier_id>/insolvent/", views.insolvency_record, name="insolvency-record"
    ),
    path("suppliers/<int:supplier_id>/solvent/", views.insolvency_lift, name="insolvency-lift"),
]
