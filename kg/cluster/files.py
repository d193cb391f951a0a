"""Files wherever Spark reads them: on this machine, HDFS, S3. Names are URIs, and paths of this machine as they stand."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

REMOTE = re.compile(r"(?!file:)[A-Za-z][A-Za-z0-9+.-]+:/+")
GLOB = re.compile(r"([{}\[\]*?\\])")
AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class Found:
    """A file: its URI, its size in bytes, and when it was changed, in milliseconds."""

    uri: str
    size: int
    changed: int

    @property
    def name(self) -> str:
        """The last part of its path."""
        return self.uri.rpartition("/")[2]


@dataclass(frozen=True)
class Files:
    """The file systems that a session reaches."""

    spark: "SparkSession"

    def listed(self, folder: str) -> list[Found]:
        """What lies in a folder, files alone, by name; nothing if it is not there."""
        return sorted((found for found, is_folder in self._entries(folder) if not is_folder), key=lambda found: found.uri)

    def folders(self, folder: str) -> list[str]:
        """The folders in a folder, by name."""
        return sorted(found.uri for found, is_folder in self._entries(folder) if is_folder)

    def walked(self, folder: str) -> Iterator[Found]:
        """All files under a folder."""
        for found, is_folder in self._entries(folder):
            if is_folder:
                yield from self.walked(found.uri)
            else:
                yield found

    def found(self, uri: str) -> Found | None:
        """A file, if it is there."""
        path, system = self._at(uri)
        return _found(system.getFileStatus(path)) if system.exists(path) and not system.getFileStatus(path).isDirectory() else None

    def is_folder(self, uri: str) -> bool:
        """Whether a folder is there."""
        path, system = self._at(uri)
        return bool(system.exists(path)) and bool(system.getFileStatus(path).isDirectory())

    def read(self, uri: str) -> str:
        """The text of a small file."""
        path, system = self._at(uri)
        stream = system.open(path)
        try:
            return str(self._java.org.apache.commons.io.IOUtils.toString(stream, "UTF-8"))
        finally:
            stream.close()

    def write(self, uri: str, text: str) -> None:
        """Write a small file, in one step where the file system can: whoever reads it meets the old one or the new one."""
        fresh = f"{uri}.new"
        path, system = self._at(fresh)
        stream = system.create(path, True)
        try:
            stream.write(bytearray(text.encode("utf-8", "replace")))
        finally:
            stream.close()
        self.move(fresh, uri)

    def move(self, uri: str, to: str) -> None:
        """Give a file another name; one that is there is replaced."""
        context = self._java.org.apache.hadoop.fs.FileContext.getFileContext(self._at(to)[0].toUri(), self._settings)
        rename = self._java.org.apache.hadoop.fs.Options.Rename
        gateway: Any = self.spark.sparkContext._gateway
        options = gateway.new_array(rename, 1)
        options[0] = rename.OVERWRITE
        context.rename(self._at(uri)[0], self._at(to)[0], options)

    def make(self, folder: str) -> None:
        """Make a folder."""
        path, system = self._at(folder)
        system.mkdirs(path)

    def remove(self, uri: str) -> None:
        """Remove a file, or a folder with all that is in it."""
        path, system = self._at(uri)
        system.delete(path, True)

    def checksums(self, uris: list[str]) -> dict[str, str]:
        """The SHA-256 of files, several at a time."""
        with ThreadPoolExecutor(AT_ONCE) as several:
            return dict(zip(uris, several.map(self._checksum, uris), strict=True))

    def _checksum(self, uri: str) -> str:
        path, system = self._at(uri)
        stream = system.open(path)
        try:
            return str(self._java.org.apache.commons.codec.digest.DigestUtils.sha256Hex(stream))
        finally:
            stream.close()

    def _entries(self, folder: str) -> list[tuple[Found, bool]]:
        path, system = self._at(folder)
        statuses = system.listStatus(path) if system.exists(path) else []
        return [(_found(status), bool(status.isDirectory())) for status in statuses]

    def _at(self, uri: str) -> tuple[Any, Any]:
        path = self._java.org.apache.hadoop.fs.Path(uri)
        return path, path.getFileSystem(self._settings)

    @property
    def _java(self) -> Any:
        return self.spark.sparkContext._jvm

    @property
    def _settings(self) -> Any:
        return self.spark.sparkContext._jsc.hadoopConfiguration()


def _found(status: Any) -> Found:
    return Found(str(status.getPath().toString()), int(status.getLen()), int(status.getModificationTime()))


def uri_of(given: Path | str) -> str:
    """The URI of what a user names: a path of this machine, or a URI, also one that a ``Path`` has lost a slash of.

    >>> uri_of("s3a:/bucket/news"), uri_of("/tmp/my news")
    ('s3a://bucket/news', 'file:/tmp/my news')
    """
    text = str(given)
    if REMOTE.match(text):
        scheme, _, rest = text.partition(":")
        return text if rest.startswith("//") else f"{scheme}://{rest.lstrip('/')}"
    return f"file:{Path(text.removeprefix('file:')).absolute()}"


def is_remote(given: Path | str) -> bool:
    """Whether it is a URI of another file system."""
    return REMOTE.match(str(given)) is not None


def literal(uri: str) -> str:
    """A URI as Spark wants it where it would take some characters for a pattern."""
    return GLOB.sub(r"\\\1", uri)


def plain(uri: str) -> str:
    """A URI as Spark tells where a row stands, spelt as here.

    >>> plain("file:///tmp/my%20news")
    'file:/tmp/my news'
    """
    return unquote(re.sub(r"^file:/+", "file:/", uri))
