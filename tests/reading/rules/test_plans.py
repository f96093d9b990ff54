"""Priorities with projects and partners, needs, strategies, links."""

from __future__ import annotations

from klimatgraph.reading.rules.plans import links, plans


def facts(found, kind: str, *names: str) -> list[tuple[str, ...]]:  # type: ignore[no-untyped-def]
    return [tuple(c.fact.get(n) for n in names) for c in found if c.fact.kind == kind]


def test_priorities_with_known_and_unknown_projects(make) -> None:  # type: ignore[no-untyped-def]
    text = (
        "Våra strategiska prioriteringar är:\n\n"
        "▪ CIRKULÄRA SYSTEM OCH FLÖDEN. Projekt som School Food for Change och Cirkulära Skåne "
        "driver på.\n\n▪ Mobilitet: Samarbete mellan Lunds Energi och Kraftringen för laddning.\n"
    )
    names = {
        "School Food for Change": "project/sff4c",
        "Kraftringen": "organisation/se/kraftringen",
    }
    found = list(plans(make(text, "roadmap", names=names)))
    assert facts(found, "priority", "name") == [("Cirkulära system och flöden",), ("Mobilitet",)]
    assert facts(found, "priority-project", "priority", "project") == [
        ("Cirkulära system och flöden", "School Food for Change"),
        ("Cirkulära system och flöden", "Cirkulära Skåne"),
        ("Mobilitet", "Lunds Energi och Kraftringen för laddning"),
    ]
    assert facts(found, "priority-partner", "partner") == [("Lunds Energi",), ("Kraftringen",)]
    unsure = {c.fact["project"]: c.confidence for c in found if c.fact.kind == "priority-project"}
    assert unsure["School Food for Change"] == 1 and unsure["Cirkulära Skåne"] < 1


def test_needs_within_a_sentence(make) -> None:  # type: ignore[no-untyped-def]
    text = (
        "De viktigaste investeringsbehoven inkluderar energieffektivisering, utbyggnad av "
        "hållbara transportsystem och förstärkning av elnätet. Mer följer."
    )
    found = list(plans(make(text, "plan")))
    assert facts(found, "need", "name") == [
        ("energieffektivisering",), ("utbyggnad av hållbara transportsystem",),
        ("förstärkning av elnätet",),
    ]  # fmt: skip


def test_lists_by_what_leads_them(make) -> None:  # type: ignore[no-untyped-def]
    text = (
        "Fokus ligger på följande investeringsstrategier:\n\n▪ Elektrifiering\n\n"
        "För att minska finansieringsgapet används flera strategier:\n\n▪ Gröna obligationer.\n\n"
        "De största investeringsbehoven:\n\n▪ Laddstolpar\n\nAnnat:\n\n▪ Inget\n"
    )
    found = list(plans(make(text, "plan")))
    assert facts(found, "investment-strategy", "name") == [("Elektrifiering",)]
    assert facts(found, "financing-strategy", "name") == [("Gröna obligationer",)]
    assert facts(found, "need", "name") == [("Laddstolpar",)]
    assert len(found) == 3


def test_a_table_of_priorities(make) -> None:  # type: ignore[no-untyped-def]
    table = (
        "Strategiska prioriteringar:\n\n| Prioritering | Insats |\n| --- | --- |\n"
        "| Transporter | Elbussar |\n| Energi | Solceller |\n"
    )
    found = list(plans(make(table, "roadmap", ending=".md")))
    assert facts(found, "priority", "name") == [("Transporter",), ("Energi",)]


def test_links_that_stand_apart_are_paired_by_order(make) -> None:  # type: ignore[no-untyped-def]
    text = (
        "Länkar:\n\n•\tKlimatfärdplan - Lund\n\n•\tBudget 2026.pdf\n\n"
        "https://lund.se/klimat\nhttps://lund.se/budget 2026.pdf\n"
    )
    found = list(links(make(text, "Länkar till dokument")))
    assert facts(found, "link", "address", "title") == [
        ("https://lund.se/klimat", "Klimatfärdplan - Lund"),
        ("https://lund.se/budget%202026.pdf", "Budget 2026.pdf"),
    ]


def test_links_that_cannot_be_paired_have_no_title(make) -> None:  # type: ignore[no-untyped-def]
    text = "Länkar:\n\n•\tKlimatfärdplan\n\nhttps://lund.se/a\nhttps://lund.se/b\n"
    found = list(links(make(text, "Länkar till dokument")))
    assert facts(found, "link", "address", "title") == [
        ("https://lund.se/a", ""), ("https://lund.se/b", ""),
    ]  # fmt: skip


def test_a_title_before_its_address(make) -> None:  # type: ignore[no-untyped-def]
    text = "•\tEnergiplan: https://lund.se/energi\n"
    found = list(links(make(text, "Länkar till dokument")))
    assert facts(found, "link", "address", "title") == [("https://lund.se/energi", "Energiplan")]


def test_a_link_of_markdown(make) -> None:  # type: ignore[no-untyped-def]
    text = "- [Energiplan](https://lund.se/energi)\n"
    found = list(links(make(text, "Länkar till dokument", ending=".md")))
    assert facts(found, "link", "address", "title") == [("https://lund.se/energi", "Energiplan")]
