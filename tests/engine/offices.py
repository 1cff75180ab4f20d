"""Three small processes with most of what may be drawn in them, for tests that work them in any order."""

from __future__ import annotations

from tests.engine.drawn import Drawn, sketch


def office() -> Drawn:
    """A case office: a choice, two branches, a called process with an interruption, and a date that may move."""
    return sketch(
        "user ta_emot utred lamna_over folj_upp; service skriv; call anropa narvaro; par dela samla;"
        "xor vad else ihop; xor ihop; xor klart; xor las; wait vanta; message nytt kfm.nyTid; timer dagen eviction_at;"
        "message flyttat flytt beside utred; message bort kfm.aterkallad on anropa;"
        "start > ta_emot > vad; vad > dela if decision == 'open'; vad > ihop;"
        "dela > utred > skriv > samla; dela > anropa > klart > samla > ihop > las > vanta > dagen > slut;"
        "vanta > nytt > las; flyttat > lamna_over > s2; bort > folj_upp > klart"
    )


def presence() -> Drawn:
    """A called process that ends when its main branch does, with a watch beside it that never ends by itself."""
    drawn = sketch(
        "par dela2; user narvara planera; xor om; start2 > dela2 > narvara > klart2; dela2 > om > planera > om",
        "narvaro",
    )
    return drawn.end("klart2", terminate=True)


def rounds() -> Drawn:
    """A loop around a split and a join, with a branch beside one of the steps."""
    return sketch(
        "xor igen; xor nog else igen; par dela samla; user a b c; message m nytt beside a;"
        "start > igen > dela > a > samla > nog; dela > b > samla; nog > igen; nog > slut if enough; m > c > s2"
    )
