public import Auth
import Crypto
import ForeignPasswords

extension StoredPassword {
    /// The bytes as which it is stored.
    ///
    /// lunauth's own hash is its PHC text, in which `i=` and the iterations are found. A foreign one is `i=-`, the
    /// number of its profile, a colon and its text: an index of costs orders foreign hashes by their profiles, below
    /// all others, and finds which profiles there are without reading the rows.
    public var encoded: [UInt8] {
        switch self {
        case .own(let hash): Array(hash.phc.utf8)
        case .foreign(let hash): Self.foreignMark + "\(-cost):\(hash.text)".utf8
        }
    }

    /// A password from its bytes.
    ///
    /// - Returns: nil when they are none, or a foreign hash out of bounds.
    public init?(encoded: [UInt8]) {
        guard encoded.starts(with: Self.foreignMark) else {
            guard let text = String(validating: encoded, as: UTF8.self),
                let hash = PasswordHash(phc: text)
            else { return nil }
            self = .own(hash)
            return
        }
        guard let colon = encoded.firstIndex(of: UInt8(ascii: ":")),
            let text = String(validating: encoded[(colon + 1)...], as: UTF8.self),
            let hash = try? ForeignHash(text)
        else { return nil }
        self = .foreign(hash)
    }

    /// What an index of costs orders it by: the iterations of lunauth's own, less than zero for a foreign one.
    ///
    /// Two profiles that share a number share a decoy.
    public var cost: Int {
        switch self {
        case .own(let hash): hash.iterations
        case .foreign(let hash): -(Int(CRC32.checksum(hash.profile.utf8)) + 1)
        }
    }

    /// What no password of lunauth's own begins with.
    private static let foreignMark = Array("i=-".utf8)
}
