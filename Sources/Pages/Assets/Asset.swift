import Bytes
import Crypto
import HTTP
import Web

/// A file that pages load, under an address that changes with its content.
///
/// Immutable: browsers keep it for a year (RFC 8246) and never ask again.
struct Asset: Sendable {
    /// The address: `/auth/assets/<digest>.css`.
    let path: String
    private let identity: Coded
    private let gzip: Coded?

    /// One representation: what differs by content coding (RFC 9110 §8.8.3.3).
    fileprivate struct Coded: Sendable {
        let bytes: [UInt8]
        let entityTag: String
        /// The lines of a 200.
        let fields: FieldLines
        /// The lines of a 304: those of the 200 that caches update by (RFC 9110 §15.4.5).
        let unchangedFields: FieldLines
    }

    /// An asset.
    ///
    /// - Parameters:
    ///   - bytes: The content.
    ///   - kind: Its type.
    init(_ bytes: [UInt8], _ kind: Kind) {
        let digest = Base64URL.encode(SHA256.digest(bytes).bytes.prefix(16))
        path = "\(Self.prefix)\(digest).\(kind.pathExtension)"
        let compressed = kind.isText ? Gzip.compress(bytes) : nil
        identity = Coded(bytes, digest, kind, coding: nil)
        gzip = compressed.map { Coded($0, digest, kind, coding: "gzip") }
    }

    /// Where the assets are.
    static let prefix = "/auth/assets/"

    /// The type of an asset.
    enum Kind: Sendable {
        case styleSheet, script
        case image(SiteLogo.Format)

        fileprivate var pathExtension: String {
            switch self {
            case .styleSheet: "css"
            case .script: "js"
            case .image(let format): format.rawValue
            }
        }

        fileprivate var mediaType: String {
            switch self {
            case .styleSheet: "text/css; charset=utf-8"
            case .script: "text/javascript; charset=utf-8"
            case .image(let format): format.mediaType
            }
        }

        /// Whether compression makes it smaller.
        fileprivate var isText: Bool {
            switch self {
            case .styleSheet, .script, .image(.svg): true
            case .image(.png), .image(.webp): false
            }
        }

        /// An image of the operator's may be a document with scripts; opened by its address, it has the
        /// rights of no origin and loads nothing.
        fileprivate var policy: String {
            switch self {
            case .styleSheet, .script: "default-src 'none'; frame-ancestors 'none'"
            case .image: "default-src 'none'; sandbox"
            }
        }
    }

    /// The response to a request for it: 304 where the client has it already.
    func response(to request: Request, id: RequestID) -> Response {
        let coded =
            if let gzip, AcceptEncoding.prefersGzip(request) { gzip } else { identity }
        let isUnchanged = EntityTag.isNamed(coded.entityTag, in: request)
        var fields = (isUnchanged ? coded.unchangedFields : coded.fields).addingCapacity(64)
        fields.add("X-Request-Id", capacity: id.capacity) { id.append(to: &$0) }
        return Response(
            status: isUnchanged ? .notModified : .ok, fields: fields,
            body: isUnchanged ? [] : coded.bytes)
    }
}

extension Asset.Coded {
    init(_ bytes: [UInt8], _ digest: String, _ kind: Asset.Kind, coding: String?) {
        self.bytes = bytes
        entityTag = coding.map { "\"\(digest)-\($0)\"" } ?? "\"\(digest)\""
        var fields = FieldLines()
        fields.add("Cache-Control", "public, max-age=31536000, immutable")
        fields.add("ETag", entityTag)
        if kind.isText { fields.add("Vary", "Accept-Encoding") }
        unchangedFields = fields
        fields.add("Content-Type", kind.mediaType)
        if let coding { fields.add("Content-Encoding", coding) }
        fields.add("X-Content-Type-Options", "nosniff")
        fields.add("Content-Security-Policy", kind.policy)
        self.fields = fields
    }
}
