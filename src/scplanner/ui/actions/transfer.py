"""Files in and files out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from scplanner.ui.commands import CommandId
from scplanner.ui.context import Context
from scplanner.ui.messages import Action, Message, Tone
from scplanner.ui.tasks import Task

if TYPE_CHECKING:
    from scplanner.domain.events import OccurrenceKey
    from scplanner.domain.review import Review
    from scplanner.services.exporting import ExportReport
    from scplanner.services.importing import ImportReport
    from scplanner.ui.window import MainWindow

Sources = Sequence["Path | tuple[str, bytes]"]


class TransferActions(QObject):
    """Import from a dialog, a drop, the clipboard or another window; export by a dialog."""

    def __init__(self, context: Context, window: MainWindow) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        context.commands.on(CommandId.IMPORT, self._choose_files)
        context.commands.on(CommandId.EXPORT, lambda: self._export(window.views.selected_keys(), only_these=False))
        context.commands.on(CommandId.EXPORT_EVENT, lambda: self._export(window.views.selected_keys(), only_these=True))
        window.files_dropped.connect(self.import_sources)
        window.text_pasted.connect(lambda text: self.import_sources([(self.tr("clipboard.ics"), text.encode())]))
        window.inspector.export_requested.connect(lambda keys: self._export(keys, only_these=True))

    def import_sources(self, sources: Sources) -> None:
        """Read and compare files in the background, then write what is clear as one step."""
        from scplanner.services import importing

        if not sources or not self._context.is_open:
            return
        workspace = self._context.workspace
        first = sources[0]
        name = first.name if isinstance(first, Path) else first[0]
        if isinstance(first, Path):
            self._context.change_settings(import_dir=str(first.parent))

        def read(task: Task) -> Review:
            return importing.review_files(workspace, list(sources), None, _reporter(task))

        title = self.tr("Reading {name}…").replace("{name}", name)
        self._context.tasks.io.long(read, self._apply, title=title, can_cancel=True)

    def _apply(self, review: Review) -> None:
        from scplanner.services import importing

        workspace = self._context.workspace
        title = self.tr("Writing the import…")
        self._context.tasks.write.long(
            lambda _task: importing.apply_review(workspace, review), self._tell_import, title=title
        )

    def _tell_import(self, report: ImportReport) -> None:
        left_out = len(report.left_out)
        name = ", ".join(source.source for source in report.review.sources[:2])
        text = f"{name}: {self.counts_text(report.review)}."
        undo = Action(self.tr("Undo"), lambda: self._context.commands.trigger(CommandId.UNDO))
        if not left_out:
            action = undo if report.applied is not None else None
            self._context.messages.show(Message(text, action=action, topic="undo"))
            return
        hint = self.tr("1 was left out.") if left_out == 1 else self.tr("%Ln were left out.", "", left_out)
        if report.applied is not None:
            keys = self._context.commands.action(CommandId.UNDO).shortcut().toString()
            hint += " " + self.tr("{keys} undoes the import.").replace("{keys}", keys)
        show = Action(self.tr("Show what was left out"), lambda: self._show_left_out(report))
        self._context.messages.show(Message(text, hint, show, Tone.WARNING, stays=True, topic="undo"))

    def counts_text(self, review: Review) -> str:
        """What an import found, in words: "2 new, 26 unchanged"."""
        from scplanner.domain.review import ReviewKind

        counts = review.counts
        words = {
            ReviewKind.NEW: self.tr("%Ln new", "", counts[ReviewKind.NEW]),
            ReviewKind.CHANGED: self.tr("%Ln changed", "", counts[ReviewKind.CHANGED]),
            ReviewKind.CANCELLED: self.tr("%Ln cancelled", "", counts[ReviewKind.CANCELLED]),
            ReviewKind.DUPLICATE: self.tr("%Ln probably here already, added beside", "", counts[ReviewKind.DUPLICATE]),
            ReviewKind.CONFLICT: self.tr("%Ln in conflict with your changes", "", counts[ReviewKind.CONFLICT]),
            ReviewKind.UNCHANGED: self.tr("%Ln unchanged", "", counts[ReviewKind.UNCHANGED]),
            ReviewKind.REJECTED: self.tr("%Ln rejected", "", counts[ReviewKind.REJECTED]),
        }
        return ", ".join(text for kind, text in words.items() if counts[kind]) or self.tr("no events in it")

    def _show_left_out(self, report: ImportReport) -> None:
        from scplanner.ui.dialogs.left_out import LeftOutDialog

        LeftOutDialog(report.left_out, self._window).run()

    def _choose_files(self) -> None:
        pattern = self.tr("Calendars") + " (*.ics *.ical *.vcs *.ifb);;" + self.tr("All files") + " (*)"
        start = self._context.settings.import_dir
        names, _ = QFileDialog.getOpenFileNames(self._window, self.tr("Import"), start, pattern)
        self.import_sources([Path(name) for name in names])

    def _export(self, keys: Sequence[OccurrenceKey], *, only_these: bool) -> None:
        from scplanner.ui.dialogs.export import ExportDialog

        dialog = ExportDialog(self._context, tuple(keys), self._window, only_these=only_these)
        if not dialog.run() or dialog.target is None:
            return
        target, write = dialog.target, dialog.writer()
        self._context.change_settings(export_dir=str(target.parent))
        self._context.tasks.io(write, self._exported(target), title=self.tr("Exporting…"))

    def _exported(self, target: Path) -> Callable[[ExportReport], None]:
        def tell(report: ExportReport) -> None:
            text = (
                self.tr("1 event written to {file}.")
                if report.count == 1
                else self.tr("%Ln events written to {file}.", "", report.count)
            )
            text = text.replace("{file}", target.name)
            show = Action(self.tr("Open the folder"), lambda: self._open(target.parent))
            self._context.messages.tell(text, show)

        return tell

    @staticmethod
    def _open(folder: Path) -> None:
        from PySide6.QtCore import QUrl
        from PySide6.QtGui import QDesktopServices

        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _reporter(task: Task) -> Callable[[str, float | None], None]:
    """A progress function that also stops the work when the user has asked for it."""

    def report(text: str, fraction: float | None) -> None:
        task.check()
        task.report(text, fraction)

    return report
