"""askdoc for programs that speak the Model Context Protocol: tools that quote instead of inventing.

`tools` are the functions that a model may call, `results` what they give and `texts` the same in
words; `arguments` says what they take, `folders` which paths may be indexed. `server` puts them
into the SDK's server, and `clients` writes down how a client starts it. Of all of askdoc only this
package knows the SDK (the extra `mcp`), which takes two seconds to import; so nothing
but `askdoc mcp` imports it.
"""
