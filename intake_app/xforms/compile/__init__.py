"""The form compiler: XLSForm and `.po` files in, XForm and complete workbook out. The only room that knows pyxform."""

from intake_app.xforms.compile.compiler import CompiledForm, compile_form, published_name
from intake_app.xforms.compile.messages import extract_messages

__all__ = ["CompiledForm", "compile_form", "extract_messages", "published_name"]
