"""Every write of the demo company."""

from demo.actions.create import create_company
from demo.actions.load import add_messages
from demo.actions.remove import remove_company

__all__ = ["add_messages", "create_company", "remove_company"]
