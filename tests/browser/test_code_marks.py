"""The mark lies on the line that it means, in Streamlit's own display of code."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from .visitor import preset, settle, train_page, unfold

# The line's own place, and that of the ground that is painted below it: both from the code's top.
PLACES = """(code) => {
  const top = code.getBoundingClientRect().top;
  const text = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
  while (text.nextNode()) {
    if (text.currentNode.data.includes("epochs")) break;
  }
  const range = document.createRange();
  const start = text.currentNode.data.indexOf("epochs");
  range.setStart(text.currentNode, start);
  range.setEnd(text.currentNode, start + 6);
  const line = range.getBoundingClientRect();
  const style = getComputedStyle(code);
  const [, ground] = style.backgroundPosition.split(", ");
  const [, size] = style.backgroundSize.split(", ");
  const y = parseFloat(ground.split(" ")[1]);
  return [line.top - top, line.bottom - top, y, y + parseFloat(size.split(" ")[1])];
}"""


def test_the_mark_lies_on_the_line_that_changed(visit: Callable[..., Page]) -> None:
    page = visit(train_page(preset("The article's network", epochs=2)))
    unfold(page, "The same in Keras")
    code = page.locator(".st-key-code_train code")
    height = code.evaluate("code => code.getBoundingClientRect().height")
    page.get_by_role("slider", name="Epochs").press("ArrowRight")
    expect(page.get_by_text("You changed epochs=2 to epochs=3.").first).to_be_visible()
    settle(page)
    line_top, line_bottom, ground_top, ground_bottom = code.evaluate(PLACES)
    middle = (line_top + line_bottom) / 2
    assert ground_top < middle < ground_bottom
    assert abs(middle - (ground_top + ground_bottom) / 2) < 3
    assert code.evaluate("code => code.getBoundingClientRect().height") == height  # no jump
    expect(page.get_by_role("status").filter(has_text="epochs=3")).to_have_count(1)
