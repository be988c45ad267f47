import gc

import pytest


@pytest.fixture(autouse=True)
def collect_garbage_here():
    """Do as the application does: no widget dies in a worker."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()
