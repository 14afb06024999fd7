public import Crypto
import Synchronization

/// The keys that sign device cookies, replaceable while the server runs.
///
/// Shared by all threads. A cookie's value is base64url of a version, the ids of account and device,
/// the mark of the password, the second of its issue, and the HMAC-SHA-256 of all of these.
public final class DeviceKeys: Sendable {
    /// How many seconds a device stays known after its last login.
    public static let lifetime: Int64 = 31_536_000

    private static let version: UInt8 = 1
    private static let bodyCount = 1 + 16 + 16 + PasswordMark.count + 8
    /// The characters of a value: 89 bytes in base64url.
    private static let textCount = ((bodyCount + Digest.count) * 4 + 2) / 3

    private let keys: Mutex<[Secret]>

    /// Creates the initial keys: the current one first, then replaced ones, which only verify.
    public init(_ keys: [Secret]) {
        self.keys = Mutex(keys)
    }

    /// Replaces the keys.
    public func replace(by keys: [Secret]) {
        self.keys.withLock { $0 = keys }
    }

    /// The device cookie's value for a client that has entered the password.
    ///
    /// - Parameters:
    ///   - account: The account.
    ///   - password: The stored hash of the password.
    ///   - former: The device as known so far: for the same account it keeps its id, and so the count of
    ///     its failures.
    ///   - time: The present time.
    /// - Returns: URL-safe characters; empty without a key, and such a cookie identifies no device.
    func token(
        for account: UUID, knowing password: PasswordHash, former: KnownDevice?, at time: Timestamp
    ) -> String {
        guard let key = keys.withLock({ $0.first }) else { return "" }
        let id = former.flatMap { $0.accountID == account ? $0.id : nil } ?? .random()
        let body =
            [Self.version] + account.octets + id.octets + PasswordMark(password).bytes
            + time.seconds.octets
        return Base64URL.encode(body + HMACSHA256(key: key).code(for: body).bytes)
    }

    /// The device of a cookie; nil for an invalid or expired one.
    ///
    /// - Parameters:
    ///   - text: As sent.
    ///   - time: The present time.
    /// - Returns: The device, whatever the state of its account.
    func device(of text: ArraySlice<UInt8>, at time: Timestamp) -> KnownDevice? {
        guard text.count == Self.textCount, let bytes = Base64URL.decode(text),
            bytes.count == Self.bodyCount + Digest.count
        else { return nil }
        let (body, code) = (bytes[..<Self.bodyCount], bytes[Self.bodyCount...])
        let isOurs = keys.withLock { $0 }.contains { key in
            constantTimeEquals(HMACSHA256(key: key).code(for: body).bytes, code)
        }
        guard isOurs, body[0] == Self.version, let account = UUID(octets: body[1..<17]),
            let id = UUID(octets: body[17..<33])
        else { return nil }
        let issuedAt = body[49...].reduce(Int64(0)) { $0 << 8 | Int64($1) }
        // A cookie issued by a clock ahead of this one is valid, without lasting longer.
        guard time.seconds - issuedAt < Self.lifetime else { return nil }
        return KnownDevice(accountID: account, id: id, password: PasswordMark(bytes: body[33..<49]))
    }
}

extension Int64 {
    /// Its eight bytes, the highest first.
    fileprivate var octets: [UInt8] {
        stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: self >> $0) }
    }
}
