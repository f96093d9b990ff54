"""Lists of words that tell names from other words, in Swedish and English."""

from __future__ import annotations

from typing import Final

_TAILS = """
ansök arbet avtal beslut bidrag budget dag deltag finans fond forsk främja förlag grupp insats
initiativ kansli klimat kommun kontor kontrakt koordin kriteri lån led medel medl mod mål möt
nätverk omgång ordför part pengar pilot plan process program projekt rapport region råd samarbet
samverk sats sekreter städ stöd styr support system tjänst uppdrag utlys verksam webb år
"""
TAILS: Final = tuple(_TAILS.split())
"""What a compound of a name goes on with: an open list would find Interreg in "interregional"."""

_TOWN = """
city kommun kommunen kommunens kommuns municipality stad stads
"""
TOWN: Final = frozenset(_TOWN.split())
"""What makes plain that the word before it is a place."""

_OF = """
city kommunen municipality staden town
"""
OF: Final = frozenset(_OF.split())
"""What makes plain that the name behind it is a place."""

_BEFORE_CITY = """
and cities city from från hela i in kommunen kommuner kommunerna municipalities municipality och
staden städer städerna town tvillingkommunen tvillingstaden twin
"""
BEFORE_CITY: Final = frozenset(_BEFORE_CITY.split())
"""Capitalised words before the name of a city that leave it a city."""

_INSTITUTIONS = """
academy airport airports akademi archipelago arena bank bay biblioteket bostäder cathedral
chamber college council county court diocese domkyrka energi energy fastigheter festival
flygplats flygplatsen gulf gymnasium hamn hamnen hospital högskola högskolan högskolas högskole
institute institutet kommunalförbund kommunförbundet landsting landstinget län länet läns
länsstyrelsen länstrafik museer museet museum mässan naturskola port region region's regionen
school science sjukhus skärgård stadshus stadsteater station stift strait teater tekniska
tidning trafik tribune tåg universitet universitetet universitets universitetssjukhus university
vatten
"""
INSTITUTIONS: Final = frozenset(_INSTITUTIONS.split())
"""What makes a longer name of the name of a city, behind it or before it."""

_BODIES = """
bostäder energi flygplats hamn högskola högskolan kommunalförbund länsstyrelse museum sjukhus
stift tingsrätt universitet
"""
BODIES: Final = frozenset(_BODIES.split())
"""What a name goes on with in small letters: "Malmö högskola"."""

_FIRMS = """
AB AG AS BK BV EK FC FF GIF GmbH HB IF IK KB Ltd Oy SA SK SpA
"""
FIRMS: Final = frozenset(_FIRMS.split())
"""Marks of companies and clubs."""

_ORDINARY_CITIES = """
ale alvesta bath berg berga bergen bjuv boden borgholm båstad cork eda enfield essen flen gap
gent grums haag habo heby hjo hylte håbo kil kinda klippan kumla köping lomma lund läckö malå
mark mora nacka nice nora nybro orsa orust osby porto prato reading rom rome ruse sala salem
sandviken skara skive soma split sunne säter tanum tibro tierp trosa turin vara varna vasa ydre
åmål ånge åre öckerö
"""
ORDINARY_CITIES: Final = frozenset(_ORDINARY_CITIES.split())
"""Municipalities and cities that are ordinary words, and so may open a sentence."""

_GIVEN = """
adam alexander alice anders andreas anette anita ann anna anne annika arne axel barbro bengt
birgitta björn bo britt britta camilla carina carl caroline cecilia christer christian christina
daniel david elin elisabeth ellen emil emma erik eva fredrik frida gabriel georg gunilla gunnar
gustav hanna hans helena henrik håkan ida inger ingrid jack jakob jan jenny jens jessica joakim
johan johanna john jonas josef karin karl katarina kerstin kjell kristina lars leif lena lennart
linda lisa louise magnus malin margareta maria marie martin mats mattias michael mikael monica
nils nina olle olof oskar patrik per peter pia robert roger roland sara simon sofia stefan sten
susanne sven therese thomas tobias tomas tommy ulf ulla ulrika urban viktor yvonne åke åsa örjan
"""
GIVEN: Final = frozenset(_GIVEN.split())
"""Given names, so that "Anna Lund" is nobody's city."""

_ORDINARY_NAMES = """
anchor ascend axis begin capacities catch celsius champ clever closer coalition cool eccentric
electricity fed hug idean iris life locum masterpiece meister multiply poli polis placed ready
reallocate refocus rise roof score show sunrise trianon
"""
ORDINARY_NAMES: Final = frozenset(_ORDINARY_NAMES.split())
"""Names of organisations and projects that are ordinary words."""

_SWEDISH = """
att av den det ett från för inom med och på ska som till är
"""
SWEDISH: Final = frozenset(_SWEDISH.split())
"""Small words that English has not."""

_ENGLISH = """
and are by from is of that the this to will with
"""
ENGLISH: Final = frozenset(_ENGLISH.split())
"""Small words that Swedish has not."""

_SMALL = """
and as att av by en ett for från för i in inom med och of om på som the till to with är
"""
SMALL: Final = frozenset(_SMALL.split())
"""Small words that tell a heading in capitals from a list of abbreviations."""

_JOINING = """
av de del for för i in of on på the
"""
JOINING: Final = frozenset(_JOINING.split())
"""Small words within a name."""

_ORDINARY = """
all also and as att both but båda både de den denna dessa det detta dock där därför each efter en
enligt ett från genom här har has how if is med men more most new nu när och om our see se since som
så the there they through till under us ut utöver vad var vid vilka våra vår vårt were what when
where which while who with även är
a ab ai an annex appendix april at august augusti avsnitt bilaga bilagor by ca chapter cities
city co co2 co2e co2ekv co2eq commitment commitments december del english etc eur europa europe
european fas februari february fig figur figure for fou fredag friday from ghg gis goal gps gwh
hr http https i ict id in it ja januari january juli july june juni kapitel kommun kommunen
kommunens kommuner kpi kpis kton kwh led lördag maj march mars may meur mkr mnkr module monday
msek municipality mwh mål målår måndag n na nej no not november nr october ok oktober on onsdag
our page part pdf phase pm q1 q2 q3 q4 r region s saturday scope section sek september sid sida
sme smf staden stadens steg step sunday svensk svenska sverige sveriges sweden swedish söndag
tabell table tbd that the these they this thursday tisdag torsdag tsek tuesday twh vd version vi
we wednesday www year yes år åtagande åtaganden
"""
ORDINARY: Final = frozenset(_ORDINARY.split())
"""Capitalised without being names: days, months, words of templates, nationalities."""
