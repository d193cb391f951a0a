"""The same build on many machines: Apache Spark reads and merges, and the folder holds parts instead of whole files.

    files, on any file system -> lots of articles -> blocks of statements -> parts of the tables and of the graph

Nothing here decides what is read or merged: that is done by the functions that one machine uses. pyspark and pyarrow, which
are an extra (``pip install 'actor-kg[spark]'``), are known here alone.
"""

from kg.cluster.building import Built, build_parts
from kg.cluster.changing import add_parts, remove_parts

__all__ = ["Built", "add_parts", "build_parts", "remove_parts"]
