from django.apps import AppConfig


class CandidatesConfig(AppConfig):
    name = "candidates"

    def ready(self) -> None:
        """Say what becomes of work when a contract closes."""
        from candidates import locking  # noqa: PLC0415 - models are there now
        from candidates.actions.closing import close_work  # noqa: PLC0415
        from contracts import closing  # noqa: PLC0415

        closing.ask(locking.lock_work, close_work)
