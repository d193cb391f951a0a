"""Takes a graph to stores on other machines, and asks it there. The only room that speaks to the network.

Nothing is sent but to the addresses that a user names: no redirect is followed, and a password goes only to who asks for it.

``loading`` sends a graph in batches, ``several`` one in parts, ``asking`` asks questions, ``web`` is how both speak HTTP.
"""

from kg.publish.asking import TIME_LIMIT, ask_endpoint
from kg.publish.loading import Place, Published, publish
from kg.publish.several import publish_parts
from kg.publish.web import Login

__all__ = ["TIME_LIMIT", "Login", "Place", "Published", "ask_endpoint", "publish", "publish_parts"]
