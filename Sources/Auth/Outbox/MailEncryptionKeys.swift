public import Crypto
import Synchronization

/// The keys that encrypt waiting mails, replaceable while the server runs.
///
/// Shared by all threads.
public final class MailEncryptionKeys: Sendable {
    private let keys: Mutex<[Secret]>

    /// Creates the keys: the current one first, then those it replaced, which only decrypt.
    public init(_ keys: [Secret]) {
        self.keys = Mutex(keys)
    }

    /// Replaces the keys.
    public func replace(by keys: [Secret]) {
        self.keys.withLock { $0 = keys }
    }

    /// Encrypts with the current key.
    func seal(_ message: [UInt8], context: [UInt8]) throws(AuthError) -> [UInt8] {
        guard let key = keys.withLock({ $0.first }) else {
            throw .unavailable(.mailNotSealed, detail: "no key for mails")
        }
        return try Self.reporting { () throws(CryptoError) in
            try AEAD.seal(message, context: context, key: key)
        }
    }

    /// Decrypts with whichever key encrypted the content; nil when none did.
    func open(_ sealed: [UInt8], context: [UInt8]) throws(AuthError) -> [UInt8]? {
        for key in keys.withLock({ $0 }) {
            let message = try Self.reporting { () throws(CryptoError) in
                try AEAD.open(sealed, context: context, key: key)
            }
            if let message { return message }
        }
        return nil
    }

    private static func reporting<Value>(
        _ work: () throws(CryptoError) -> Value
    ) throws(AuthError) -> Value {
        do {
            return try work()
        } catch {
            throw .unavailable(.mailNotSealed, detail: "OpenSSL: \(error)")
        }
    }
}
