"""The best liked of what was ticked before: tapped in order, put in another order, or typed by the codes of a deck."""

from __future__ import annotations

from intake_app.i18n.gettext import mark
from intake_app.ui.controls.select import SelectMultipleControl
from intake_app.ui.controls.table_cards import TableCards, Typed
from intake_app.ui.widgets.bilingual import BilingualLabel
from intake_app.ui.widgets.halves import Halves
from intake_app.ui.widgets.layout import row
from intake_app.ui.widgets.order_row import OrderRow

IN_ORDER = mark("Dit is uw volgorde. Sleep een kaart naar een andere plek, of tik erop: dan gaat hij naar voren.")
_LINE = 0.4
"""The least part of the line of the count for it, beside the button for cards on the table."""


class TopCardsControl(SelectMultipleControl):
    """Large pictures, never more than may be chosen. The answer keeps the order in which they were tapped.

    Each shows its place in the order. To put them in another order they stand once more under the cards: above them
    they would push the next card from under the finger.
    """

    picture = 96

    def build(self) -> None:
        self._order: list[str] = []
        self.table: TableCards | None = None
        self.order = OrderRow()
        self.order.moved.connect(self._keep)
        self.told_order = BilingualLabel(self.words.pair(IN_ORDER), "small")
        super().build()
        self.body.addWidget(self.order)
        self.body.addWidget(self.told_order)

    def put_count(self) -> None:
        """Cards on the table come in by a button beside the count, and a line to type in above the cards."""
        if not self.helpers.counsellor_here:
            super().put_count()
            return
        self.table = TableCards(self.model.choices, self)
        self.table.typed.connect(self._add_codes)
        line = Halves(row(self.count, None), self.table.button, shares=(1, 0), left_over=_LINE, parent=self)
        self.body.insertWidget(0, line)
        self.body.insertWidget(1, self.table.panel)

    def show_value(self, value: str) -> None:
        super().show_value(value)
        self._order = value.split()
        self._show_order()

    def in_order(self, values: list[str]) -> str:
        """What is ticked, the earlier ones first."""
        kept = [value for value in self._order if value in values]
        return " ".join([*kept, *(value for value in values if value not in kept)])

    def _keep(self, order: list[str]) -> None:
        self._order = list(order)
        self.grid.set_values(order)
        self._tell()
        self._show_order()
        self.answered.emit(self.model.ref, " ".join(order))

    def _show_order(self) -> None:
        pairs = {choice.value: self.model.pair(choice) for choice in self.model.choices}
        items = [(value, pairs[value]) for value in self._order if value in pairs]
        places = {value: self.words.figure(place) for place, (value, _) in enumerate(items, 1)}
        for card in self.grid.cards:
            rank = places.get(card.value, "")
            card.set_rank(rank)
            card.setAccessibleDescription(f"{self.model.label.spoken} {rank}".strip())
        shown = items if len(items) > 1 else []
        self.order.show_order(shown, rtl=self.model.rtl)
        self.told_order.setVisible(bool(shown))

    def _add_codes(self, typed: Typed) -> None:
        order, most = list(dict.fromkeys([*self._order, *typed.cards])), self.model.max_choices
        full = most is not None and len(order) > most
        order = order[:most]
        if order != self._order:
            self._keep(order)
        if self.table is not None:
            self.table.tell(typed.unknown, most if full else None)
