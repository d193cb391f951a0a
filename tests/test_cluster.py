"""Spark builds what one machine builds: also when a worker dies, when files are damaged, and when articles come and go."""

import json
import os
import signal
import threading
import time
from pathlib import Path

import pytest
from spark_builds import differing, in_parts, missing, one_machine

from kg.build import build, open_graph
from kg.cli.extracting import knowledge_of
from kg.model import DataError
from tools.building.articles import articles

ARTICLES = 2_000
BUSY = 60  # statements: so that some blocks are shared out
WORKERS = "spark:local-cluster[2,1,2048]"

why = missing()
pytestmark = pytest.mark.skipif(bool(why) and "CI" not in os.environ, reason=why)
