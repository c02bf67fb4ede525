"""Which decoders the lab uses: those that it names, and no others."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_every_picture_of_the_lab_is_opened_by_named_formats():
    """Pillow would else try all that it knows, PostScript among them, which is a program."""
    calls = [
        (path.relative_to(ROOT), call)
        for folder in ("digitlab", "pages")
        for path in (ROOT / folder).rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call) and ast.unparse(call.func).endswith("Image.open")
    ]
    assert calls
    for path, call in calls:
        formats = {keyword.arg: keyword.value for keyword in call.keywords}
        assert "formats" in formats, path
        assert set(ast.literal_eval(formats["formats"])) <= {"PNG", "JPEG"}, path


def test_no_decoder_of_the_component_is_used():
    own = [path for path in (ROOT / "digitlab").rglob("*.py") if "st_canvas" in path.read_text()]
    assert [path.name for path in own] == ["canvas.py"]
    code = ast.parse(own[0].read_text())
    names = {node.attr for node in ast.walk(code) if isinstance(node, ast.Attribute)}
    assert not names & {"image_data", "image_bytes", "boxes"}
