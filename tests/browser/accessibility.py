"""What axe-core, the usual checker of web pages against WCAG, finds wrong with a page as it stands."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

GRAVE = ("serious", "critical")


def serious(page: Page) -> list[str]:
    """What is wrong with the page, shadow trees included: a line for every element that breaks a rule of weight.

    A line says the rule, how grave it is, what the rule asks for, and where: the path of the element, through the
    border of every shadow tree, and how it begins. Nothing is passed over: Streamlit's own elements break no such rule.
    """
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [_line(rule, node) for rule in found["violations"] for node in rule["nodes"] if node["impact"] in GRAVE]


def _line(rule: dict[str, Any], node: dict[str, Any]) -> str:
    steps = (" >> ".join(step) if isinstance(step, list) else step for step in node["target"])
    begins = " ".join(node["html"].split())[:120]
    return f"{rule['id']} ({node['impact']}): {rule['help']}, at {' in frame '.join(steps)}: {begins}"
