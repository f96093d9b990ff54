"""The classes and properties of the ontology, as constants.

Generated from ontology/klimatgraph.ttl by ``klimatgraph build``; do not edit.
"""

from __future__ import annotations

from typing import Final

from pyoxigraph import NamedNode

__all__ = ["KLIM"]

_NAMESPACE: Final = "https://w3id.org/klimatgraph/ontology#"


def _term(name: str) -> NamedNode:
    return NamedNode(_NAMESPACE + name)


class KLIM:
    """Terms of the klim: namespace; above each its labels in sv and en."""

    # åtgärd · action
    Action: Final = _term("Action")
    # aktivitet · activity
    Activity: Final = _term("Activity")
    # anslutning · adoption
    Adoption: Final = _term("Adoption")
    # myndighet · agency
    Agency: Final = _term("Agency")
    # myndighetsåtagande · agency commitment
    AgencyCommitment: Final = _term("AgencyCommitment")
    # överenskommelse · agreement
    Agreement: Final = _term("Agreement")
    # arena · arena
    Arena: Final = _term("Arena")
    # nytta · benefit
    Benefit: Final = _term("Benefit")
    # utlysning · call
    Call: Final = _term("Call")
    # utmaning · challenge
    Challenge: Final = _term("Challenge")
    # stad · city
    City: Final = _term("City")
    # civilsamhällesorganisation · civil society organisation
    CivilSocietyOrganisation: Final = _term("CivilSocietyOrganisation")
    # kod · code
    Code: Final = _term("Code")
    # samarbetserbjudande · collaboration offer
    CollaborationOffer: Final = _term("CollaborationOffer")
    # åtagande · commitment
    Commitment: Final = _term("Commitment")
    # företag · company
    Company: Final = _term("Company")
    # begrepp · concept
    Concept: Final = _term("Concept")
    # konferens · conference
    Conference: Final = _term("Conference")
    # klimatkontrakt · climate contract
    Contract: Final = _term("Contract")
    # kontraktsram · contract framework
    ContractFramework: Final = _term("ContractFramework")
    # användning av kontraktet · use of the contract
    ContractUse: Final = _term("ContractUse")
    # utvecklingsprocess · development process
    DevelopmentProcess: Final = _term("DevelopmentProcess")
    # strategiskt utvecklingsprojekt · strategic development project
    DevelopmentProject: Final = _term("DevelopmentProject")
    # dokumenterad överlappning · documented overlap
    DocumentedOverlap: Final = _term("DocumentedOverlap")
    # EU-organ · EU body
    EUBody: Final = _term("EUBody")
    # utgåva · edition
    Edition: Final = _term("Edition")
    # utsläppsinventering · emission inventory
    EmissionInventory: Final = _term("EmissionInventory")
    # uppskattning · estimate
    Estimate: Final = _term("Estimate")
    # utläsning · extraction
    Extraction: Final = _term("Extraction")
    # uppgift i tal · figure
    Figure: Final = _term("Figure")
    # finansieringsstrategi · financing strategy
    FinancingStrategy: Final = _term("FinancingStrategy")
    # beviljad finansiering · funding award
    FundingAward: Final = _term("FundingAward")
    # finansieringsinstrument · funding instrument
    FundingInstrument: Final = _term("FundingInstrument")
    # finansieringsform · funding scheme
    FundingScheme: Final = _term("FundingScheme")
    # informationsobjekt · information object
    InformationObject: Final = _term("InformationObject")
    # initiativ · initiative
    Initiative: Final = _term("Initiative")
    # internationell organisation · international organisation
    InternationalOrganisation: Final = _term("InternationalOrganisation")
    # investeringsbehov · investment need
    InvestmentNeed: Final = _term("InvestmentNeed")
    # investeringsstrategi · investment strategy
    InvestmentStrategy: Final = _term("InvestmentStrategy")
    # gemensamt åtagande · joint commitment
    JointCommitment: Final = _term("JointCommitment")
    # länkat dokument · linked document
    LinkedDocument: Final = _term("LinkedDocument")
    # lokalt klimatkontrakt · local climate contract
    LocalContract: Final = _term("LocalContract")
    # matchning · matching
    Matching: Final = _term("Matching")
    # medlemskap · membership
    Membership: Final = _term("Membership")
    # kommun · municipality
    Municipality: Final = _term("Municipality")
    # nätverk · network
    Network: Final = _term("Network")
    # observation · observation
    Observation: Final = _term("Observation")
    # övergripande åtagande · overall commitment
    OverallCommitment: Final = _term("OverallCommitment")
    # deltagande · participation
    Participation: Final = _term("Participation")
    # part · party
    Party: Final = _term("Party")
    # textställe · passage
    Passage: Final = _term("Passage")
    # planelement · plan element
    PlanElement: Final = _term("PlanElement")
    # policyramverk · policy framework
    PolicyFramework: Final = _term("PolicyFramework")
    # program · programme
    Programme: Final = _term("Programme")
    # programåtagande · programme commitment
    ProgrammeCommitment: Final = _term("ProgrammeCommitment")
    # projekt · project
    Project: Final = _term("Project")
    # offentligt organ · public body
    PublicBody: Final = _term("PublicBody")
    # region · region
    Region: Final = _term("Region")
    # forskningsinstitut · research institute
    ResearchInstitute: Final = _term("ResearchInstitute")
    # underskrift · signature
    Signature: Final = _term("Signature")
    # undertecknandetillfälle · signing event
    SigningEvent: Final = _term("SigningEvent")
    # källdokument · source document
    SourceDocument: Final = _term("SourceDocument")
    # uppgift som källan skriver den · value as stated
    StatedValue: Final = _term("StatedValue")
    # utsaga · statement
    Statement: Final = _term("Statement")
    # strategisk prioritering · strategic priority
    StrategicPriority: Final = _term("StrategicPriority")
    # systemdemonstrator · system demonstrator
    SystemDemonstrator: Final = _term("SystemDemonstrator")
    # mål · target
    Target: Final = _term("Target")
    # tema · theme
    Theme: Final = _term("Theme")
    # omställningskarta · transition map
    TransitionMap: Final = _term("TransitionMap")
    # tvillingskap · twinning
    Twinning: Final = _term("Twinning")
    # delåtagande · undertaking
    Undertaking: Final = _term("Undertaking")
    # lärosäte · university
    University: Final = _term("University")

    # gäller · is about
    about: Final = _term("about")
    # adress · address
    address: Final = _term("address")
    # har anslutit sig till · adopted
    adopted: Final = _term("adopted")
    # överenskommelse som avses · agreement concerned
    agreement: Final = _term("agreement")
    # ligger i linje med · is aligned with
    alignedWith: Final = _term("alignedWith")
    # belopp · amount
    amount: Final = _term("amount")
    # möjlig sökande · possible applicant
    applicant: Final = _term("applicant")
    # basår · base year
    baseYear: Final = _term("baseYear")
    # är bunden av · is bound by
    boundBy: Final = _term("boundBy")
    # åtagande som avses · commitment concerned
    commitment: Final = _term("commitment")
    # säkerhet · confidence
    confidence: Final = _term("confidence")
    # land · country
    country: Final = _term("country")
    # län · county
    county: Final = _term("county")
    # valuta · currency
    currency: Final = _term("currency")
    # datum · date
    date: Final = _term("date")
    # före · before
    dateBefore: Final = _term("dateBefore")
    # kontrollsumma · digest
    digest: Final = _term("digest")
    # motsägs av · disagrees with
    disagreesWith: Final = _term("disagreesWith")
    # dokument · document
    document: Final = _term("document")
    # utgåvans beteckning · edition label
    editionLabel: Final = _term("editionLabel")
    # slutar vid tecken · ends at character
    end: Final = _term("end")
    # slutar · ends
    endDate: Final = _term("endDate")
    # följer på · follows
    follows: Final = _term("follows")
    # finansiär · funder
    funder: Final = _term("funder")
    # gäller år · governs year
    governsYear: Final = _term("governsYear")
    # grund · ground
    ground: Final = _term("ground")
    # webbplats · home page
    homepage: Final = _term("homepage")
    # till och med år · up to year
    horizonYear: Final = _term("horizonYear")
    # indikator · indicator
    indicator: Final = _term("indicator")
    # sammanhang · body joined
    initiative: Final = _term("initiative")
    # finansieringsform som avses · funding scheme concerned
    instrument: Final = _term("instrument")
    # inventering · inventory
    inventory: Final = _term("inventory")
    # omvänd benämning · inverse label
    inverseLabel: Final = _term("inverseLabel")
    # berör · involves
    involves: Final = _term("involves")
    # omgång · wave
    joinedWave: Final = _term("joinedWave")
    # typ · kind
    kind: Final = _term("kind")
    # språk · language
    language: Final = _term("language")
    # latitud · latitude
    latitude: Final = _term("latitude")
    # rättslig grund · legal basis
    legalBasis: Final = _term("legalBasis")
    # längd · length
    length: Final = _term("length")
    # nivå · level
    level: Final = _term("level")
    # plats · location
    location: Final = _term("location")
    # longitud · longitude
    longitude: Final = _term("longitude")
    # ansvarigt organ · managing body
    managingBody: Final = _term("managingBody")
    # högsta stödnivå · highest aid intensity
    maxAidIntensity: Final = _term("maxAidIntensity")
    # högsta värde · highest value
    maxValue: Final = _term("maxValue")
    # är med i · is a member of
    memberOf: Final = _term("memberOf")
    # metod · method
    method: Final = _term("method")
    # minsta antal kommuner · least number of municipalities
    minMunicipalities: Final = _term("minMunicipalities")
    # minsta antal parter · least number of parties
    minParties: Final = _term("minParties")
    # minsta antal forskningsorganisationer · least number of research organisations
    minResearchOrganisations: Final = _term("minResearchOrganisations")
    # lägsta värde · lowest value
    minValue: Final = _term("minValue")
    # kommunkod · municipality code
    municipalityCode: Final = _term("municipalityCode")
    # nationell kontakt · national contact
    nationalContact: Final = _term("nationalContact")
    # nummer · number
    number: Final = _term("number")
    # Nuts-kod · NUTS code
    nutsCode: Final = _term("nutsCode")
    # ansvarig part · responsible party
    operator: Final = _term("operator")
    # organisationsnummer · organisation number
    organisationNumber: Final = _term("organisationNumber")
    # sida · page
    page: Final = _term("page")
    # ingår i · is part of
    partOf: Final = _term("partOf")
    # deltagarkod i EU · EU participant code
    participantCode: Final = _term("participantCode")
    # deltar i · participates in
    participatesIn: Final = _term("participatesIn")
    # berörd part · party concerned
    party: Final = _term("party")
    # pionjär · pioneer
    pioneer: Final = _term("pioneer")
    # projekt som avses · project concerned
    project: Final = _term("project")
    # projektnummer · project number
    projectNumber: Final = _term("projectNumber")
    # utgivare · publisher
    publisher: Final = _term("publisher")
    # läst hur långt · read how far
    readingStatus: Final = _term("readingStatus")
    # mottagare · recipient
    recipient: Final = _term("recipient")
    # roll · role
    role: Final = _term("role")
    # omfattning · scope
    scope: Final = _term("scope")
    # avsnitt · section
    section: Final = _term("section")
    # sektor · sector
    sector: Final = _term("sector")
    # filens kontrollsumma · checksum of the file
    sha256: Final = _term("sha256")
    # delar åtagande med · shares a commitment with
    sharesCommitmentWith: Final = _term("sharesCommitmentWith")
    # har undertecknat · signed
    signed: Final = _term("signed")
    # undertecknad den · signed on
    signedOn: Final = _term("signedOn")
    # börjar vid tecken · starts at character
    start: Final = _term("start")
    # startar · starts
    startDate: Final = _term("startDate")
    # källans text · stated text
    statedText: Final = _term("statedText")
    # status · status
    status: Final = _term("status")
    # stödjer · supports
    supports: Final = _term("supports")
    # tema som berörs · theme concerned
    theme: Final = _term("theme")
    # tvilling · twin
    twin: Final = _term("twin")
    # enhet · unit
    unit: Final = _term("unit")
    # värde · value
    value: Final = _term("value")
    # värdets status · status of the value
    valueStatus: Final = _term("valueStatus")
    # post i Wikidata · Wikidata entity
    wikidata: Final = _term("wikidata")
    # år · year
    year: Final = _term("year")
