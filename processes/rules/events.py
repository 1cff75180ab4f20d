"""The case-event catalogue: everything that can happen in a case, what it is about, and which process it starts.

An event is recorded once, as a row; the row is the fact. It is then offered as a message to the processes that wait for
it within its scope: an event about the whole case reaches every process of the case, an event about one notice,
application, request, report or watch only the processes about that same thing. A message is only a knock: the diagram
reads the fact again.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """One kind of event: its name (which is also the BPMN message name), Swedish label and scope."""

    name: str
    label: str
    scope: str = "case"
    starts: str | None = None
    """Key of the process that the event starts; a started process has the event itself as its scope unless
    `only_one` is set, and then the case."""
    is_origin: bool = False
    """What the event is about begins with it: the application, request, report or watch has the event's own id."""
    only_one: bool = False
    """The process is started only if none of its kind runs in the case."""
    still_asks: str | None = None
    """Name of the fact that must hold for a kept event to be delivered later than it was recorded."""
    by_hand: bool = False
    """A caseworker may record it at any time; its form is arendehandelser/forms/<name>.json."""
    gate: str | None = None
    """Name of the hard gate that is asked before a caseworker records it, as things stood when it happened."""


EVENTS: dict[str, CaseEvent] = {
    event.name: event
    for event in (
        # Notices
        CaseEvent(
            "hyresvard.underrattelse",
            "Underrättelse från hyresvärd eller annan",
            "notice",
            starts="underrattelse",
        ),
        CaseEvent("kfm.underrattelse", "Kronofogden har satt datum", still_asks="eviction_is_ahead"),
        CaseEvent(
            "kfm.nyTid", "Kronofogden har satt nytt datum", still_asks="eviction_is_ahead", by_hand=True
        ),
        CaseEvent(
            "kfm.aterkallad", "Kronofogden har återkallat", still_asks="eviction_is_withdrawn", by_hand=True
        ),
        CaseEvent("kfm.anstand.svar", "Svar på begäran om anstånd", by_hand=True),
        CaseEvent("bekraftelse.skickad", "Bekräftelse skickad till Kronofogden", "notice"),
        CaseEvent("kfm.verkstalld", "Kronofogden har redan verkställt avhysningen"),
        CaseEvent("underrattelse.bedomd", "Brådska bedömd och ställningstagande föreslaget", "notice"),
        CaseEvent("stallningstagande.gjort", "Ställning tagen till underrättelsen", "notice"),
        CaseEvent("handlaggare.utsedd", "Handläggare utsedd", by_hand=True),
        CaseEvent("person.funnen", "Person i bostaden funnen", by_hand=True),
        CaseEvent("anteckning", "Anteckning", by_hand=True),
        CaseEvent("handelse.rattad", "Händelse rättad"),
        # Consent and contact
        CaseEvent("samtycke.givet", "Samtycke lämnat", by_hand=True),
        CaseEvent("samtycke.aterkallat", "Samtycke återkallat", by_hand=True),
        CaseEvent("samtycke.andrat", "Samtycken ändrade"),
        CaseEvent("kontaktforsok.gjort", "Kontaktförsök", by_hand=True),
        CaseEvent("besok.bokat", "Besök eller möte bokat", by_hand=True),
        CaseEvent("besok.avbokat", "Besök eller möte avbokat", by_hand=True),
        CaseEvent("hyresgast.nadd", "Hyresgästen nådd", still_asks="tenant_is_reached_anew"),
        CaseEvent(
            "boende.upptackt",
            "Boende som inte är hyresgäst",
            "person",
            starts="erbjud-boende-stod",
            by_hand=True,
        ),
        CaseEvent("hyresvard.kontaktad", "Hyresvärden kontaktad"),
        CaseEvent(
            "hyresvard.att_informera",
            "Något att berätta för hyresvärden",
            by_hand=True,
            still_asks="landlord_is_to_be_told",
        ),
        CaseEvent("hyresvard.informerad", "Hyresvärden informerad"),
        CaseEvent(
            "atgard.kan_bli_aktuell",
            "Uppgift som kan leda till en åtgärd",
            still_asks="measure_may_be_needed",
        ),
        CaseEvent("uppgift.lamnad", "Uppgift lämnad till utomstående", by_hand=True, gate="disclosure"),
        CaseEvent("sekretessgrund.beslutad", "Rättslig grund att lämna uppgift utan samtycke", by_hand=True),
        # The tenancy
        CaseEvent("hyra.betald", "Hyra betald", "notice", by_hand=True),
        CaseEvent("underlag.andrat", "Ny uppgift om delgivning eller underrättelse", "notice", by_hand=True),
        CaseEvent(
            "atagande.postat",
            "Åtagande om betalningsansvar postat",
            "notice",
            by_hand=True,
            gate="commitment",
        ),
        CaseEvent("frist.avgjord", "Återvinningsfristen avgjord"),
        CaseEvent("frist.bedomd", "Läget efter återvinningsfristen bedömt", "notice"),
        CaseEvent("delgivning.efterfragad", "Delgivningsdag efterfrågad utan svar", "notice"),
        CaseEvent("raddning.provad", "Möjligheterna att rädda hyresrätten prövade", "notice"),
        CaseEvent("atagande.beslutat", "Åtagande om betalningsansvar beslutat", "notice"),
        CaseEvent("nycklar.inlamnade", "Nycklar inlämnade", by_hand=True),
        CaseEvent("flytt", "Flytt", "person", starts="overlamna-arende", by_hand=True),
        CaseEvent("avliden", "Dödsfall", "person", starts="hantera-dodsfall", by_hand=True),
        CaseEvent("overflyttning.begard", "Överflyttning till annan kommun begärd", "person"),
        CaseEvent("overflyttning.svar", "Svar på begäran om överflyttning", "person", by_hand=True),
        CaseEvent("skydd.andrat", "Skyddsstatus ändrad", by_hand=True),
        # The day of eviction
        CaseEvent("narvaro.planerad", "Närvaro vid avhysningen planerad"),
        CaseEvent("narvaro.avstadd", "Närvaro avstådd efter samråd med Kronofogden"),
        CaseEvent("avhysning.utfall", "Avhysningsdagens utfall"),
        CaseEvent("anstand.provat", "Ställning tagen till anstånd"),
        CaseEvent("anstand.begart", "Anstånd begärt hos Kronofogden"),
        CaseEvent("nycklar.bekraftade", "Nyckelinlämningen avstämd med Kronofogden"),
        CaseEvent("nyckelrad.givet", "Råd om att lämna nycklarna givet"),
        # Investigation and support
        CaseEvent("kontaktOchStod.klar", "Kontakt och stöd klart"),
        CaseEvent("utredning.inledd", "Utredning inledd"),
        CaseEvent("utredning.ej_inledd", "Utredning inte inledd"),
        CaseEvent("utredning.avslutad", "Utredning avslutad"),
        CaseEvent("aktualisering.fortsatter", "Aktualiseringen fortsätter"),
        CaseEvent("sarskilda_skal.provade", "Särskilda skäl för lång aktualisering prövade"),
        CaseEvent("tvangsprovning.avgjord", "Utredning mot den vuxnes vilja prövad"),
        CaseEvent("avslut_utan_kontakt.provat", "Avslut utan kontakt prövat"),
        CaseEvent("plan.upprattad", "Handlingsplan upprättad"),
        CaseEvent("insats.beslutad", "Insats beslutad"),
        CaseEvent("forhandling.inledd", "Förhandling om kvarboende inledd"),
        CaseEvent("forhandling.provad", "Förhandlingens läge antecknat"),
        CaseEvent("forhandling.klar", "Förhandling om kvarboende klar"),
        CaseEvent(
            "hyresnamnden.beslut",
            "Beslut från hyresnämnden",
            by_hand=True,
            still_asks="tribunal_has_decided_anew",
        ),
        CaseEvent("utfall.bedomt", "Utfallet bedömt"),
        CaseEvent("uppfoljning.planerad", "Uppföljning planerad"),
        CaseEvent("uppfoljning.gjord", "Uppföljning gjord"),
        # Children
        CaseEvent("barn.upptackt", "Barn upptäckt", starts="barnets-situation", only_one=True, by_hand=True),
        CaseEvent("barn.uteslutet", "Inga barn berörs", by_hand=True, still_asks="children_are_ruled_out"),
        CaseEvent(
            "orosanmalan.inkom",
            "Orosanmälan eller intern överlämning",
            "report",
            is_origin=True,
            starts="orosanmalan",
            by_hand=True,
        ),
        CaseEvent("foraldrasamtal.hallet", "Samtal med föräldrarna"),
        CaseEvent("barn.involverat", "Enheten för barn och unga involverad"),
        CaseEvent("orosanmalan.uppmanad", "Hyresvärd eller störningsjour uppmanad att göra orosanmälan"),
        CaseEvent("skyddsbedomning.gjord", "Omedelbar skyddsbedömning gjord", "report"),
        CaseEvent("forhandsbedomning.forlangd", "Tiden att besluta om barnutredning förlängd", "report"),
        CaseEvent("barnutredning.inledd", "Barnutredning inledd", "report"),
        CaseEvent("barnutredning.ej_inledd", "Barnutredning inte inledd", "report"),
        CaseEvent("barnutredning.forlangd", "Tiden för barnutredningen förlängd", "report"),
        CaseEvent("barnutredning.avslutad", "Barnutredning avslutad", "report"),
        CaseEvent("barnuppfoljning.beslutad", "Uppföljning av barn beslutad", "report"),
        CaseEvent("barnuppfoljning.gjord", "Uppföljning av barn gjord", "report"),
        CaseEvent(
            "aterkoppling.begard",
            "Anmälaren begär återkoppling",
            "report",
            starts="aterkoppling-anmalare",
            by_hand=True,
        ),
        CaseEvent("aterkoppling.lamnad", "Återkoppling lämnad till anmälaren", "report"),
        CaseEvent("orosanmalan.avslutad", "Orosanmälan färdigbehandlad", "report"),
        # Side processes
        CaseEvent(
            "ansokan.onskad",
            "Ansökan hos annan förvaltning",
            "application",
            is_origin=True,
            starts="ansokan-annan-forvaltning",
            by_hand=True,
        ),
        CaseEvent("ansokan.svar", "Svar på ansökan hos annan förvaltning", "application", by_hand=True),
        CaseEvent("ansokan.skickad", "Ansökan hos annan förvaltning inlämnad", "application"),
        CaseEvent("ansokan.avslutad", "Ansökan hos annan förvaltning avslutad", "application"),
        CaseEvent("hembesok.bedomt", "Oanmält hembesök bedömt", "request"),
        CaseEvent("hembesok.godkant", "Oanmält hembesök godkänt av enhetschef", "request"),
        CaseEvent("hembesok.avslaget", "Oanmält hembesök inte godkänt", "request"),
        CaseEvent(
            "hembesok.begart",
            "Oanmält hembesök begärt",
            "request",
            is_origin=True,
            starts="oanmalt-hembesok",
            by_hand=True,
        ),
        CaseEvent(
            "bevakning.skapad", "Bevakning skapad", "watch", is_origin=True, starts="bevakning", by_hand=True
        ),
        CaseEvent("bevakning.flyttad", "Bevakning flyttad till ny dag", "watch", by_hand=True),
        CaseEvent("bevakning.avslutad", "Bevakning avslutad", "watch", by_hand=True),
        CaseEvent(
            "bistand.ansokt",
            "Ansökan om ekonomiskt bistånd",
            "application",
            is_origin=True,
            starts="ekonomiskt-bistand",
            by_hand=True,
        ),
        CaseEvent("bistand.beslutat", "Beslut om ekonomiskt bistånd"),
    )
}
