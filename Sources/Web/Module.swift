// Web: what serves every request, in JSON and in HTML: router, request context, cookies,
// cross-origin rules, forwarding, errors, access log, metrics.
//
// `Routing/RouteTable.swift` joins the endpoints of `API` and the pages of `Pages`: lane, access,
// limit and traits of a method and path are declared once for both. `Errors/ErrorCodeList.swift` is
// the table of error codes.
// May import: Auth, Bytes, Crypto, HTTP, JSON, Metrics, swift-log. Knows no path, no resource and no page.
// Begin with `Responder/WebResponder.swift`, then `Routing/Endpoint.swift` and
// `RequestContext/RequestContext.swift`.
