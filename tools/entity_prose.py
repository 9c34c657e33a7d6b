"""Invented prose with known names: teaches the tagger how reports of an investigation desk speak.

Every sentence is our own; people are drawn from lists of common names, so that nobody in particular is meant.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

Gold = tuple[int, int, str]

TEMPLATES: Final = """
{P} left the address in {street} at {time} and walked towards {T} station.
At {time} on {D} {P} was seen getting into {V} outside {O}.
Source stated that {F} has been staying with his cousin {P} in {T} since {D}.
{P} (born {D}) lives at {address}, {T}.
{P}, brother of {P}, works at {O} in {T}.
Subject met {P} and {P} at a cafe on {street} in {T}.
{S} then drove {V} to {T}, where he met an unknown male.
On {D} officers stopped {V} driven by {P} near {T}.
{F} told the source that {S} was travelling to {T} with {P}.
{P}, also known as {P}, is believed to be in {T}.
{P}, known as {N}, rang {F} twice on {D}.
The vehicle is registered to {P} of {address}, {T}.
{O} is run by {P} and his wife {F}.
Mr {S} and Mrs {S} own {O}, a business in {T}.
Dr {P} of {O} confirmed that {F} had attended.
Comment: {S} is assessed to be the leader of {O}.
According to {P}, the money came from {T}.
{P} was not at home; {F} answered the door.
The source believes that {F} and {F} know each other from {O}.
{P} flew from {T} to {T} on {D}.
Asked about {S}, {F} said that she had not seen him since {D}.
A van hired by {P} was parked near {O}.
{P} used the phone to call {P} at {time}.
He introduced himself as {F}.
She introduced {F} as her brother.
"I have never met {P}," {S} said.
Neighbours said {F} moved to {T} in {D}.
Imam {P} spoke at {O} about {P}.
Detective Sergeant {P} interviewed {S} at {T} on {D}.
Sergeant {P} and PC {S} attended.
{P} and his associates, {P} and {P}, travelled from {T} to {T}.
{T}: {P} was seen with {P} at {time}.
{P}, {age}, of {street}, {T}, was arrested on {D}.
{P}, aged {age}, from {T}, appeared at {T} Magistrates' Court on {D}.
{P}'s brother {F} runs {O}.
{S}'s car, {V}, was found in {T}.
{F}'s phone was last used in {T}.
Observation began at {time}. {P} came out with {F}.
{S} bought three bags of fertiliser from {O} in {T}.
{S} has been in contact with {O} through {P}.
{O} denied that {P} was employed there.
An agent reported that {P} had collected cash from {P} in {T}.
It was {P} who rented the garage behind {street}.
The flat is rented by {F}; the landlord is {P}.
{P} was accompanied by a woman believed to be {P}.
Police in {T} want to speak to {P} about the fire at {O}.
{P} is a {A} national who came to the {T} area in {D}.
{P}, a {A} student at {O}, was named by {F}.
Liaison reports that {P}, a {A}, crossed from {T} on {D}.
{N} was seen in {T}, and {N} handed {F} an envelope.
Two men, {F} and {F}, unloaded boxes from {V}.
The driver was identified as {P} and the passenger as {P}.
Present: {P}; {P}; {P}.
From: {P}. To: {P}. Date: {D}.
Name: {P}
Subject: {P}, {O}
Met {F} {S} again in {T}. He asked about {F}.
{F} {S} works as a driver for {O}.
{F} seemed nervous and left for {T} by train.
{S} said nothing, but {S} agreed.
{O}, {T}, received a letter signed by {P}.
The meeting at {O} was attended by {P}, {P} and about ten others.
Last week {P} paid {P} four hundred pounds in {T}.
On {D} a red van belonging to {S} was seen in {T}.
Between {time} and {time} {P} stayed inside {O}.
{P} went home at {time}.
At {time} {S} returned to {V} and left.
No trace of {P} was found at {O}.
{P} may be the same person as {P}.
{P} has two children, {F} and {F}.
The account is in the name of {P} at {O}.
Officers believe {F} {S} travelled to {T} via {T}.
"{F} told me to wait," said {P}.
{P} from {T} told {O} that he feared {S}.
Talk at {O} is that {S} owes money to {N}.
{O} and {O} share an office in {T}.
{P} resigned as director of {O} on {D}.
{P} replaced {P} as secretary of {O}.
Members of {O} met in {T} on {D}.
The source, who has known {P} for years, described {F} as careful.
Walking along {street}, {P} dropped a bag.
{P} boarded the {time} to {T}.
{P} and {F} argued outside {O}.
This report concerns {P} and {V}.
Enquiries with {O} show that {P} left on {D}.
Yesterday {P} told {P} that the plan was off.
Later {F} drove {F} to {T} airport.
Mother of {F}, {P}, lives in {T}.
Uncle {F} sent the tickets to {P}.
{P} of {O} said on {D} that {T} was calm.
General {P} blamed {O} for the attack in {T}.
President {P} arrived in {T} on {D}.
Colonel {P}, commander of {O}, denied the charge.
{O} claimed responsibility for killing {P} in {T}.
{O} kidnapped {P} near {T}, {T} department, on {D}.
Unidentified men shot {P} dead in {T}.
A bomb exploded at {O} in {T} on {D}, wounding {P}.
The {A} embassy in {T} said {P} was safe.
Former minister {P} was murdered by members of {O}.
Judge {P} ordered the arrest of {P} and {P}.
{T}, {D} -- {P} said that {O} would talk to {O}.
Father {P}, rector of {O}, was found dead.
Attorney {P} represents {P}.
{P} was killed when {O} attacked {T}.
Relatives of {P} asked {O} for help.
Deputy {P} of {O} said {S} would resign.
Bishop {P} condemned the murder of {P}.
Security forces captured {P}, alias {N}, in {T}.
Students from {O} marched in {T}.
The {A} government and {O} signed the agreement in {T}.
Parked on {street}: {V}.
The car, {V}, turned into {street}.
He drives {V}.
""".strip().split("\n")
"""`{P}` a person, `{F}` and `{S}` forename and surname alone, `{N}` nickname, `{T}` place, `{O}` organisation ..."""

PEOPLE: Final = {
    "south asian": (
        "Mohammed Imran Tariq Asif Sajid Zubair Haroon Naveed Kashif Waqas Faisal Arshad Shabana Nasreen Rukhsana "
        "Saima Bushra Noreen Rajesh Sunil Anil Priya Sunita Deepak Harpreet Gurpreet Manjit Jaswinder Rashida Shafiq "
        "Aamir Adeel Junaid Khalid Riaz Parveen Tahira Yasmin Zahra Iqbal Nazir Sohail Amjad",
        "Khan Hussain Akhtar Mahmood Malik Chaudhry Mirza Qureshi Butt Bhatti Sheikh Iqbal Aslam Rafiq Begum Bibi "
        "Miah Uddin Chowdhury Rahman Islam Ali Singh Kaur Gill Dhillon Sandhu Sharma Gupta Mehta Desai Shah Joshi "
        "Siddiqui Ansari Javed Yousaf Mahmud Hanif Saleem Dar Awan Raja Bashir",
    ),
    "arabic": (
        "Ahmad Yusuf Khalil Samir Walid Hisham Marwan Tarek Nabil Karim Omar Bilal Mustafa Ibrahim Hamza Anas Rami "
        "Fadi Ziad Layla Amal Huda Noor Rana Salma Mariam Khadija Abdullah Abdulrahman Abdelkader Mahmoud Jamal Adnan "
        "Fares Ayman Ghassan Munir Issa",
        "Haddad Khoury al-Masri al-Rashid al-Hassan al-Tikriti el-Amin Mansour Saleh Najjar Hamdan Darwish Barakat "
        "Nasser Aziz Farah Benali Bouazza Haddouche Zerrouki Belkacem al-Jabouri al-Obeidi al-Shammari Qasim Jaber "
        "Abbas Hamid Saeed Abu-Zaid Shaheen Kanaan Sabbagh Osman",
    ),
    "west african": (
        "Kwame Kofi Ama Abena Yaw Kojo Chidi Emeka Ngozi Ifeoma Chinedu Tunde Femi Bola Yetunde Adebayo Olumide "
        "Babatunde Aminata Mamadou Ousmane Fatou Ibrahima Musa Sani Abubakar Amadou Kwabena Efua Segun",
        "Mensah Owusu Boateng Asante Appiah Addo Osei Okafor Okonkwo Eze Nwosu Adeyemi Balogun Ogunleye Oyelaran "
        "Afolabi Bello Diallo Traore Keita Camara Sesay Kamara Conteh Bangura Ndiaye Diop Sow Agyeman Obi Uche Ojo",
    ),
    "somali": (
        "Abdi Hassan Mohamud Farah Hodan Ayaan Warsame Yusuf Liban Khadra Sahra Guled Ismail Abdirahman Fowzia",
        "Warsame Abdi Ali Jama Farah Nur Hersi Ahmed Omar Guled Osman Hashi Elmi Aden Yusuf Duale",
    ),
    "slavic": (
        "Piotr Krzysztof Tomasz Marek Agnieszka Katarzyna Wojciech Dariusz Sergei Dmitri Oleg Vadim Igor Nikolai "
        "Svetlana Oksana Andriy Bohdan Viktor Milan Dragan Goran Zoran Jovana Petar Jaroslav Pavel Radek Ivana Luka",
        "Kowalczyk Wisniewski Nowak Zielinski Wojcik Kaminski Ivanov Petrenko Kovalenko Shevchuk Volkov Sokolov "
        "Morozov Bondarenko Petrovic Jovanovic Nikolic Markovic Horvat Novak Dvorak Svoboda Dimitrov Georgiev Popescu "
        "Ionescu Hoxha Krasniqi Gashi Berisha",
    ),
    "british": (
        "John David Paul Mark Stephen Andrew Gary Darren Lee Kevin Susan Karen Julie Tracey Emma Sarah Claire Rachel "
        "Thomas Daniel Joshua Callum Ryan Liam Kyle Megan Chloe Bethany Graham Keith Trevor Nigel Rob Helen Alison",
        "Smith Jones Taylor Brown Wilson Evans Thomas Roberts Walker Wright Robinson Thompson White Hughes Edwards "
        "Green Hall Wood Harris Clarke Cooper Ward Turner Carter Phillips Mitchell Baker Campbell Marsh Hartley "
        "Ackroyd Sutcliffe Booth Firth Barraclough Pickering Dyson Fairweather Lockwood",
    ),
    "irish": (
        "Sean Patrick Liam Declan Brendan Siobhan Aoife Niamh Ciaran Conor Eamonn Padraig Fergal Dermot Grainne "
        "Maeve Orla Sinead Cormac Finbarr",
        "Murphy O'Brien O'Connor O'Neill McCarthy McGuinness Doherty Gallagher Byrne Kelly Ryan Nolan O'Sullivan "
        "Kavanagh McLaughlin Quinn Devlin Maguire Ni-Dhomhnaill MacManus O'Hara Brennan Fitzpatrick",
    ),
    "latin american": (
        "Jose Juan Carlos Luis Jorge Miguel Francisco Rafael Pedro Manuel Antonio Roberto Mario Oscar Hector Ricardo "
        "Alfredo Rodrigo Ernesto Guillermo Maria Ana Rosa Gloria Elena Marta Beatriz Silvia Mercedes Alvaro Cesar "
        "Bernardo Enrique Ruben Gustavo Ignacio Arnulfo Amadeo Virgilio",
        "Garcia Rodriguez Martinez Hernandez Lopez Gonzalez Perez Sanchez Ramirez Flores Torres Vargas Castillo "
        "Mendoza Rojas Guerrero Aguilar Ortega Morales Gutierrez Escobar Cristiani Barco Duarte Alvarado Cienfuegos "
        "Villalobos Zamora Galan Jaramillo Pizarro Ponce Larios Bustillo Montano Benavides Quintero Velasquez Ochoa",
    ),
}
"""Common forenames and surnames by origin, from general knowledge."""
HONORIFICS: Final = ("", "", "", "", "", "", "Mr ", "Mrs ", "Ms ", "Miss ", "Dr ")
NICKNAMES: Final = (
    "Abu Hamza|Abu Yasin|Big Tony|the Doctor|Shaz|Mo|Jimbo|El Negro|Ziggy|Uncle Raj|Abu Omar|Tiny|Chalky|Comandante "
    "Marcos|Ghost|Smiler|Umm Khalid|Spider|Kez|Baz"
).split("|")
ORGANISATIONS: Final = (
    "{S} Motors|{T} Couriers Ltd|{S} & Sons|{S} Brothers Garage|Al-Noor Travel|{T} Community Centre|{T} Mosque|"
    "{T} University|University of {T}|{T} College|{S} Holdings plc|Northern Haulage Limited|Green Lane Taxis|"
    "Crescent Foods Ltd|West Yorkshire Police|Bedfordshire Police|{T} City Council|{T} Borough Council|HM Revenue and "
    "Customs|Home Office|Border Force|Metropolitan Police|{T} Cash and Carry|Barclays|Lloyds Bank|Sahara Grill|Blue "
    "Star Cars|{S} Properties Ltd|{T} Football Club|St Mary's Church|Red Lion|Kings Arms|National Liberation Army|"
    "{T} Liberation Front|Popular Revolutionary Army|FMLN|ELN|M-19|ARENA|Shining Path|{T} Cartel|Army of National "
    "Liberation|National Police|Air Force|Ministry of Defense|Central American University|{T} Brigade|FARC|ISIL|Combat "
    "18|Islamic Relief {T}|Ashfield Solutions Ltd|Orion Logistics|{S}, {S} and Partners|Whitmore Storage|Falcon Gym|"
    "Treasury Police|Supreme Court|Liberal Party|Conservative Party|Workers Federation|Catholic Church|Reuter"
).split("|")
STREETS: Final = (
    "Green Lane|Harehills Road|Dunstable Road|High Street|Victoria Avenue|Roundhay Road|Station Road|Park Crescent|"
    "Mill Street|Leagrave Road|Church Lane|Chapeltown Road|Bury Park Road|Albert Terrace|Beech Grove|Cross Flatts "
    "Grove|Marsh Road|Queens Drive|Tong Road|Wellington Street|Castle Hill|Manchester Road|Oak Close"
).split("|")
VEHICLES: Final = (
    "a silver Ford Focus|a white Transit van|a black BMW|a blue Vauxhall Astra|a grey Audi A4|a red Toyota Yaris|"
    "a dark Volkswagen Golf|a white Mercedes Sprinter|a green Land Rover|a silver VW Passat|his Honda Civic|"
    "a blue Nissan Qashqai|a black Skoda Octavia|a motorcycle|the white van|a Peugeot 308|a Vauxhall Vivaro"
).split("|")
ADJECTIVES: Final = (
    "British Pakistani Somali Polish Nigerian Syrian Iraqi Albanian Romanian Irish Turkish Colombian Salvadoran French"
).split()
_MONTHS: Final = (
    "January February March April May June July August September October November December Jan Feb Mar Sept Oct Nov Dec"
).split()
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SLOT: Final = re.compile(r"\{(\w+)\}")
_TYPES: Final = {
    "P": "Person",
    "F": "Person",
    "S": "Person",
    "N": "Person",
    "T": "Location",
    "street": "Location",
    "address": "Location",
    "O": "Organisation",
    "V": "Vehicle",
    "D": "Temporal",
    "time": "Temporal",
    "A": "Nationality",
}


@dataclass(frozen=True, slots=True)
class Names:
    """What the slots are filled with."""

    people: Sequence[tuple[Sequence[str], Sequence[str]]]
    """Pairs of forenames and surnames that go together."""
    towns: Sequence[str]


def prose(names: Names, sentences: int, seed: int) -> list[tuple[str, list[Gold]]]:
    """Invented paragraphs, each with its gold spans (start, end, type)."""
    chance = random.Random(seed)  # noqa: S311 - not for secrecy
    found = []
    while sentences > 0:
        size = min(sentences, chance.randint(2, 6))
        found.append(_paragraph(names, chance, size))
        sentences -= size
    return found


def _paragraph(names: Names, chance: random.Random, size: int) -> tuple[str, list[Gold]]:
    text, gold = "", []
    for _ in range(size):
        sentence, spans = _sentence(names, chance)
        gold += [(start + len(text), end + len(text), kind) for start, end, kind in spans]
        text += sentence + " "
    return text, gold


def _sentence(names: Names, chance: random.Random) -> tuple[str, list[Gold]]:
    template = chance.choice(TEMPLATES)
    fill = _filler(names, chance)
    text, gold, done = "", [], 0
    for slot in _SLOT.finditer(template):
        text += template[done : slot.start()]
        value = fill(slot[1])
        if slot[1] in _TYPES:
            gold.append((len(text), len(text) + len(value), _TYPES[slot[1]]))
        text += value
        done = slot.end()
    return text + template[done:], gold


def _filler(names: Names, chance: random.Random) -> Callable[[str], str]:
    forenames, surnames = chance.choice(names.people)

    def person() -> str:
        first, last = chance.choice(forenames), chance.choice(surnames)
        if chance.random() < 0.15:
            first += " " + chance.choice((chance.choice(forenames), first[0] + ".", "bin", "Abu"))
        if chance.random() < 0.08:
            last += "-" + chance.choice(surnames) if "-" not in last else ""
        return chance.choice(HONORIFICS) + first + " " + last

    def organisation() -> str:
        return _SLOT.sub(lambda slot: fill(slot[1]), chance.choice(ORGANISATIONS))

    def fill(slot: str) -> str:
        makers: dict[str, Callable[[], str]] = {
            "P": person,
            "F": lambda: chance.choice(forenames),
            "S": lambda: chance.choice(surnames),
            "N": lambda: chance.choice(NICKNAMES),
            "T": lambda: chance.choice(names.towns),
            "O": organisation,
            "V": lambda: chance.choice(VEHICLES),
            "A": lambda: chance.choice(ADJECTIVES),
            "D": lambda: _date(chance),
            "time": lambda: _time(chance),
            "age": lambda: str(chance.randint(18, 70)),
            "street": lambda: chance.choice(STREETS),
            "address": lambda: f"{chance.randint(1, 220)} {chance.choice(STREETS)}",
        }
        return makers[slot]()

    return fill


def _date(chance: random.Random) -> str:
    day, month, year = chance.randint(1, 28), chance.choice(_MONTHS), chance.randint(1960, 2026)
    return chance.choice(
        (
            f"{day} {month} {year}",
            f"{day} {month}",
            f"{chance.choice(_DAYS)} {day} {month}",
            chance.choice(_DAYS),
            f"{day:02}/{chance.randint(1, 12):02}/{year}",
            f"{month} {year}",
            str(year),
        )
    )


def _time(chance: random.Random) -> str:
    hour, minute = chance.randint(0, 23), chance.randint(0, 59)
    return chance.choice((f"{hour:02}:{minute:02}", f"{hour:02}{minute:02} hours", f"{hour % 12 + 1}.{minute:02} pm"))
