from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "sroi_portal.core"
    label = "core"
    verbose_name = "Shared facts"
