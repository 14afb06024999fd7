package import HTTP

/// What a client says about the representations that it has (RFC 9110 §13.1.2).
package enum EntityTag {
    /// Whether If-None-Match names an entity tag, or any: the client has this representation.
    ///
    /// Compared weakly, as the field requires. Tags of this server contain no comma.
    package static func isNamed(_ tag: String, in request: Request) -> Bool {
        request.values(of: .ifNoneMatch).contains { line in
            line.split(separator: UInt8(ascii: ",")).contains { item in
                let item = item.trimmingOWS
                let opaque = item.starts(with: "W/".utf8) ? item.dropFirst(2) : item
                return opaque.elementsEqual(tag.utf8) || item.elementsEqual("*".utf8)
            }
        }
    }
}
