"""Write every made part anew."""

from tools.documents.parts import PARTS

for part in PARTS:
    part.path.write_text(part.written(), encoding="utf-8")
