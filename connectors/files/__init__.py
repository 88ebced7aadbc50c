"""Files in a folder or bucket: any store that fsspec reaches, any format a reader knows."""

from connectors.files.source import FileSource

__all__ = ["FileSource"]
