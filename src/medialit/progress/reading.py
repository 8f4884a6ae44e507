"""Reading the bytes of a progress file, piece by piece, good lines and damaged ones."""

from __future__ import annotations

from medialit.progress.entry import FORMAT, HEADER_START, EntryLine, Header, LineError, from_line

_TRAIL = 512  # longer than what two entries can share at their ends
_BOM = b"\xef\xbb\xbf"


class Contents:
    """What a file held as far as it has been read: ``records`` by id in file order, ``damaged`` by line number."""

    def __init__(self) -> None:
        self.header: Header | None = None
        self.newer: int | None = None
        self.records: dict[str, EntryLine] = {}
        self.damaged: dict[int, bytes] = {}
        self.offset = 0
        self.trail = b""  # the last bytes read: if they have changed, the file was edited and is read anew
        self._line_ends = 0

    def feed(self, data: bytes, whole: bool = True) -> Contents:
        """Read on. With ``whole`` a last line without line end is taken as it is; else it is left for later,
        because another notebook may still be writing it."""
        *lines, rest = data.split(b"\n")
        taken = len(data) - len(rest)
        for number, line in enumerate(lines, self._line_ends + 1):
            self._take(number, line + b"\n")
        self._line_ends += len(lines)
        if rest and self._take(self._line_ends + 1, rest, keep_damaged=whole):
            taken = len(data)
        self.offset += taken
        self.trail = (self.trail + data[:taken])[-_TRAIL:]
        return self

    @property
    def foreign(self) -> bool:
        """True when nothing in it looks like a progress file, so that nobody must write to it."""
        if self.header or self.newer or self.records:
            return False
        return any(not _may_be_ours(line.strip()) for line in self.damaged.values())

    def _take(self, number: int, line: bytes, keep_damaged: bool = True) -> bool:
        if number == 1 and self.offset == 0:
            line = line.removeprefix(_BOM)
        if not line.strip():
            return True
        try:
            read = from_line(line)
        except LineError:
            if keep_damaged and not self.newer:  # a newer format may well hold lines that are unknown here
                self.damaged[number] = line
            return keep_damaged
        if isinstance(read, Header):
            if read.format > FORMAT:
                self.newer = read.format
            self.header = self.header or read
        else:
            self.records.setdefault(read.id, EntryLine(read, line if line.endswith(b"\n") else line + b"\n"))
        return True


def _may_be_ours(line: bytes) -> bool:
    # A header that was cut, or the zeros that a power cut leaves behind.
    return line.startswith(HEADER_START) or HEADER_START.startswith(line) or not line.strip(b"\0")
