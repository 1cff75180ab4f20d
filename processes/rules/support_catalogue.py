"""The list of support that can be offered: who gives it, whether it may start in intake, whose consent it needs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Support:
    """One kind of support (sv. insats); S01 to S19 of the handbook's chapters 2 and 6.8."""

    code: str
    label: str
    """What a caseworker reads, in Swedish."""
    unit: str
    """Who gives or decides it: VUX, EB, FFS, ÄVO, BoU, HV (the landlord), BSR (the city's budget and debt advice)."""
    in_intake: bool
    """The support itself may be given before an investigation is opened."""
    can_apply_in_intake: bool = False
    """An application may be made, and is then an investigation of its own, before ours is opened."""
    consent_recipient: str | None = None
    """Whom the consent must name when we carry information there ourselves; None when no consent is needed."""
    requirements: tuple[str, ...] = ()
    note: str = ""


def _support() -> tuple[Support, ...]:
    return (
        Support("S01", "Information om ekonomiskt bistånd, budgetrådgivning och bostadsbidrag", "VUX", True,
                requirements=("R-011", "R-012")),
        Support("S02", "Ekonomiskt bistånd till försörjning", "EB", False, True, requirements=("R-013", "R-076")),
        Support("S03", "Ekonomiskt bistånd till hyresskuld", "EB", False, True, requirements=("R-050", "R-140"),
                note="Räddar hyresrätten bara om hyran är betald inom återvinningsfristen."),
        Support("S04", "Ekonomiskt bistånd mot återkrav", "EB", False, True, requirements=("R-140", "R-177"),
                note="Kräver ett skriftligt, delgivet beslut som anger grunden (SoL 33:2)."),
        Support("S05", "Åtagande om betalningsansvar", "EB", True, requirements=("R-139",),
                note="Rekommenderat brev, postat inom återvinningsfristen; hyresrätt (JB 12:44)."),
        Support("S06", "Avbetalningsplan", "HV", True, consent_recipient="landlord", requirements=("R-140", "R-144"),
                note="Hyresvärden måste gå med på planen."),
        Support("S07", "Säkra hyran: kontroll, förmedling av egna medel eller autogiro", "EB", False,
                requirements=("R-014",)),
        Support("S08", "Hushållsekonomisk rådgivning", "EB", True, requirements=("R-015", "R-075")),
        Support("S09", "Budget- och skuldrådgivning", "BSR", True, consent_recipient="budget_adviser",
                requirements=("R-016", "R-143"), note="Samtycke om handläggaren själv lämnar över uppgifter."),
        Support("S10", "Avhysningsförebyggande team", "VUX", False, requirements=("R-017", "R-084")),
        Support("S11", "Boendestöd", "FFS", False, True, "ffs", ("R-018", "R-131")),
        Support("S12", "Hemtjänst", "ÄVO", False, True, "avo", ("R-018", "R-131")),
        Support("S13", "Samordnade vård- och stödinsatser, beroendevård", "VUX", False,
                consent_recipient="health_care", requirements=("R-018",),
                note="Samtycke om insatsen ges av annan nämnd eller av regionen."),
        Support("S14", "Ändra utbetalning av bostadsbidrag", "EB", True, requirements=("R-019",)),
        Support("S15", "God man eller förvaltare", "VUX", True, requirements=("R-020",),
                note="Behovet ska anmälas till överförmyndaren (SoF 11:2)."),
        Support("S16", "Städning eller sanering", "EB", False, True, requirements=("R-145",)),
        Support("S17", "Boenderådgivning eller boendecoachning", "VUX", False, requirements=("R-069",),
                note="Information får ges redan under aktualiseringen."),
        Support("S18", "Korttidskontrakt", "HV", True, consent_recipient="landlord", requirements=("R-068", "R-147")),
        Support("S19", "Barninsats eller stöd till familjen", "BoU", False, requirements=("R-073",),
                note="Vårdnadshavares samtycke enligt SoL 21 kap."),
    )  # fmt: skip


SUPPORT: dict[str, Support] = {support.code: support for support in _support()}
"""Every kind of support by code."""
