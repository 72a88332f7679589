"""The package around a Word text: parts changed or added, every other byte as it was."""

from __future__ import annotations

import copy
import posixpath
import zipfile
from collections.abc import Mapping
from io import BytesIO
from types import TracebackType

from lxml import etree

from jixiao.model.errors import JixiaoError
from jixiao.read.docx import main_part
from jixiao.read.package import member, open_package, parse_xml
from jixiao.write.docx_markup import as_utf8, before_root_ends

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KINDS = {
    True: "http://purl.oclc.org/ooxml/officeDocument/relationships/",
    False: "http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
}
_SIGNED = b"/digital-signature/"
_SUFFIXES = {
    "application/vnd.ms-word.document.macroEnabled.main+xml": "docm",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml": "dotx",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml": "dotm",
}
_LOCAL_HEADER = 30  # bytes before a member's name
_HEADER = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class WriteError(JixiaoError):
    """A file that cannot be written into."""


class DocxPackage:
    """A .docx file whose parts can be changed. A context manager; ``close`` frees it."""

    def __init__(self, data: bytes) -> None:
        """Open it. Raises ReadError if it is damaged or hostile, WriteError if it is signed."""
        self._data = data
        self._zip = open_package(data)
        self._changed: dict[str, bytes] = {}
        names = self._zip.namelist()
        if len(set(names)) != len(names):
            raise WriteError(
                "Word 文件的压缩包里有重名的内容，改写它会出错",
                "请用 Word 或 WPS 打开后另存一份再试",
            )
        if any(name.lower().startswith("_xmlsignatures/") for name in names) or (
            "_rels/.rels" in names and _SIGNED in self.part("_rels/.rels")
        ):
            raise WriteError(
                "文件有数字签名，改动一个字签名就失效，没有写",
                "请用 Word 或 WPS 打开，另存一份没有签名的副本再试",
            )
        self.main = main_part(self._zip)

    def __enter__(self) -> DocxPackage:
        """Use it."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Free it."""
        self._zip.close()

    @property
    def zip(self) -> zipfile.ZipFile:
        """The package as it was opened."""
        return self._zip

    def __contains__(self, name: str) -> bool:
        """Tell whether it has a part."""
        return name in self._changed or name in self._zip.NameToInfo

    @property
    def suffix(self) -> str:
        """How its name must end for Word to open it: docx, docm (with macros), dotx, dotm."""
        if "[Content_Types].xml" in self:
            for each in parse_xml(self.part("[Content_Types].xml")):
                if each.get("PartName", "").lstrip("/") == self.main:
                    return _SUFFIXES.get(each.get("ContentType", ""), "docx")
        return "docx"

    def part(self, name: str) -> bytes:
        """Return a part as it is now. Raises KeyError, ReadError."""
        return self._changed[name] if name in self._changed else member(self._zip, name)

    def change(self, name: str, content: bytes) -> None:
        """Give a part new content, or add it."""
        self._changed[name] = content

    def related(self, kind: str) -> str | None:
        """Return the part that the text names as its one of a kind ("comments"), if any."""
        name = self._relations_name
        if name not in self:
            return None
        for relation in parse_xml(self.part(name)):
            if relation.get("Type") in [lead + kind for lead in _KINDS.values()]:
                if relation.get("TargetMode") == "External":
                    raise WriteError(
                        "Word 文件把批注放在文件之外，无法写入",
                        "请用 Word 或 WPS 打开后另存一份再试",
                    )
                return self._resolved(relation.get("Target", ""))
        return None

    def relate(self, kind: str, content_type: str, content: bytes, *, strict: bool) -> None:
        """Add a part of a kind, with all that makes it known: its type and its relation."""
        folder = posixpath.dirname(self.main)
        number, target = 1, f"{kind}.xml"
        while posixpath.join(folder, target) in self:
            number, target = number + 1, f"{kind}{number + 1}.xml"
        name = posixpath.join(folder, target)
        self.add(name, content_type, content)
        relations = self._relations_name
        xml = (
            as_utf8(self.part(relations))
            if relations in self
            else _HEADER + f'<Relationships xmlns="{_RELATIONS}"/>'.encode()
        )
        taken = {relation.get("Id") for relation in parse_xml(xml)}
        number = 1
        while f"rId{number}" in taken:
            number += 1
        relation = (
            f'<Relationship xmlns="{_RELATIONS}" Id="rId{number}" '
            f'Type="{_KINDS[strict]}{kind}" Target="{target}"/>'
        )
        self.change(relations, before_root_ends(xml, relation.encode()))

    def add(self, name: str, content_type: str, content: bytes) -> None:
        """Add a part with its type, which a part that was lost may have left behind."""
        self.change(name, content)
        if "[Content_Types].xml" not in self:
            raise WriteError(
                "Word 文件不完整（缺 [Content_Types].xml）", "请用 Word 或 WPS 打开后另存一份再试"
            )
        types = as_utf8(self.part("[Content_Types].xml"))
        if any(each.get("PartName") == f"/{name}" for each in parse_xml(types)):
            return
        override = f'<Override xmlns="{_TYPES}" PartName="/{name}" ContentType="{content_type}"/>'
        self.change("[Content_Types].xml", before_root_ends(types, override.encode()))

    @property
    def _relations_name(self) -> str:
        folder, base = posixpath.split(self.main)
        return posixpath.join(folder, "_rels", f"{base}.rels")

    def _resolved(self, target: str) -> str:
        if target.startswith("/"):
            return target.lstrip("/")
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.main), target))

    def packed(self) -> bytes:
        """Return the file with what was changed; members that were not are copied as they are."""
        return repacked(self._data, self._zip, self._changed) if self._changed else self._data


