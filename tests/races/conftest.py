from collections.abc import Iterator

import pytest
from race_databases import Database, postgres_database


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Database:
    return Database(f"sqlite:///{tmp_path_factory.mktemp('race') / 'race.sqlite3'}")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Database]:
    with postgres_database() as url:
        yield Database(url)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest) -> Database:
    return request.getfixturevalue(request.param)
