"""What Windows tells a window when its person leaves: the session is locked, the lid closes, the laptop goes to sleep.

Other systems tell it by another road; see `ui.lock_watch`.
"""

from __future__ import annotations

import ctypes
import sys

# learn.microsoft.com/windows/win32: WM_WTSSESSION_CHANGE, WM_POWERBROADCAST, power setting GUIDs.
WM_POWERBROADCAST = 0x0218
WM_WTSSESSION_CHANGE = 0x02B1
WTS_CONSOLE_DISCONNECT, WTS_REMOTE_DISCONNECT, WTS_SESSION_LOGOFF, WTS_SESSION_LOCK = 2, 4, 6, 7
PBT_APMSUSPEND = 0x0004
PBT_POWERSETTINGCHANGE = 0x8013
LID_SWITCH = bytes.fromhex("4d0f3eba17b89440a2d1d56379e6a0f3")
"""GUID_LIDSWITCH_STATE_CHANGE, ba3e0f4d-b817-4094-a2d1-d56379e6a0f3, as it lies in memory."""
_LEAVING = frozenset({WTS_CONSOLE_DISCONNECT, WTS_REMOTE_DISCONNECT, WTS_SESSION_LOGOFF, WTS_SESSION_LOCK})


class Message(ctypes.Structure):
    """The beginning of MSG: as far as it is read."""

    _fields_ = (
        ("window", ctypes.c_void_p),
        ("message", ctypes.c_uint32),
        ("wparam", ctypes.c_size_t),
        ("lparam", ctypes.c_ssize_t),
    )


class PowerSetting(ctypes.Structure):
    """POWERBROADCAST_SETTING with a setting of four bytes."""

    _fields_ = (("setting", ctypes.c_ubyte * 16), ("length", ctypes.c_uint32), ("value", ctypes.c_uint32))


def says_leaving(address: int) -> bool:
    """Whether the native message at this address means that nobody sits before the screen any more."""
    told = Message.from_address(address)
    if told.message == WM_WTSSESSION_CHANGE:
        return told.wparam in _LEAVING
    if told.message != WM_POWERBROADCAST:
        return False
    if told.wparam == PBT_APMSUSPEND:
        return True
    return told.wparam == PBT_POWERSETTINGCHANGE and bool(told.lparam) and _lid_closed(told.lparam)


def _lid_closed(address: int) -> bool:
    setting = PowerSetting.from_address(address)
    return bytes(setting.setting) == LID_SWITCH and setting.length >= 4 and setting.value == 0


def ask_for_messages(window: int) -> bool:
    """Ask Windows to tell this window about lock and lid; False where there is no Windows or it refuses."""
    if sys.platform != "win32":
        return False
    else:  # noqa: RET505 (mypy must see that the rest is for Windows alone)
        session = ctypes.WinDLL("wtsapi32").WTSRegisterSessionNotification
        session.argtypes = (ctypes.c_void_p, ctypes.c_uint32)
        power = ctypes.WinDLL("user32").RegisterPowerSettingNotification
        power.argtypes = (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_uint32)
        power.restype = ctypes.c_void_p
        told = session(window, 0)
        return bool(power(window, LID_SWITCH, 0)) and bool(told)
