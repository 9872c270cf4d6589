"""Tools called as a client calls them: by the SDK's own client, in memory."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import anyio
from mcp import Client
from mcp.server.mcpserver import MCPServer
from mcp_types import CallToolResult, TextContent
from mcp_types import Tool as ToolTold

from askdoc import Assistant
from askdoc.mcp.server import make_server
from askdoc.mcp.tools import Tools

LOG = (
    "# Harbour log\n\nThe ferry Halcyon carried forty cars\nto the island on Monday. "
    "Its captain is Mira Olsen.\n"
)
ASK = "How many cars did the ferry Halcyon carry?"


def over(texts: Mapping[str, str], **options: Any) -> Tools:
    """The tools over texts that are at hand."""
    assistant = Assistant.from_texts(texts, **{"reader": "lexical", **options})
    return Tools(lambda: assistant)


def call(tools: Tools, name: str, **arguments: Any) -> CallToolResult:
    """What a tool gives to the SDK's client, which holds it against the tool's schema."""
    return calls(tools, [(name, arguments)])[0]


def calls(tools: Tools, made: Sequence[tuple[str, dict[str, Any]]]) -> list[CallToolResult]:
    """Several calls of one client."""

    async def go() -> list[CallToolResult]:
        async with Client(make_server(tools)) as client:
            return [await client.call_tool(name, arguments) for name, arguments in made]

    return anyio.run(go)


def told(server: MCPServer[None]) -> dict[str, ToolTold]:
    """The tools as a client is told of them."""

    async def go() -> dict[str, ToolTold]:
        async with Client(server) as client:
            return {tool.name: tool for tool in (await client.list_tools()).tools}

    return anyio.run(go)


def words(result: CallToolResult) -> str:
    """The text of a result, its only one."""
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


def given(result: CallToolResult) -> dict[str, Any]:
    """The structured content of a result that is no error."""
    assert not result.is_error, words(result)
    assert isinstance(result.structured_content, dict)
    return result.structured_content


def quotes(text: str) -> list[str]:
    """The quotations in a text, as they stand behind `> `."""
    blocks = re.findall(r"(?:^> .*\n?)+", text, re.MULTILINE)
    return ["\n".join(line[2:] for line in block.rstrip("\n").split("\n")) for block in blocks]
