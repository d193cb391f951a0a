"""The network page in a notebook: shut into a frame that it cannot leave."""

from html import escape

HEIGHT = 700  # pixels


def framed(page: str) -> str:
    """A frame that holds the whole page as text: its script runs, and can reach neither the notebook nor anything else.

    Without ``allow-same-origin`` it has an origin of its own; no form, window, download or way to another page is allowed.
    """
    return (
        f'<iframe sandbox="allow-scripts" srcdoc="{escape(page)}" title="kg" width="100%" height="{HEIGHT}" '
        'style="border: 0" referrerpolicy="no-referrer"></iframe>'
    )
