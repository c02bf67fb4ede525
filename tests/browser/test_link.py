"""Settings travel by their link to another browser; a class gets a lesson."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from digitlab.specs import HiddenLayer, NetworkSpec, RunSpec, SampleSelection, TrainSpec
from digitlab.specs.link import from_address

from .visitor import choose_view, go, settle, unfold

RUN = RunSpec(
    NetworkSpec((HiddenLayer(128, "relu"), HiddenLayer(20, "tanh"))),
    TrainSpec(
        optimizer="rmsprop",
        learning_rate=0.001,
        batch_size=128,
        epochs=7,
        seed=77,
        validation_share=0.1,
    ),
)
LOOK = SampleSelection("test", 196, digit=4, axes=2)


def fill(page: Page, label: str, value: int) -> None:
    field = page.get_by_label(label, exact=True)
    field.fill(str(value))
    field.press("Enter")


def pick(page: Page, label: str, option: str) -> None:
    """Take an option of a select box by typing; its list would close if the page scrolled."""
    box = page.get_by_role("combobox", name=label)
    box.scroll_into_view_if_needed()
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    box.fill(option)
    expect(page.get_by_role("option", name=option, exact=True)).to_be_visible()
    box.press("Enter")


def slider(page: Page, label: str) -> Locator:
    return page.get_by_test_id("stMain").get_by_role("slider", name=label)


def expect_text(page: Page, text: str) -> None:
    """The page has followed: only then the next control, or the answer would close its list."""
    expect(page.get_by_test_id("stMain").get_by_text(text).first).to_be_visible()
    settle(page)


def choose_all(page: Page) -> None:
    """Set controls by hand on three pages."""
    page.get_by_test_id("stMain").get_by_role("radio", name="Test", exact=True).click()
    expect_text(page, "Number, 0 to 9,999")
    fill(page, "Number, 0 to 9,999", 196)
    choose_view(page, "The arrays")
    expect_text(page, "plt.imshow(x_test[196]")
    choose_view(page, "All digits")
    page.get_by_test_id("stMain").get_by_role("radio", name="4", exact=True).click()
    expect_text(page, "y_train == 4")
    choose_view(page, "The tensor")
    pick(page, "Tensor", "2D: one picture")
    expect_text(page, "tensor = x_test[196]")
    go(page, "Network")
    choose_view(page, "In Keras")
    page.get_by_test_id("stMain").get_by_text("Two hidden layers", exact=True).click()
    expect_text(page, "Dense(64")
    fill(page, "Layer 2: units", 20)
    expect_text(page, "Dense(20")
    pick(page, "Layer 2: activation", "tanh")
    expect_text(page, 'Dense(20, activation="tanh")')
    go(page, "Train")
    unfold(page, "More settings")
    unfold(page, "The same in Keras")
    pick(page, "Optimizer", "RMSprop")
    expect_text(page, "RMSprop(learning_rate=0.001)")
    for _ in range(2):
        slider(page, "Epochs").press("ArrowRight")
    expect_text(page, "epochs=7")
    fill(page, "Seed", 77)
    expect_text(page, "set_random_seed(77)")


def expect_all(page: Page) -> None:
    """The same on Train, Network and Data."""
    unfold(page, "The same in Keras")
    expect(slider(page, "Epochs")).to_have_value("7")
    expect(page.get_by_label("Seed", exact=True)).to_have_value("77")
    expect_text(page, "RMSprop(learning_rate=0.001)")
    go(page, "Network")
    expect(page.get_by_label("Layer 2: units")).to_have_value("20")
    go(page, "Data")
    choose_view(page, "One digit")
    expect(page.get_by_label("Number, 0 to 9,999")).to_have_value("196")
    choose_view(page, "The tensor")
    expect_text(page, "tensor = x_test[196]")
    choose_view(page, "All digits")
    expect_text(page, "y_train == 4")


def open_dialog(page: Page) -> Locator:
    page.get_by_test_id("stSidebar").get_by_role("button", name="Copy link").click()
    settle(page)
    return page.get_by_role("dialog")


def link_in(dialog: Locator) -> str:
    return dialog.get_by_test_id("stCode").first.inner_text().strip()


def test_settings_and_a_lesson_travel_by_link(visit: Callable[..., Page], server: str) -> None:
    teacher = visit("/Data")
    choose_all(teacher)
    dialog = open_dialog(teacher)
    address = link_in(dialog)
    assert address.startswith(f"{server}/Train?")
    (settings, notices) = from_address(address)
    assert (settings.spec, settings.selection, notices) == (RUN, LOOK, [])
    colleague = visit(address)
    expect_all(colleague)
    expect(colleague.get_by_text("lesson link")).to_have_count(0)

    dialog.get_by_text("For a class: a lesson link").click()
    expect(dialog.get_by_text("Each pupil gets a random seed")).to_be_in_viewport(ratio=1)
    for label, name, control in (
        ("Fixed", "fix", "network"),
        ("Fixed", "fix", "epochs"),
        ("Hidden", "hide", "seed"),
    ):
        pick(teacher, label, control.capitalize())
        expect(dialog.get_by_test_id("stCode")).to_contain_text(
            re.compile(rf"&{name}=[\w,]*{control}")
        )
        teacher.keyboard.press("Tab")  # the list closes
    pupil = visit(link_in(dialog))
    expect(slider(pupil, "Epochs")).to_have_value("7")
    expect(slider(pupil, "Epochs")).to_be_disabled()
    expect(pupil.get_by_label("Seed", exact=True)).to_have_count(0)
    expect(pupil.get_by_text("This is a lesson link")).to_be_visible()
    go(pupil, "Network")
    expect(pupil.get_by_label("Layer 2: units")).to_be_disabled()
    pupil.reload()
    settle(pupil)
    expect(pupil.get_by_label("Layer 2: units")).to_be_disabled()
    expect(pupil.get_by_label("Layer 2: units")).to_have_value("20")
