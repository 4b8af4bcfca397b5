"""The best liked of what was ticked before: tapped in order, put in another order, or typed by the codes of a deck."""

from __future__ import annotations

from intake_app.i18n.gettext import mark
from intake_app.ui.controls import words
from intake_app.ui.controls.cards import card_code, code_line, read_codes
from intake_app.ui.controls.select import SelectMultipleControl
from intake_app.ui.widgets.bilingual import BilingualLabel
from intake_app.ui.widgets.buttons import QuietButton
from intake_app.ui.widgets.card import Card
from intake_app.ui.widgets.line_entry import LineEntry
from intake_app.ui.widgets.message_bar import MessageKind
from intake_app.ui.widgets.order_row import OrderRow

IN_ORDER = mark("Dit is uw volgorde. Sleep een kaart naar een andere plek, of tik erop: dan gaat hij naar voren.")


class TopCardsControl(SelectMultipleControl):
    """Large pictures, never more than may be chosen. The answer keeps the order in which they were tapped.

    The order stands under the cards: above them it would push the next card from under the finger.
    """

    picture = 96

    def build(self) -> None:
        self._order: list[str] = []
        self.order = OrderRow()
        self.order.moved.connect(self._keep)
        self.told = BilingualLabel(self.words.pair(IN_ORDER), "small")
        super().build()
        self.body.addWidget(self.order)
        self.body.addWidget(self.told)
        self.body.addWidget(self._code_line())

    def _code_line(self) -> Card:
        self.codes = LineEntry(self.words.pair(words.CARD_CODES).spoken, widest=320)
        self.codes.returnPressed.connect(self._add_codes)
        self.add = QuietButton(self.words.pair(words.ADD), "plus")
        self.add.clicked.connect(self._add_codes)
        return code_line(self.words, self.codes, self.add)

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
        shown = items if len(items) > 1 else []
        self.order.show_order(shown, rtl=self.model.rtl)
        self.told.setVisible(bool(shown))

    def _add_codes(self) -> None:
        by_code = {card_code(choice): choice.value for choice in self.model.choices}
        typed = read_codes(self.codes.text())
        unknown = [code for code in typed if code not in by_code]
        order = list(dict.fromkeys([*self._order, *(by_code[code] for code in typed if code in by_code)]))
        self.codes.set_text(" ".join(unknown))
        most = self.model.max_choices
        if most is not None and len(order) > most:
            self.too_many(most)
            order = order[:most]
        elif unknown:
            what = self.words.pair(words.UNKNOWN_CODES, codes=", ".join(unknown))
            self.say(MessageKind.WARNING, what, self.words.pair(words.LOOK_AT_BACK))
        if order != self._order:
            self._keep(order)
