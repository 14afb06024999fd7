// API: the JSON endpoints, and the OpenAPI document that describes them.
//
// An endpoint decodes its input, calls one verb of Auth, and encodes the result; it contains no rule
// of the domain and never touches the rate limits.
// May import: Auth, Crypto, HTTP, JSON, Metrics, Web, swift-log. Never sees Pages or SQL.
// Begin with `Routes.swift`, then an endpoint such as `Endpoints/Login.swift`.
