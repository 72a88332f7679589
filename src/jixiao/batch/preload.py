"""What the fork server imports once, so that each process begins with it in memory."""

import jixiao.check
import jixiao.read.docx
import jixiao.read.html
import jixiao.read.sheet
import jixiao.read.txt  # noqa: F401
