"""Identifiers as types of their own, so that one is never passed for another."""

from __future__ import annotations

from typing import NewType

ParticipantId = NewType("ParticipantId", str)
"""Random uuid of a participant on this laptop; never printed, never sent."""
ParticipantNumber = NewType("ParticipantNumber", str)
"""The number on paper and at the centre: eight digits in two groups, `4711-2085`."""
InstanceId = NewType("InstanceId", str)
"""`uuid:` and a uuid: instanceID of an XForms record."""
FormId = NewType("FormId", str)
FormVersion = NewType("FormVersion", str)
AccountId = NewType("AccountId", str)
LanguageCode = NewType("LanguageCode", str)
"""A code of `i18n.languages`: nl, en, ar, uk, …"""
SkillId = NewType("SkillId", str)
CardId = NewType("CardId", str)
"""An activity card without prefix: `h1`, `t9`."""
OccupationId = NewType("OccupationId", str)
OfferId = NewType("OfferId", str)
OrganisationId = NewType("OrganisationId", str)
