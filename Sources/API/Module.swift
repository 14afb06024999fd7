// API: the JSON endpoints, one folder per resource, and the OpenAPI document made of their
// declarations.
//
// A resource's file declares its endpoints (method, path, lane, access, limit, input, responses) and
// has their functions below: each decodes, calls one verb of the domain and encodes. A file named
// `Type+JSON` encodes a type of the domain.
// May import: Auth, Bytes, Crypto, HTTP, JSON, Metrics, QRCode, Web. Knows nothing of SQL and of pages.
// Begin with `Endpoints.swift`, then `Sessions/Sessions.swift`.
