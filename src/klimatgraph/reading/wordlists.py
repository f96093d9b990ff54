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
academy airport airports akademi archipelago arena bank bay biblioteket bostäder business campus
cathedral centrum destination invest visit
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
ale bath berg berga bergen boden cork eda essen flen gap gent grums haag kil klippan köping lomma
läckö mark mora nacka nice nora orsa porto prato reading rom ruse sala salem skive soma split sunne
säter trosa vara varna vasa
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
and as at att av by en ett for från för i in inom med och of om on på som the till to with är
"""
SMALL: Final = frozenset(_SMALL.split())
"""Small words that tell a heading in capitals from a list of abbreviations."""

_JOINING = """
av de del for för i in of on på the
"""
JOINING: Final = frozenset(_JOINING.split())
"""Small words within a name."""

_ORDINARY = """
a ab ai all also an and annex appendix april arenan as at att august augusti avsnitt bilaga
bilagor bolaget both but by båda både ca chapter cities city co co2 co2e co2ekv co2eq commitment
commitments de december del den denna dessa det detta dock dr där därför each efter en english
enligt etc ett eu eur europa europe european eus fas februari february fig figur figure fn for
fou fredag friday from från föreningen företaget genom ghg gis goal gps gwh har has how
hr http https här i ict id if in initiativet is it ja januari january juli july june juni
kapitel kommun kommunen kommunens kommuner konferensen kpi kpis kton kwh led lördag maj march
mars may med men meur mkr mnkr module monday more most mr mrs msek municipality mwh mål målår
måndag n na nej new no not november nr nu när nätverket och october ok oktober om on onsdag our
page part pdf phase plattformen pm professor programmet projekten projektet q1 q2 q3 q4 r
regeringen region s samarbetet satsningen saturday scope se section see sek september sid sida
since sme smf som staden stadens steg step sunday svensk svenska sverige sveriges sweden swedish
så söndag tabell table tbd that the there these they this through thursday till tisdag torsdag
tsek tuesday twh un under uppdraget us ut utöver vad var vd version vi vid vilka vår våra vårt
we wednesday were what when where which while who with www year yes är även år åtagande
åtaganden
"""
ORDINARY: Final = frozenset(_ORDINARY.split())
"""Capitalised without being names: days, months, words of templates, nationalities."""

_VAGUE = """
anläggning bidrag building buildings construction contracting diets events grants health hälsa inköp
learning lärande mat monitoring participation partnership partnerships partnerskap purchasing
regelverk reparationer resor skills uppföljning
"""
VAGUE: Final = frozenset(
    (*_VAGUE.split(), "follow-up", "municipal companies", "smart cities", "smart city")
)
"""Labels of themes that help to look a theme up, and say nothing where a text has them."""
