import Bytes
public import Crypto
import Synchronization

/// Seals what factors are made of: a copy of the database without `secret.key` shows none of it.
///
/// Two layers: a random data key seals, and the database has it wrapped under a key derived from `secret.key`. So
/// a new `secret.key` wraps one key again and leaves the factors alone. The data key is read and unwrapped in each
/// transaction and wiped with it: what a rotation changes holds from the next transaction on, in every process.
///
/// Shared by all threads. What is written back is opened inside of the transaction: what was read outside of one
/// may have been sealed again meanwhile.
public final class FactorVault: Sendable {
    private let wrapping: Mutex<[Secret]>

    /// Creates a vault.
    ///
    /// - Parameter keys: The wrapping keys: the current one first, then those it replaced, which only open.
    public init(_ keys: [Secret]) {
        wrapping = Mutex(keys)
    }

    /// Replaces the wrapping keys.
    public func replace(by keys: [Secret]) {
        wrapping.withLock { $0 = keys }
    }

    /// The wrapping keys, the current one first.
    var wrappingKeys: [Secret] { wrapping.withLock { $0 } }

    /// Seals the data of a credential, with a new data key if there is none yet.
    ///
    /// - Parameters:
    ///   - bytes: The data; the caller wipes its own copy.
    ///   - accountID: The account of the credential.
    ///   - id: The id of the credential.
    ///   - kind: Its kind.
    ///   - transaction: Stores the credential.
    /// - Returns: What the credential keeps: good for this credential alone.
    /// - Throws: `unavailable` when no key fits, or OpenSSL fails.
    func seal(
        _ bytes: [UInt8], for accountID: UUID, _ id: UUID, _ kind: Credential.Kind,
        in transaction: any Transaction
    ) throws(AuthError) -> [UInt8] {
        try seal(bytes, context: Self.context(accountID, id, kind), in: transaction)
    }

    /// Opens the data of a credential.
    ///
    /// - Returns: The data, which the caller wipes.
    /// - Throws: `unavailable` when no key fits, the data were altered, or OpenSSL fails: never a refusal of the
    ///   person who proves the factor.
    func open(
        _ credential: Credential, in reader: any DataKeyReader
    ) throws(AuthError) -> [UInt8] {
        let context = Self.context(credential.accountID, credential.id, credential.kind)
        guard let keys = try dataKeys(in: reader),
            let id = DataKeys.ID(prefixOf: credential.data),
            let bytes = try open(credential.data, of: id, context: context, keys)
        else { throw Self.unusable("a credential (\(credential.kind.rawValue)) does not open") }
        return bytes
    }

    /// Seals the secret of an authenticator app that is not confirmed, for its challenge.
    ///
    /// - Parameters:
    ///   - bytes: The secret; the caller wipes its own copy.
    ///   - hash: The hash of the challenge.
    ///   - transaction: Stores the challenge.
    /// - Returns: What the challenge keeps: good for this challenge alone.
    /// - Throws: As `seal`.
    func seal(
        _ bytes: [UInt8], forChallenge hash: Digest, in transaction: any Transaction
    ) throws(AuthError) -> [UInt8] {
        try seal(bytes, context: Self.context(hash), in: transaction)
    }

    /// Opens the secret of a challenge.
    ///
    /// - Returns: The secret, which the caller wipes.
    /// - Throws: `invalidChallenge` when its data key was replaced in the meantime (`rotate --now`): the person
    ///   begins again; else as `open`.
    func open(
        _ challenge: Challenge, in transaction: any Transaction
    ) throws(AuthError) -> [UInt8] {
        guard let keys = try dataKeys(in: transaction),
            let id = DataKeys.ID(prefixOf: challenge.data), keys.contains(id)
        else { throw .invalidChallenge(.challengeUnknown) }
        let context = Self.context(challenge.hash)
        guard let bytes = try open(challenge.data, of: id, context: context, keys) else {
            throw Self.unusable("a challenge does not open")
        }
        return bytes
    }

    /// Binds sealed data to their row, so that write access to the database does not suffice to give one account
    /// the factor of another.
    private static func context(
        _ accountID: UUID, _ id: UUID, _ kind: Credential.Kind
    ) -> [UInt8] {
        Array("factor".utf8) + accountID.octets + id.octets + Array(kind.rawValue.utf8)
    }

