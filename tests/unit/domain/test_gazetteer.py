import pytest

from scplanner.domain.gazetteer import CITY_COLUMNS, COUNTRY_COLUMNS, Gazetteer, distance_km, parse_gazetteer

CITIES = [
    (3117735, "Madrid", "ES", "29", 40.4165, -3.7026, "Europe/Madrid", 3255944, ""),
    (2509954, "Valencia", "ES", "60", 39.4739, -0.3797, "Europe/Madrid", 824340, "valence"),
    (3625549, "Valencia", "VE", "07", 10.162, -68.0077, "America/Caracas", 1619470, ""),
    (1273294, "Delhi", "IN", "07", 28.652, 77.2315, "Asia/Kolkata", 11034555, "new delhi|दलल"),
    (1261481, "New Delhi", "IN", "07", 28.6358, 77.2245, "Asia/Kolkata", 317797, ""),
    (2988507, "Paris", "FR", "11", 48.8534, 2.3488, "Europe/Paris", 2138551, ""),
    (4717560, "Paris", "US", "Texas", 33.6609, -95.5555, "America/Chicago", 24782, ""),
    (5746545, "Portland", "US", "Oregon", 45.5234, -122.6762, "America/Los_Angeles", 652503, ""),
    (4975802, "Portland", "US", "Maine", 43.6615, -70.2553, "America/New_York", 66881, ""),
    (3169070, "Rome", "IT", "07", 41.8919, 12.5113, "Europe/Rome", 2318895, "roma"),
    (4724564, "Roma", "US", "Texas", 26.4056, -99.0159, "America/Chicago", 11490, ""),
    (2659496, "Neuchâtel", "CH", "NE", 46.9918, 6.931, "Europe/Zurich", 33475, "neuenburg"),
    (3093133, "Łódź", "PL", "74", 51.7706, 19.4739, "Europe/Warsaw", 768755, "lodsch"),
    (1816670, "Beijing", "CN", "22", 39.9075, 116.3972, "Asia/Shanghai", 18960744, "peking|北京"),
]
COUNTRIES = [
    ("ES", "Spain", "EU", "Madrid", "esp"),
    ("FR", "France", "EU", "Paris", "fra"),
    ("GB", "United Kingdom", "EU", "London", "gbr|uk"),
    ("US", "United States", "NA", "Washington", "usa|america"),
]


def table(columns: tuple[str, ...], rows: list[tuple[object, ...]]) -> str:
    return "\n".join(["\t".join(columns), *("\t".join(map(str, row)) for row in rows), ""])


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return parse_gazetteer(table(CITY_COLUMNS, CITIES), table(COUNTRY_COLUMNS, COUNTRIES))


@pytest.mark.parametrize(
    ("name", "country", "found"),
    [
        pytest.param("madrid", "", (3117735, "ES"), id="case does not matter"),
        pytest.param("Neuchatel", "CH", (2659496, "CH"), id="accents do not matter"),
        pytest.param("Lodz", "", (3093133, "PL"), id="letters that do not decompose are folded too"),
        pytest.param("Neuenburg", "", (2659496, "CH"), id="another language's name"),
        pytest.param("北京", "", (1816670, "CN"), id="the name in its own script"),
        pytest.param("Valencia", "", (3625549, "VE"), id="the biggest of several"),
        pytest.param("Valencia", "ES", (2509954, "ES"), id="the one in the country"),
        pytest.param("valencia", "es", (2509954, "ES"), id="small letters for the country"),
        pytest.param("New Delhi", "IN", (1261481, "IN"), id="its own name goes before a bigger city's other name"),
        pytest.param("Roma", "", (3169070, "IT"), id="a far bigger city is meant by its other name"),
        pytest.param("Paris, France", "", (2988507, "FR"), id="country after the name"),
        pytest.param("Paris, Texas", "", (4717560, "US"), id="state after the name"),
        pytest.param("Portland, Maine", "US", (4975802, "US"), id="state and country"),
        pytest.param("  Madrid ", "", (3117735, "ES"), id="space around the name"),
    ],
)
def test_finds_a_city_by_what_people_write(
    gazetteer: Gazetteer, name: str, country: str, found: tuple[int, str]
) -> None:
    city = gazetteer.find_city(name, country)
    assert city is not None
    assert (city.id, city.country) == found


@pytest.mark.parametrize(
    ("name", "country"),
    [("Wushu", "CN"), ("Madrid", "FR"), ("", ""), (",", ""), ("Paris, Spain", ""), ("Paris, France", "US")],
)
def test_finds_no_city_rather_than_a_wrong_one(gazetteer: Gazetteer, name: str, country: str) -> None:
    assert gazetteer.find_city(name, country) is None


def test_a_city_has_position_zone_and_people(gazetteer: Gazetteer) -> None:
    city = gazetteer.find_city("Łódź", "PL")
    assert city is not None
    assert (city.position, city.zone, city.population) == ((51.7706, 19.4739), "Europe/Warsaw", 768755)


@pytest.mark.parametrize("name", ["Spain", "es", "ESP", " spain "])
def test_finds_a_country_by_name_and_codes(gazetteer: Gazetteer, name: str) -> None:
    found = gazetteer.find_country(name)
    assert found is not None
    assert (found.code, found.capital) == ("ES", "Madrid")


def test_common_short_forms_name_a_country(gazetteer: Gazetteer) -> None:
    assert [
        gazetteer.country_name(found.code) for name in ("UK", "USA") if (found := gazetteer.find_country(name))
    ] == [
        "United Kingdom",
        "United States",
    ]


def test_an_unknown_code_is_shown_as_it_is(gazetteer: Gazetteer) -> None:
    assert gazetteer.country_name("XK") == "XK"
    assert gazetteer.find_country("XK") is None


@pytest.mark.parametrize(
    ("a", "b", "kilometres"),
    [
        ((41.3888, 2.159), (52.5244, 13.4105), 1498),
        ((50.8505, 4.3488), (38.7251, -9.1498), 1713),
        ((0.0, 179.5), (0.0, -179.5), 111),
        ((90.0, 0.0), (-90.0, 120.0), 20015),
        ((48.85, 2.35), (48.85, 2.35), 0),
    ],
)
def test_distance_is_along_the_great_circle(a: tuple[float, float], b: tuple[float, float], kilometres: int) -> None:
    assert distance_km(a, b) == pytest.approx(kilometres, abs=3)
    assert distance_km(b, a) == distance_km(a, b)


def test_another_table_is_refused() -> None:
    with pytest.raises(ValueError, match="not a gazetteer table"):
        parse_gazetteer("id,name\n1,Madrid\n", table(COUNTRY_COLUMNS, COUNTRIES))


def test_what_begins_with_some_letters_is_found_by_its_own_name_biggest_first(gazetteer: Gazetteer) -> None:
    def names(typed: str, limit: int = 9) -> list[tuple[str, str]]:
        return [(city.name, city.country) for city in gazetteer.cities_beginning_with(typed, limit)]

    assert names("val") == [("Valencia", "VE"), ("Valencia", "ES")]
    assert names(" LODZ") == [("Łódź", "PL")]
    assert names("p", 2) == [("Paris", "FR"), ("Portland", "US")]
    assert names("") == names("peking") == []
