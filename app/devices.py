"""Says in two words from where somebody is signed in: which browser, on what kind of machine."""

from __future__ import annotations

BROWSERS = {"Edg": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}
"""What a browser's own word for itself contains; the first that fits, since most also claim to be the later ones."""
MACHINES = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS X": "Mac",
    "CrOS": "Chromebook",
    "Linux": "Linux",
}


def device_words(called: str) -> str:
    """`Chrome, Windows` for what a browser called itself; what is not recognised is left as it was."""
    found = [
        next((word for sign, word in words.items() if sign in called), "") for words in (BROWSERS, MACHINES)
    ]
    return ", ".join(word for word in found if word) or called