def repacked(data: bytes, package: zipfile.ZipFile, changed: Mapping[str, bytes]) -> bytes:
    """Return a zip file with some members changed or added, and the others copied raw.

    The order stays, in the file and in its directory; what was packed is not packed again.
    """
    infos = sorted(package.infolist(), key=lambda info: info.header_offset)
    ends = [*(info.header_offset for info in infos[1:]), package.start_dir]
    for info, end in zip(infos, ends, strict=True):
        if info.header_offset + _LOCAL_HEADER + info.compress_size > end:
            raise WriteError("Word 文件的压缩包已损坏", "请用 Word 或 WPS 打开后另存一份再试")
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        stream = target.fp
        if stream is None:
            raise AssertionError
        for info, end in zip(infos, ends, strict=True):
            if info.filename in changed:
                target.writestr(_like(info), changed[info.filename])
                continue
            # With the header as it stands there: its flags, its times, its extra fields.
            raw = copy.copy(info)
            raw.header_offset = stream.tell()
            stream.write(data[info.header_offset : end])
            target.filelist.append(raw)
            target.NameToInfo[raw.filename] = raw
            target.start_dir = stream.tell()
        for name in changed.keys() - package.NameToInfo.keys():
            target.writestr(_like(package.infolist()[0], name), changed[name])
        order = {name: number for number, name in enumerate(package.namelist())}
        target.filelist.sort(key=lambda info: order.get(info.filename, len(order)))
        target.comment = package.comment
    return out.getvalue()


def _like(info: zipfile.ZipInfo, name: str | None = None) -> zipfile.ZipInfo:
    """Return the header of a member written anew: its name, its time, the way it was packed."""
    made = zipfile.ZipInfo(name or info.filename, info.date_time)
    made.compress_type = zipfile.ZIP_DEFLATED if name else info.compress_type
    if made.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        made.compress_type = zipfile.ZIP_DEFLATED
    made.create_system = info.create_system
    made.external_attr = info.external_attr
    return made


def part_ids(xml: bytes, tag: str, attribute: str) -> list[str]:
    """Return an attribute's values on the children of a part's root. Raises ReadError."""
    root: etree._Element = parse_xml(xml)
    return [
        str(value)
        for element in root
        if isinstance(element.tag, str) and etree.QName(element).localname == tag
        for key, value in element.items()
        if etree.QName(key).localname == attribute
    ]
