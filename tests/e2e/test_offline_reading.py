"""The pages to read stay readable when the server is gone."""

from conftest import Server
from playwright.sync_api import Page


def test_the_atlas_and_the_claims_can_be_read_without_a_connection_after_one_visit(page: Page, server: Server) -> None:
    page.goto(f"{server.origin}/atlas/")
    page.locator("html[data-kept]").wait_for(state="attached", timeout=90_000)
    server.stop()
    page.goto(f"{server.origin}/atlas/muscle/levator_scapulae/")
    assert page.get_by_role("heading", level=1).inner_text() == "Muscle at the corner of neck and shoulder"
    assert page.locator(".stage--plate svg path").count() > 5
    shading = page.evaluate(
        "fetch(document.querySelector('.stage--plate image').getAttribute('href')).then((a) => a.ok)"
    )
    assert shading
    page.goto(f"{server.origin}/atlas/")
    page.get_by_label("Look for a muscle or a place").fill("calf")
    page.get_by_role("link", name="Deep calf muscle").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Deep calf muscle"
    page.goto(f"{server.origin}/evidence/adhesions/")
    assert page.get_by_role("heading", level=1).is_visible()


def test_nothing_about_the_person_is_kept_for_reading(page: Page, server: Server) -> None:
    page.goto(f"{server.origin}/atlas/")
    page.locator("html[data-kept]").wait_for(state="attached", timeout=90_000)
    page.goto(f"{server.origin}/today/")
    kept = page.evaluate(
        "caches.keys().then(async (names) => (await Promise.all(names.map(async (name) =>"
        " (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname)))).flat())"
    )
    reading = ("/static/", "/kept/", "/atlas/", "/evidence/", "/learn/", "/understand/", "/glossary/", "/about/")
    assert kept
    assert all(path.startswith(reading) for path in kept)