    private static func context(_ hash: Digest) -> [UInt8] {
        Array("challenge".utf8) + hash.bytes
    }
}

extension FactorVault {
    /// The data keys, wrapped; nil before the first factor.
    ///
    /// - Throws: `unavailable` when the record is damaged.
    func dataKeys(in reader: any DataKeyReader) throws(AuthError) -> DataKeys? {
        guard let record = try reader.dataKey() else { return nil }
        guard let keys = DataKeys(record: record) else {
            throw Self.unusable("the record of the data key is damaged")
        }
        return keys
    }

    /// Seals the data of a credential again under the newest data key.
    ///
    /// - Returns: The new data; nil when that key sealed them already.
    /// - Throws: As `open`.
    func resealed(
        _ credential: Credential, in transaction: any Transaction
    ) throws(AuthError) -> [UInt8]? {
        let keys = try dataKeys(in: transaction)
        guard keys?.currentID != DataKeys.ID(prefixOf: credential.data) else { return nil }
        var bytes = try open(credential, in: transaction)
        defer { wipe(&bytes) }
        return try seal(
            bytes, for: credential.accountID, credential.id, credential.kind, in: transaction)
    }

    /// The current wrapping key.
    ///
    /// - Throws: `unavailable` when there is none.
    func currentWrappingKey() throws(AuthError) -> Secret {
        guard let key = wrappingKeys.first else { throw Self.unusable("no key for factors") }
        return key
    }

    /// Turns a fault of OpenSSL into one of the domain.
    static func reporting<Value>(
        _ work: () throws(CryptoError) -> Value
    ) throws(AuthError) -> Value {
        do {
            return try work()
        } catch {
            throw unusable("OpenSSL: \(error)")
        }
    }

    /// The fault, for the log.
    static func unusable(_ detail: String) -> AuthError {
        .unavailable(.factorKeyUnusable, detail: detail)
    }

    private func seal(
        _ bytes: [UInt8], context: [UInt8], in transaction: any Transaction
    ) throws(AuthError) -> [UInt8] {
        let data = try newestKey(in: transaction)
        return try Self.reporting { () throws(CryptoError) in
            data.id.octets + (try AEAD.seal(bytes, context: context, key: data.key))
        }
    }

    private func open(
        _ sealed: [UInt8], of id: DataKeys.ID, context: [UInt8], _ keys: DataKeys
    ) throws(AuthError) -> [UInt8]? {
        let wrapping = wrappingKeys
        return try Self.reporting { () throws(CryptoError) in
            guard let data = try keys.key(id, unwrappedWith: wrapping) else { return nil }
            return try AEAD.open(
                Array(sealed.dropFirst(DataKeys.ID.count)), context: context, key: data.key)
        }
    }

    /// The key that seals, made if there is none.
    ///
    /// One that no wrapping key opens is replaced when it seals nothing: all factors were removed, and then
    /// `secret.key` was.
    private func newestKey(
        in transaction: any Transaction
    ) throws(AuthError) -> DataKeys.Unwrapped {
        let (current, wrapping) = (try currentWrappingKey(), wrappingKeys)
        let stored = try transaction.dataKey().flatMap { DataKeys(record: $0) }
        if let stored, let key = try Self.newestKey(of: stored, unwrappedWith: wrapping) {
            return key
        }
        try requireDispensableKey(in: transaction)
        let made = try Self.reporting { () throws(CryptoError) in
            try DataKeys(wrappedUnder: current)
        }
        try transaction.save(dataKey: made.record)
        guard let key = try Self.newestKey(of: made, unwrappedWith: wrapping) else {
            throw Self.unusable("a new data key does not open")
        }
        return key
    }

    private static func newestKey(
        of keys: DataKeys, unwrappedWith wrapping: [Secret]
    ) throws(AuthError) -> DataKeys.Unwrapped? {
        guard let id = keys.currentID else { return nil }
        return try reporting { () throws(CryptoError) in
            try keys.key(id, unwrappedWith: wrapping)
        }
    }

    /// Requires that the data key seals nothing, where there is one that does not open.
    ///
    /// - Throws: `unavailable`.
    func requireDispensableKey(in transaction: any Transaction) throws(AuthError) {
        guard try transaction.credentials(after: nil, limit: 1).isEmpty else {
            throw Self.unusable("no secret key of the server opens the data key of the factors")
        }
    }
}
