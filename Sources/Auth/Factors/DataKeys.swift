import Bytes
import Crypto

/// Random keys for one purpose, as the database has them: each wrapped under a key that is derived from
/// `secret.key`.
///
/// Usually one. While `rotate --now` seals factors again there are more: each sealed value begins with the id
/// of its key, so that all of them can be opened at every moment, also after a crash. The record of events keeps
/// all it ever had, since old events stay as they are.
struct DataKeys: Sendable, Equatable {
    /// What they are for: a key of one purpose opens as none of another.
    let purpose: Purpose
    /// The newest one, which is used, and those that it replaces.
    private var keys: [Wrapped]

    /// What keys are for; the text is bound to each wrapped key.
    enum Purpose: String {
        /// Sealing factors.
        case factors = "factors data key"
        /// The MACs of events.
        case events = "events MAC key"
        /// The seeds of the keys that sign checkpoints.
        case checkpoints = "checkpoints signing key"
    }

    /// A key that only a wrapping key makes usable.
    private struct Wrapped: Sendable, Equatable {
        let id: ID
        let sealed: [UInt8]
    }

    /// A random number that tells a few keys apart.
    struct ID: Sendable, Equatable {
        static let count = 4

        let octets: [UInt8]

        /// Reads the number at the beginning of `bytes`; nil when they are too few.
        init?(prefixOf bytes: some Collection<UInt8>) {
            octets = Array(bytes.prefix(Self.count))
            guard octets.count == Self.count else { return nil }
        }

        fileprivate init() { octets = Random.bytes(Self.count) }

        /// Binds a wrapped key to its purpose and its number.
        fileprivate func context(_ purpose: Purpose) -> [UInt8] {
            Array(purpose.rawValue.utf8) + octets
        }
    }

    /// A key in the clear, for one transaction.
    struct Unwrapped {
        let id: ID
        let key: Secret
    }

    /// The format of the record: a byte of this value, then each key.
    private static let format: UInt8 = 1
    /// Nonce, 32 bytes and tag.
    private static let wrappedCount = 12 + 32 + 16

    /// Reads the record of the database.
    ///
    /// - Returns: Nil when it is damaged, or of a later version.
    init?(record: [UInt8], for purpose: Purpose = .factors) {
        self.purpose = purpose
        let length = ID.count + Self.wrappedCount
        guard record.first == Self.format, record.count > 1,
            (record.count - 1).isMultiple(of: length)
        else { return nil }
        keys = stride(from: 1, to: record.count, by: length).compactMap { start in
            ID(prefixOf: record[start...]).map { id in
                Wrapped(id: id, sealed: Array(record[(start + ID.count)..<(start + length)]))
            }
        }
    }

    /// A new key, wrapped.
    init(wrappedUnder wrapping: Secret, for purpose: Purpose = .factors) throws(CryptoError) {
        self.purpose = purpose
        keys = []
        try addKey(wrappedUnder: wrapping)
    }

    /// What the database keeps.
    var record: [UInt8] { [Self.format] + keys.flatMap { $0.id.octets + $0.sealed } }

    /// The id of the key that is used.
    var currentID: ID? { keys.first?.id }

    /// Whether sealed values may exist that a former key sealed.
    var hasFormer: Bool { keys.count > 1 }

    /// Whether it has this key.
    func contains(_ id: ID) -> Bool { keys.contains { $0.id == id } }

    /// The key of an id, unwrapped with whichever wrapping key fits; nil when none does, or no key has the id.
    func key(_ id: ID, unwrappedWith wrapping: [Secret]) throws(CryptoError) -> Unwrapped? {
        guard let key = keys.first(where: { $0.id == id }) else { return nil }
        for secret in wrapping {
            guard var bytes = try AEAD.open(key.sealed, context: id.context(purpose), key: secret)
            else {
                continue
            }
            defer { wipe(&bytes) }
            return Secret(bytes: bytes).map { Unwrapped(id: id, key: $0) }
        }
        return nil
    }

    /// The keys that open with one of the wrapping keys, the newest first; nil when the newest one does not.
    func opened(with wrapping: [Secret]) throws(CryptoError) -> [Unwrapped]? {
        var opened: [Unwrapped] = []
        for wrapped in keys {
            guard let key = try key(wrapped.id, unwrappedWith: wrapping) else { continue }
            opened.append(key)
        }
        return opened.first?.id == currentID ? opened : nil
    }

    /// The same keys under the first of the wrapping keys; nil when one of them opens with none.
    ///
    /// - Parameters:
    ///   - wrapping: The wrapping keys.
    ///   - leavesLost: Whether former keys may be lost, and stay as they are: those of the record of events,
    ///     which then verify nothing.
    /// - Returns: The keys.
    /// - Throws: `unavailable` when OpenSSL fails.
    func rewrapped(
        with wrapping: [Secret], leavingLost leavesLost: Bool = false
    ) throws(CryptoError) -> DataKeys? {
        guard let current = wrapping.first else { return nil }
        var copy = self
        for index in keys.indices {
            guard let key = try key(keys[index].id, unwrappedWith: wrapping) else {
                guard leavesLost, index > 0 else { return nil }
                continue
            }
            copy.keys[index] = try wrap(key, under: current)
        }
        return copy
    }

    /// Makes a new key the one that seals; the others still open.
    mutating func addKey(wrappedUnder wrapping: Secret) throws(CryptoError) {
        var id = ID()
        while contains(id) { id = ID() }
        keys.insert(try wrap(Unwrapped(id: id, key: .random()), under: wrapping), at: 0)
    }

    /// Drops all keys but the one that seals.
    mutating func removeFormer() {
        keys.removeSubrange(1...)
    }

    private func wrap(
        _ data: Unwrapped, under wrapping: Secret
    ) throws(CryptoError) -> Wrapped {
        var bytes = data.key.withBytes { [UInt8](copying: $0) }
        defer { wipe(&bytes) }
        return Wrapped(
            id: data.id,
            sealed: try AEAD.seal(bytes, context: data.id.context(purpose), key: wrapping))
    }
}
