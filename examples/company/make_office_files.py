"""Writes handbook/winter.docx and handbook/cleaning.pdf, the same bytes every time. Standard library only.

    python make_office_files.py
"""
import pathlib
import zipfile
from xml.sax.saxutils import escape

HANDBOOK = pathlib.Path(__file__).parent / "handbook"
WINTER = [
    ("Heading1", "Winter"),
    ("Heading2", "When does the winter duty begin?"),
    ("", "On the first of November, whatever the weather. It ends on the last day of March."),
    ("Heading2", "What do I do when a door is frozen?"),
    ("", "Warm the latch with the pad from the winter box for two minutes. Never pour hot water on it: it freezes again within the hour."),
    ("Heading2", "Who clears the snow in front of a station?"),
    ("", "The owner of the ground. If nobody has come by nine o'clock, the desk orders the clearing and sends the owner the bill."),
]
CLEANING = [
    "# Cleaning",
    "## How often is a station cleaned?",
    "Every two weeks, and every week next to a supermarket.",
    "Graffiti is removed within three days, insults within one.",
    "## Which cleaner may be used on a screen?",
    "Only the one in the white bottle, on a cloth, never sprayed on the glass.",
    "## What do I do about birds?",
    "Take pictures and tell the desk. Nests with eggs stay where they are.",
]
TYPES = ('<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
         '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
         '<Override PartName="/word/document.xml" '
         'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
         '<Override PartName="/word/styles.xml" '
         'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>')
RELATIONS = ('<?xml version="1.0" encoding="UTF-8"?>'
             '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
             'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{type}" Target="{target}"/></Relationships>')
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def paragraph(style, text):
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{properties}<w:r><w:t>{escape(text)}</w:t></w:r></w:p>'


def write_docx(path):
    styles = "".join(f'<w:style w:type="paragraph" w:styleId="Heading{n}"><w:name w:val="heading {n}"/></w:style>' for n in (1, 2))
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS.format(type="officeDocument", target="word/document.xml"),
        "word/_rels/document.xml.rels": RELATIONS.format(type="styles", target="styles.xml"),
        "word/styles.xml": f'<?xml version="1.0" encoding="UTF-8"?><w:styles {WORD}>{styles}</w:styles>',
        "word/document.xml": f'<?xml version="1.0" encoding="UTF-8"?><w:document {WORD}><w:body>'
                             + "".join(paragraph(*each) for each in WINTER) + "</w:body></w:document>",
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), text.encode())


def write_pdf(path):
    lines = "".join(f"({line.replace('(', '[').replace(')', ']')}) Tj T*\n" for line in CLEANING)
    content = f"BT /F1 11 Tf 16 TL 60 780 Td\n{lines}ET".encode("ascii")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    data, offsets = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    path.write_bytes(data + b"xref\n0 6\n0000000000 65535 f \n" + table
                     + b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(data))


if __name__ == "__main__":
    write_docx(HANDBOOK / "winter.docx")
    write_pdf(HANDBOOK / "cleaning.pdf")
