"""Blocks to HTML as four hands write it: plain, Word, LibreOffice, and a government web site."""

from __future__ import annotations

from html import escape
from pathlib import Path

from forms.blocks import Block, Cell, Form, Grid, Para

WEB_NOISE = [
    "首页>政务公开>财政预决算>正文",
    "信息来源：县财政局发布日期：2024-02-08【字体：大中小】",
    "主办单位：县人民政府办公室冀ICP备05003308号",
]


def write_html(form: Form, path: Path, style: str = "plain") -> list[str]:
    """Write HTML in a style; return the texts that the page itself adds (they may be unread)."""
    return {"plain": _plain, "word": _word, "office": _office, "web": _web}[style](form, path)


def _spans(cell: Cell, quote: str = '"') -> str:
    spans = f" colspan={quote}{cell.cols}{quote}" if cell.cols > 1 else ""
    return spans + (f" rowspan={quote}{cell.rows}{quote}" if cell.rows > 1 else "")


def _spaced(text: str) -> str:
    """Escape; a run of spaces becomes no-break spaces, or HTML folds it."""
    return escape(text, quote=False).replace("  ", "&nbsp;&nbsp;")


def _plain(form: Form, path: Path) -> list[str]:
    out = ['<html><head><meta charset="utf-8"><title>绩效文本</title></head><body>']
    for block in form.blocks:
        if isinstance(block, Para):
            tag = {"title": "h1", "heading": "h2"}.get(block.style, "p")
            out.append(f"<{tag}>{_spaced(block.text)}</{tag}>")
            continue
        out.append("<table border=1>")
        for row in block.rows:
            cells = [
                f"<td{_spans(cell)}>" + "<br>".join(map(_spaced, cell.text.split("\n")))
                for cell in row
            ]
            # Closing tags left out, as HTML allows.
            out.append("<tr>" + "".join(cells))
        out.append("</table>")
    path.write_text("\n".join([*out, "</body></html>"]), encoding="utf-8")
    return []


def _word(form: Form, path: Path) -> list[str]:
    """Write what Word saves as 网页: gb18030, mso styles, o:p, conditional comments."""
    out = [
        '<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">',
        "<head><meta http-equiv=Content-Type content=\"text/html; charset=gb2312\"><meta name=Generator content=\"Microsoft Word 15\">",
        "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Print</w:View></w:WordDocument></xml><![endif]-->",
        "<style><!-- p.MsoNormal {mso-style-parent:\"\"; font-family:宋体;} --></style></head>",
        "<body lang=ZH-CN><div class=WordSection1>",
    ]  # fmt: skip
    for block in form.blocks:
        if isinstance(block, Para):
            inner = _word_inline(block.text)
            if block.mark:
                inner = f"<a name=_Toc157000001>{inner}</a>"
            if block.code:
                inner += (
                    "<!--[if supportFields]><span style='mso-element:field-begin'></span>"
                    f" TC {escape(block.code)} \\f C \\l 1 <span style='mso-element:field-end'></span><![endif]-->"
                )
            out.append(f"<p class=MsoNormal align=center style='mso-pagination:none'>{inner}</p>")
            continue
        out.append("<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0>")
        for row in block.rows:
            cells = []
            for cell in row:
                inner = "".join(
                    f"<p class=MsoNormal>{_word_inline(line)}</p>" for line in cell.text.split("\n")
                )
                cells.append(
                    f"  <td width=89{_spans(cell, '')} style='width:66.6pt;border:solid windowtext 1.0pt'>\r\n  {inner}\r\n  </td>"
                )
            out.append(" <tr style='mso-yfti-irow:0'>\r\n" + "\r\n".join(cells) + "\r\n </tr>")
        widths = "".join(f"<td width={80 + at}></td>" for at in range(block.width()))
        out.append(
            f" <![if !supportMisalignedColumns]>\r\n <tr height=0>{widths}</tr>\r\n <![endif]>"
        )
        out.append("</table>")
    out.append("</div></body></html>")
    path.write_bytes("\r\n".join(out).encode("gb18030"))
    return []


