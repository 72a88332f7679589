"""Makes the template of the printed text: python scripts/make_text_template.py

The template is an ordinary Word file, which an office copies and changes in Word. It is made here
from readable XML, so that every change of it can be reviewed.
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

PATH = Path(__file__).parents[1] / "src/jixiao/write/text/data/text.docx"

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KINDS = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

# Office machines have the first of each line; the others are free ones with letters as wide.
_FONTS = {
    "Times New Roman": "Liberation Serif",
    "宋体": "SimSun;Noto Serif CJK SC;Source Han Serif SC;Noto Sans CJK SC",
    "黑体": "SimHei;Noto Sans CJK SC;Source Han Sans SC;WenQuanYi Zen Hei",
    "仿宋": "FangSong;仿宋_GB2312;FZFangSong-Z02;Noto Serif CJK SC;Noto Sans CJK SC",
}

# styleId: name, based on the one above it, paragraph and run properties.
# Lines have exact heights: they then break pages alike in Word, WPS and LibreOffice.
_STYLES: list[tuple[str, str, str, str]] = [
    ("Heading1", "heading 1", '<w:keepNext/><w:pageBreakBefore/><w:spacing w:after="240" w:line="600" w:lineRule="exact"/><w:jc w:val="center"/><w:outlineLvl w:val="0"/>', "黑体 36"),
    ("Heading2", "heading 2", '<w:keepNext/><w:spacing w:after="60" w:line="560" w:lineRule="exact"/><w:outlineLvl w:val="1"/>', "黑体 32"),
    ("Heading3", "heading 3", '<w:keepNext/><w:spacing w:after="120" w:line="440" w:lineRule="exact"/><w:jc w:val="center"/><w:outlineLvl w:val="2"/>', "黑体 28"),
    ("TOCHeading", "TOC Heading", '<w:pageBreakBefore/><w:spacing w:after="240" w:line="600" w:lineRule="exact"/><w:jc w:val="center"/>', "黑体 36"),
    ("TOC1", "toc 1", '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9070"/></w:tabs><w:spacing w:line="480" w:lineRule="exact"/>', "黑体 24"),
    ("TOC2", "toc 2", '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9070"/></w:tabs><w:spacing w:line="480" w:lineRule="exact"/><w:ind w:left="240"/>', "宋体 24"),
    ("TOC3", "toc 3", '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9070"/></w:tabs><w:spacing w:line="480" w:lineRule="exact"/><w:ind w:left="480"/>', "宋体 24"),
    ("JixiaoCoverUnit", "绩效封面单位", '<w:spacing w:before="2400" w:after="600" w:line="640" w:lineRule="exact"/><w:jc w:val="center"/>', "黑体 44"),
    ("JixiaoCoverTitle", "绩效封面标题", '<w:spacing w:after="600" w:line="1000" w:lineRule="exact"/><w:jc w:val="center"/>', "宋体 72 b"),
    ("JixiaoCoverState", "绩效封面状态", '<w:spacing w:after="4200" w:line="640" w:lineRule="exact"/><w:jc w:val="center"/>', "仿宋 36"),
    ("JixiaoCoverOffice", "绩效封面落款", '<w:spacing w:after="240" w:line="560" w:lineRule="exact"/><w:jc w:val="center"/>', "仿宋 32"),
    ("JixiaoBody", "绩效正文", '<w:spacing w:line="560" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="640"/><w:jc w:val="both"/>', "仿宋 32"),
    ("JixiaoTableTitle", "绩效表格标题", '<w:keepNext/><w:spacing w:after="120" w:line="440" w:lineRule="exact"/><w:jc w:val="center"/>', "黑体 28"),
    ("JixiaoGap", "绩效表间空行", '<w:spacing w:line="160" w:lineRule="exact"/>', "宋体 10"),
    ("JixiaoCell", "绩效表格文字", '<w:spacing w:line="280" w:lineRule="exact"/>', "宋体 21"),
    ("JixiaoLabel", "绩效表格栏目", '<w:spacing w:line="280" w:lineRule="exact"/><w:jc w:val="center"/>', "宋体 21"),
    ("JixiaoHead", "绩效表格表头", '<w:spacing w:line="280" w:lineRule="exact"/><w:jc w:val="center"/>', "黑体 21"),
    ("JixiaoNumber", "绩效表格数字", '<w:spacing w:line="280" w:lineRule="exact"/><w:jc w:val="center"/>', "宋体 21"),
    ("Footer", "footer", '<w:spacing w:line="280" w:lineRule="exact"/><w:jc w:val="center"/>', "宋体 21"),
]  # fmt: skip

_COVER = [
    ("JixiaoCoverUnit", "{{单位}}"),
    ("JixiaoCoverTitle", "{{年度}}{{标题}}"),
    ("JixiaoCoverState", "{{草案}}"),
    ("JixiaoCoverOffice", "编制单位：{{编制单位}}"),
    ("JixiaoCoverOffice", "审核单位：{{审核单位}}"),
]
_BODY = [
    ("TOCHeading", "目　　录"),
    ("JixiaoBody", "{{目录}}"),
    ("Heading1", "第一部分　部门整体绩效目标"),
    ("Heading2", "一、总体绩效目标"),
    ("JixiaoBody", "{{总体绩效目标}}"),
    ("Heading2", "二、分项绩效目标"),
    ("JixiaoBody", "{{分项绩效目标}}"),
    ("Heading2", "三、工作保障措施"),
    ("JixiaoBody", "{{工作保障措施}}"),
    ("JixiaoBody", "{{部门整体绩效}}"),
    ("Heading1", "第二部分　预算项目绩效目标"),
    ("JixiaoBody", "{{项目绩效目标表}}"),
]


def _run_properties(said: str) -> str:
    font, size, *bold = said.split()
    return (
        f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{font}"/>'
        f'{"<w:b/>" if bold else ""}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    )


_LINES = '<w:widowControl w:val="0"/><w:overflowPunct w:val="0"/>'


def _styles() -> str:
    defaults = (
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体"'
        ' w:cs="Times New Roman"/><w:sz w:val="21"/><w:szCs w:val="21"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        # No marks beyond the edge, no line moved to keep another company: pages are sums of lines.
        f"<w:pPrDefault><w:pPr>{_LINES}</w:pPr></w:pPrDefault></w:docDefaults>"
    )
    styles = [
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        f"<w:qFormat/><w:pPr>{_LINES}</w:pPr></w:style>",
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
        '<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>',
    ]
    for style, name, paragraph, run in _STYLES:
        custom = ' w:customStyle="1"' if style.startswith("Jixiao") else ""
        styles.append(
            f'<w:style w:type="paragraph"{custom} w:styleId="{style}"><w:name w:val="{name}"/>'
            f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{paragraph}</w:pPr>'
            f"<w:rPr>{_run_properties(run)}</w:rPr></w:style>"
        )
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    styles.append(
        '<w:style w:type="table" w:customStyle="1" w:styleId="JixiaoTable">'
        '<w:name w:val="绩效表格"/><w:basedOn w:val="TableNormal"/><w:tblPr>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblCellMar><w:top w:w="40" w:type="dxa"/>'
        '<w:left w:w="80" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/>'
        '<w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )
    return f'{_HEAD}<w:styles xmlns:w="{_W}">{defaults}{"".join(styles)}</w:styles>'


def _paragraph(style: str, text: str) -> str:
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
        f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t>{text}</w:t></w:r></w:p>'
    )


def _document() -> str:
    body = "".join(_paragraph(*each) for each in (*_COVER, *_BODY))
    section = (
        '<w:sectPr><w:footerReference w:type="default" r:id="rId4"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1701" w:right="1418" w:bottom="1418"'
        ' w:left="1418" w:header="851" w:footer="850" w:gutter="0"/><w:titlePg/></w:sectPr>'
    )
    return (
        f'{_HEAD}<w:document xmlns:w="{_W}" xmlns:r="{_R}"><w:body>{body}{section}</w:body>'
        "</w:document>"
    )


def _footer() -> str:
    field = "".join(
        f"<w:r>{part}</w:r>"
        for part in (
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        )
    )
    return (
        f'{_HEAD}<w:ftr xmlns:w="{_W}"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
        f'<w:r><w:t xml:space="preserve">— </w:t></w:r>{field}'
        '<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>'
    )


def _fonts() -> str:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/></w:font>'
        for name, others in _FONTS.items()
    )
    return f'{_HEAD}<w:fonts xmlns:w="{_W}">{fonts}</w:fonts>'


def _settings() -> str:
    return (
        f'{_HEAD}<w:settings xmlns:w="{_W}"><w:zoom w:percent="100"/>'
        '<w:defaultTabStop w:val="420"/><w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode"'
        ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


def parts() -> dict[str, str]:
    """Return the parts of the package."""
    kinds = {
        "document.main": "word/document.xml",
        "styles": "word/styles.xml",
        "settings": "word/settings.xml",
        "fontTable": "word/fontTable.xml",
        "footer": "word/footer1.xml",
    }
    overrides = "".join(
        f'<Override PartName="/{part}" ContentType="{_KINDS}.{kind}+xml"/>'
        for kind, part in kinds.items()
    )
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{_R}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(
            (
                ("styles", "styles.xml"),
                ("settings", "settings.xml"),
                ("fontTable", "fontTable.xml"),
                ("footer", "footer1.xml"),
            ),
            1,
        )
    )
    return {
        "[Content_Types].xml": (
            f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels"'
            ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f"{overrides}</Types>"
        ),
        "_rels/.rels": (
            f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"'
            f' Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>'
        ),
        "word/_rels/document.xml.rels": (
            f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'
        ),
        "word/document.xml": _document(),
        "word/styles.xml": _styles(),
        "word/settings.xml": _settings(),
        "word/fontTable.xml": _fonts(),
        "word/footer1.xml": _footer(),
    }


def make() -> bytes:
    """Return the template; the same bytes every time."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts().items():
            package.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), text.encode(), 8)
    return made.getvalue()


if __name__ == "__main__":
    PATH.write_bytes(make())
