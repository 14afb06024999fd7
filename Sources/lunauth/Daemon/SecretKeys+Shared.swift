import Auth
import Bytes
import Crypto
import StoreSupport

/// The keys that daemons share through their database, sealed under the secret key that each of them is given.
///
/// The first is that secret key itself, so that what it signed before stays good. A rotation adds another, and
/// leaves the secret key as it is.
extension SecretKeys {
    /// How long after it was made a key signs, in seconds: every daemon has it within one, and clocks may differ
    /// by the rest.
    static let signingDelay: Int64 = 10

    /// Joins the daemons of a database; the first one shares its key.
    ///
    /// - Parameter table: What they share; nil where there is no such thing.
    /// - Throws: `doesNotOpen` when they share keys that this daemon's does not open; `AuthError`.
    func join(_ table: (any SecretKeyTable)?) throws {
        guard let table else { return }
        if try table.secretKeys().isEmpty {
            // Of several that start at once one adds its key, and the others have to open it.
            let first = SharedSecretKeys.Key(
                number: 1, secret: try currentSecret(), signsAt: Timestamp(milliseconds: 0))
            _ = try table.add(try seal(first))
        }
        try attach(table)
    }

    /// Reads what daemons share.
    ///
    /// - Parameter table: What they share; nil where there is no such thing.
    /// - Throws: As `join`.
    func attach(_ table: (any SecretKeyTable)?) throws {
        guard let table else { return }
        try take(try table.secretKeys())
    }

    /// Takes over what the database has.
    ///
    /// - Throws: `doesNotOpen`: then those in use stay.
    func take(_ keys: [SealedSecretKey]) throws(SecretKeyError) {
        shared.replace(by: try open(keys))
    }

    /// Requires that the keys that daemons share can be opened.
    ///
    /// - Throws: `doesNotOpen`.
    func requireFit(_ keys: [SealedSecretKey]) throws(SecretKeyError) {
        _ = try open(keys)
    }

    /// Adds a key.
    ///
    /// Keys that are of no use any more are removed.
    /// - Parameters:
    ///   - table: What daemons share.
    ///   - time: The present time.
    ///   - delay: How long after it the key signs, in seconds.
    /// - Throws: As `join`; `contended` when another rotation was faster.
    func add(to table: any SecretKeyTable, at time: Timestamp, signingIn delay: Int64) throws {
        try join(table)
        let keys = shared.all
        let key = SharedSecretKeys.Key(
            number: (keys.last?.number ?? 0) + 1, secret: .random(),
            signsAt: time.adding(seconds: delay))
        guard try table.add(try seal(key)) else { throw SecretKeyError.contended }
        let used = Set(shared.inUse(at: time, lifetime: tokenLifetime).map(\.number))
        try table.removeSecretKeys(keys.map(\.number).filter { !used.contains($0) })
        try attach(table)
    }

    /// Removes all keys but the last: they verify and open nothing any more.
    ///
    /// - Throws: As `join`.
    func removeFormer(in table: any SecretKeyTable) throws {
        try table.removeSecretKeys(shared.all.dropLast().map(\.number))
        try attach(table)
    }

    /// Seals all keys under the present secret key.
    ///
    /// - Throws: As `join`.
    func reseal(in table: any SecretKeyTable) throws {
        try join(table)
        try table.reseal(try shared.all.map(seal))
    }

    private func seal(_ key: SharedSecretKeys.Key) throws -> SealedSecretKey {
        var octets = key.secret.withBytes { bytes in bytes.indices.map { bytes[$0] } }
        defer { wipe(&octets) }
        let sealed = try AEAD.seal(
            octets, context: Self.context(key.number),
            key: try purposeKey("shared", of: currentSecret()))
        return SealedSecretKey(number: key.number, sealed: sealed, signsAt: key.signsAt)
    }

    private func open(
        _ keys: [SealedSecretKey]
    ) throws(SecretKeyError) -> [SharedSecretKeys.Key] {
        guard !keys.isEmpty else { return [] }
        var openers: [Secret] = []
        for secret in try openingSecrets() { openers.append(try purposeKey("shared", of: secret)) }
        var opened: [SharedSecretKeys.Key] = []
        for key in keys {
            guard let secret = try Self.open(key, with: openers) else {
                throw .doesNotOpen(source: source)
            }
            opened.append(.init(number: key.number, secret: secret, signsAt: key.signsAt))
        }
        return opened
    }

    private static func open(
        _ key: SealedSecretKey, with openers: [Secret]
    ) throws(SecretKeyError) -> Secret? {
        do throws(CryptoError) {
            for opener in openers {
                let octets = try AEAD.open(
                    key.sealed, context: context(key.number), key: opener)
                if var octets {
                    defer { wipe(&octets) }
                    return Secret(bytes: octets)
                }
            }
            return nil
        } catch {
            throw .crypto(error)
        }
    }

    /// Binds what is sealed to the place where it is.
    private static func context(_ number: Int64) -> [UInt8] {
        Array("secret key \(number)".utf8)
    }
}
