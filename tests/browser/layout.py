"""What is cut, lies on something else or is too small to read, on a screen of some size."""

from playwright.sync_api import Page, TimeoutError, expect

from .visitor import PHONE

FAULTS = """() => {
  const faults = [], main = document.querySelector('[data-testid=stMain]');
  const seen = part => {
    const box = part.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && part.checkVisibility({visibilityProperty: true});
  };
  if (main.scrollWidth > main.clientWidth + 1) faults.push('the page scrolls sideways');
  // Code and tables have scroll bars of their own; what is only for a screen reader is never seen.
  const own = '[data-testid=stIconMaterial], [data-testid=stCode], [data-testid=stDataFrame],'
    + '[data-testid=stTooltipIcon], .dc-root, .katex-mathml, .js-plotly-plot';
  const parts = '[data-testid=stMain] *, [data-testid=stSidebar] *';
  for (const part of document.querySelectorAll(parts)) {
    if (!part.clientWidth || part.closest(own) || !part.textContent.trim()) continue;
    const hidden = ['hidden', 'clip'].includes(getComputedStyle(part).overflowX);
    if (hidden && part.scrollWidth > part.clientWidth + 1 && seen(part))
      faults.push('cut: ' + part.textContent.trim().slice(0, 60));
  }
  for (const chart of document.querySelectorAll('.js-plotly-plot')) {
    const frame = chart.getBoundingClientRect();
    if (frame.width < 2) continue;  // in a closed expander
    const texts = [...chart.querySelectorAll('svg text')].filter(text =>
      text.textContent.trim() && seen(text) && !text.closest('.modebar, .hoverlayer'));
    const boxes = texts.map(text => text.getBoundingClientRect());
    const name = i => 'chart, ' + texts[i].textContent.slice(0, 40);
    const camera = chart.querySelector('.modebar-group')?.getBoundingClientRect();
    const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
      && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3;
    boxes.forEach((box, i) => {
      if (box.left < frame.left - 1 || box.right > frame.right + 1
        || box.top < frame.top - 1 || box.bottom > frame.bottom + 1) {
        faults.push('outside: ' + name(i));
      }
      if (parseFloat(getComputedStyle(texts[i]).fontSize) < 9) faults.push('tiny: ' + name(i));
      if (camera && meet(box, camera)) faults.push('under the camera: ' + name(i));
      if (texts.length < 200) boxes.slice(i + 1).forEach((other, j) => {
        if (meet(box, other)) faults.push('on each other: ' + name(i) + ' / ' + name(i + 1 + j));
      });
    });
  }
  return [...new Set(faults)];
}"""


PROJECTED = ".st-key-projected"
"""What a teacher shows to the class: the cards of the guided hour, and For teachers."""

SMALL = """() => {
  const small = [];
  const parts = '[data-testid=stMain], [role=dialog]';
  for (const part of document.querySelectorAll(parts)) {
    const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const words = texts.currentNode.textContent.trim(), box = texts.currentNode.parentElement;
      if (!words || box.closest('[data-testid=stIconMaterial]')) continue;
      const {width, height} = box.getBoundingClientRect();
      if (width < 2 || height < 2 || !box.checkVisibility({visibilityProperty: true})) continue;
      if (parseFloat(getComputedStyle(box).fontSize) < 16) small.push(words.slice(0, 40));
    }
  }
  const board = document.querySelector('[role=dialog]')?.getBoundingClientRect();
  if (board && board.bottom > innerHeight) small.push('the window over the page is cut');
  return small;
}"""


def small_words(page: Page) -> list[str]:
    """Words that the last row can't read, 16 pixels and more are large enough; and what is cut."""
    words: list[str] = page.evaluate(SMALL)
    return words


def faults_at(page: Page, width: int, height: int) -> list[str]:
    """What cannot be read on a screen of this size, once the page has taken it in."""
    page.set_viewport_size({"width": width, "height": height})
    if width <= PHONE:  # there the sidebar would lie over the page, and closes
        expect(page.get_by_test_id("stExpandSidebarButton")).to_be_visible()
    try:
        page.wait_for_function(f"({FAULTS})().length === 0", timeout=5_000)
    except TimeoutError:
        faults: list[str] = page.evaluate(FAULTS)
        return faults
    return []
