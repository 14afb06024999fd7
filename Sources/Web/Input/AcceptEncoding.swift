package import HTTP

/// The content coding that a client prefers (RFC 9110 §12.5.3).
package enum AcceptEncoding {
    /// Whether gzip is preferred to no coding.
    ///
    /// A client that names nothing gets no coding, although it would accept any. One that refuses no
    /// coding gets gzip unless it refuses that, too: then there is nothing it accepts, and no coding is
    /// what every client can read.
    package static func prefersGzip(_ request: Request) -> Bool {
        let codings = WeightedItem.list(.acceptEncoding, of: request)
        guard !codings.isEmpty else { return false }
        let any = weight(of: "*", in: codings)
        let gzip = weight(of: "gzip", in: codings) ?? weight(of: "x-gzip", in: codings) ?? any
        let identity = weight(of: "identity", in: codings)
        guard let gzip else { return identity == 0 }
        // No coding is acceptable without being named, and wanted less than what is.
        return gzip > 0 && gzip >= (identity ?? 0)
    }

    private static func weight(of coding: String, in codings: [WeightedItem]) -> Int? {
        codings.first { $0.value.equalsIgnoringCase(coding) }?.weight
    }
}
