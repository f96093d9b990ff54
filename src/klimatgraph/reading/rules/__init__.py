"""Rules: each reads facts of a few kinds from a document, and says how sure it is.

A rule is a function from a :class:`~klimatgraph.reading.context.Context` to candidates. It knows
the template of the contract and the words that Swedish and English use, never a city.

Modules
-------
identity
    City, edition, date of signing, and parties.
commitments
    The overall commitment with its processes, joint commitments, offers, and the commitments of
    agencies and programme.
targets
    Targets with year, kind, value, base year and scope.
emissions
    Emissions by scope and sector.
estimates
    Shares and amounts of money.
plans
    Priorities with their projects and partners, needs, strategies, and linked documents.
"""
