// Web: everything that a request passes through before and after its endpoint.
//
// Contains the router and its routes, the responder that enforces what a route declares, the request
// context, cookies, the cross-origin check, the client's address behind proxies, and the access log.
// Every error becomes bytes in `Errors/`, as JSON or as a page.
// May import: Auth, Bytes, Crypto, HTTP, JSON, Metrics, swift-log. Knows no endpoint.
// Begin with `Routing/Route.swift`, then `Responder/WebResponder.swift`.
