// HTTP: messages of HTTP/1.1 (RFC 9110, RFC 9112) as values.
//
// Contains the parser of heads and bodies, the serializer of responses, IP addresses, and the
// `Responder` protocol between the server and what responds. It has no socket and no clock: parsers
// take bytes and return ranges, a complete value, or a request for more bytes.
// May import: Bytes.
// Begin with `Messages/Request.swift`, then `Parsing/HeadParser.swift`.
