"""The voices of Windows, spoken by PowerShell as a program beside ours: no part of Qt has to be shipped for it.

Source: learn.microsoft.com/dotnet, System.Speech.Synthesis.SpeechSynthesizer. What is to be said goes through standard
input, in UTF-8; only names of languages stand in a command.
"""

from __future__ import annotations

import re

PROGRAMS = ("powershell", "pwsh")
_ASKED = ("-NoLogo", "-NoProfile", "-NonInteractive", "-Command")
_RATE = {False: "0", True: "-4"}
_CULTURE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_SPEECH = "Add-Type -AssemblyName System.Speech; $voice = New-Object System.Speech.Synthesis.SpeechSynthesizer; "
_LIST = "$voice.GetInstalledVoices() | Where-Object Enabled | ForEach-Object { $_.VoiceInfo.Culture.Name }"
_SAY = (
    "$words = New-Object System.IO.StreamReader([Console]::OpenStandardInput(), [Text.Encoding]::UTF8); "
    "$voice.SelectVoiceByHints('NotSet', 'NotSet', 0, [Globalization.CultureInfo]'{culture}'); "
    "$voice.Rate = {rate}; $voice.Speak($words.ReadToEnd())"
)


def listing(program: str) -> tuple[str, ...]:
    """The command that prints the language of each installed voice on a line of its own."""
    return (program, *_ASKED, _SPEECH + _LIST)


def listed(told: str) -> dict[str, str]:
    """What that command printed: each language in small letters, with its name as Windows writes it."""
    names = (line.strip() for line in told.splitlines())
    return {name.lower(): name for name in names if _CULTURE.fullmatch(name)}


def saying(program: str, culture: str, *, slow: bool) -> tuple[str, ...]:
    """The command that says what it reads, in the voice of a language that `listed` gave."""
    return (program, *_ASKED, _SPEECH + _SAY.format(culture=culture, rate=_RATE[slow]))
