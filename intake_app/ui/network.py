"""A word when the network of this computer comes back; where the system does not tell, nothing is said."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from PySide6.QtNetwork import QNetworkInformation


_LISTEN_MS = 3000
"""The window stands first, and asks who is there."""


class Network(Protocol):
    """What the sender wants to know of the network. Without any Qt in it, so that it can be tried without a network."""

    def when_back(self, call: Callable[[], None]) -> None:
        """Call this each time when a network comes back that was away; on the thread of the window."""
        ...


class SystemNetwork(QObject):
    """The network as the system tells of it. A network is no proof of a server: a call may still find nobody."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._calls: list[Callable[[], None]] = []
        self._away = False
        self.information: QNetworkInformation | None = None

    def listen(self) -> None:
        """Hear of the network from now on; what tells of it is loaded only then."""
        from PySide6.QtNetwork import QNetworkInformation

        if self.information is not None:
            return
        found = QNetworkInformation.loadBackendByFeatures(QNetworkInformation.Feature.Reachability)
        self.information = QNetworkInformation.instance() if found else None
        if self.information is not None:
            self._away = self.information.reachability() is QNetworkInformation.Reachability.Disconnected
            self.information.reachabilityChanged.connect(self._changed)

    def when_back(self, call: Callable[[], None]) -> None:
        """Remember whom to tell; what the system tells is listened to from a moment later on."""
        self._calls.append(call)
        QTimer.singleShot(_LISTEN_MS, self, self.listen)

    def _changed(self, reach: QNetworkInformation.Reachability) -> None:
        from PySide6.QtNetwork import QNetworkInformation

        reachable = reach in (QNetworkInformation.Reachability.Online, QNetworkInformation.Reachability.Unknown)
        if reachable and self._away:
            for call in tuple(self._calls):
                call()
        self._away = not reachable
