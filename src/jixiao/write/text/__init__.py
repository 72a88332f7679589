"""部门预算绩效文本 as the offices publish it: the same content in Word and in PDF."""

from jixiao.write.text.docx import write_docx
from jixiao.write.text.layout import Offices, Shape

__all__ = ["Offices", "Shape", "write_docx"]
