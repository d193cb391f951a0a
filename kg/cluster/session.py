"""Starts Spark, or says what is missing; whatever else stands here is given the session."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kg.model import DataError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

ENGINE = "spark"
LOOPBACK = "127.0.0.1"
TASK = 500_000  # bytes of articles that one task reads: some seconds of work
BATCH = 64  # rows that pass between Spark and Python at once; one may hold a whole file
QUIET = {
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    "spark.sql.session.timeZone": "UTC",
    "spark.hadoop.fs.file.impl": "org.apache.hadoop.fs.RawLocalFileSystem",
    "spark.hadoop.fs.AbstractFileSystem.file.impl": "org.apache.hadoop.fs.local.RawLocalFs",
}
"""The last two: no file of checksums beside each file on this machine."""
HERE = {"spark.driver.bindAddress": LOOPBACK, "spark.driver.host": LOOPBACK, "spark.ui.enabled": "false"}
"""Where all of Spark runs on this machine, nobody else can reach it."""
READING: dict[str, str | int] = {
    "spark.sql.adaptive.enabled": "false",  # it would make a job of every stage, and parts are sized here
    "spark.sql.files.maxPartitionBytes": TASK,
    "spark.sql.files.openCostInBytes": TASK // 100,
    "spark.sql.execution.arrow.maxRecordsPerBatch": BATCH,
    "spark.sql.sources.binaryFile.maxLength": 2**31 - 1,
}


def master_of(engine: str) -> str:
    """The master that an engine names: ``spark`` or ``spark:MASTER``. Raises DataError for any other.

    >>> master_of("spark:local-cluster[2,1,2048]")
    'local-cluster[2,1,2048]'
    """
    name, _, master = engine.partition(":")
    if name != ENGINE:
        raise DataError(f"{engine!r} is no engine.\nUse spark, or spark:MASTER, such as spark:local[4] or spark:spark://host:7077.")
    return master


@contextmanager
def spark_at(master: str) -> Iterator["SparkSession"]:
    """A session of Spark at a master (empty: that of Spark's own settings, else all cores of this machine), ended if it was begun here.

    Raises DataError where PySpark or Java is missing, or the master does not answer.
    """
    try:
        import pyspark
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise DataError("Spark is not installed.\nInstall it: pip install 'actor-kg[spark]'.") from error
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise DataError("Spark needs Java 17 or later, and there is none.\nOn Debian: sudo apt-get install default-jre-headless.")
    running = SparkSession.getActiveSession()
    local = not master or master.startswith("local")
    builder = SparkSession.builder.appName("kg")
    if master:
        builder = builder.master(master)
    for name, value in (QUIET | HERE if local else QUIET).items():
        builder = builder.config(name, value)
    if local:
        package = str(Path(__file__).parents[2])
        paths = [package, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
        builder = builder.config("spark.executorEnv.PYTHONPATH", os.pathsep.join(dict.fromkeys(paths)))
        os.environ.setdefault("SPARK_LOCAL_IP", LOOPBACK)
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        os.environ.setdefault("SPARK_HOME", str(Path(pyspark.__file__).parent))
        if not os.environ.get("LANG"):  # Java would not know names of files beyond ASCII
            os.environ.setdefault("LC_ALL", "C.UTF-8")
    try:
        spark = builder.getOrCreate()
    except PySparkException as error:
        raise DataError(f"Spark does not start at {master or 'local[*]'}: {error}\nIs the master right, and does it run?") from error
    for name, number in (READING | {"spark.sql.shuffle.partitions": 4 * spark.sparkContext.defaultParallelism}).items():
        spark.conf.set(name, number)
    try:
        yield spark
    finally:
        if running is None:
            spark.stop()