def _word_inline(line: str) -> str:
    if not line:
        return "<span lang=EN-US><o:p>&nbsp;</o:p></span>"
    text = escape(line, quote=False).replace("  ", "<span style='mso-spacerun:yes'>&nbsp; </span>")
    # Word wraps its source lines between spans; a line break there means nothing.
    return f"<span\r\nstyle='font-family:宋体'>{text}</span><span lang=EN-US><o:p></o:p></span>"


def _office(form: Form, path: Path) -> list[str]:
    """Write what LibreOffice saves: font tags, tabs before each tag, p with classes."""
    out = [
        '<!DOCTYPE html>\n<html>\n<head>\n\t<meta http-equiv="content-type" content="text/html; charset=utf-8"/>',
        '\t<title></title>\n\t<meta name="generator" content="LibreOffice 7.4.7.2 (Linux)"/>\n</head>\n<body lang="zh-CN" dir="ltr">',
    ]
    for block in form.blocks:
        if isinstance(block, Para):
            out.append(
                f'<p class="western" style="margin-bottom: 0.14in">\n{_font(block.text)}</p>'
            )
            continue
        out.append('<table width="100%" cellpadding="7" cellspacing="0">')
        out += ['\t<col width="37*"/>' for _ in range(block.width())]
        for row in block.rows:
            out.append('\t<tr valign="top">')
            for cell in row:
                inner = "".join(
                    f'<p class="western" style="margin-bottom: 0in">{_font(line) or "<br/>"}</p>'
                    for line in cell.text.split("\n")
                )
                out.append(f'\t\t<td{_spans(cell)} width="14%">\n\t\t\t{inner}\n\t\t</td>')
            out.append("\t</tr>")
        out.append("</table>")
    path.write_text("\n".join([*out, "</body>\n</html>"]), encoding="utf-8")
    return []


def _font(line: str) -> str:
    if not line:
        return ""
    text = _spaced(line)
    if "&" in text or len(line) < 12:
        return f'<font face="Noto Serif CJK SC"><font size="2">{text}</font></font>'
    # Long lines are wrapped between font runs; the break is no space of the text.
    return f'<font face="宋体">{text[:6]}</font><font face="Noto Serif CJK SC">{text[6:]}</font>'


def _web(form: Form, path: Path) -> list[str]:
    """Write a page saved from a site: layout tables, navigation, scripts, one cell around all."""
    inner: list[str] = []
    for block in form.blocks:
        inner.append(_web_block(block))
    page = (
        "<!DOCTYPE HTML PUBLIC '-//W3C//DTD HTML 4.01 Transitional//EN'>\n<HTML><HEAD>"
        "<META http-equiv='Content-Type' content='text/html; charset=gbk'>"
        "<TITLE>2024年部门预算绩效目标公开_县人民政府</TITLE>"
        "<SCRIPT>var t='<table><tr><td>项目名称</td></tr></table>';</SCRIPT>"
        "<STYLE>td{font-size:12px}</STYLE></HEAD><BODY>"
        "<TABLE width=1000 align=center><TR><TD height=30>"
        "<A href='/'>首页</A> &gt; <A href='/zwgk/'>政务公开</A> &gt; 财政预决算 &gt; 正文</TD></TR>"
        "<TR><TD><TABLE width='100%'><TR><TD align=center>信息来源：县财政局　发布日期：2024-02-08　【字体：大 中 小】</TD></TR>"
        f"<TR><TD class='content'><div class='TRS_Editor'>{''.join(inner)}</div></TD></TR></TABLE></TD></TR>"
        "<TR><TD align=center>主办单位：县人民政府办公室　冀ICP备05003308号</TD></TR></TABLE></BODY></HTML>"
    )
    path.write_bytes(page.encode("gb18030"))
    return WEB_NOISE


def _web_block(block: Block) -> str:
    if isinstance(block, Grid):
        rows = []
        for row in block.rows:
            cells = "".join(
                f"<TD{_spans(cell, chr(39))}><FONT face=宋体>{'<BR>'.join(map(_spaced, cell.text.split(chr(10))))}</FONT></TD>"
                for cell in row
            )
            rows.append(f"<TR>{cells}</TR>\n")
        return f"<TABLE border=1 style='border-collapse:collapse'><TBODY>\n{''.join(rows)}</TBODY></TABLE>"
    return f"<P>　　{_spaced(block.text)}</P>\n" if block.text else "<P>&nbsp;</P>\n"
