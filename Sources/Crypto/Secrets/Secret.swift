import Bytes
import Synchronization

/// Key bytes that are wiped when the last reference goes, and never printed.
///
/// Immutable, shared by all threads.
public final class Secret: Sendable {
    // Written by `deinit` alone. The mutex is what lets a Sendable class wipe its bytes; readers
    // lock it only while they take a reference.
    private let bytes: Mutex<[UInt8]>

    /// Copies `bytes`; nil when there are none, since an empty key protects nothing.
    ///
    /// The caller wipes its own copy.
    public init?(bytes: some Collection<UInt8>) {
        guard !bytes.isEmpty else { return nil }
        // A copy of its own even of an array, so that wiping reaches the only storage.
        self.bytes = Mutex(withSpan(of: bytes) { [UInt8](copying: $0) })
    }

    /// Decodes hexadecimal digits in either case; nil when malformed or empty.
    public convenience init?(hex: some Collection<UInt8>) {
        guard var bytes = Hex.decode(hex) else { return nil }
        defer { wipe(&bytes) }
        self.init(bytes: bytes)
    }

    /// Takes over an array that has no other owner.
    ///
    /// - Parameter bytes: At least one byte.
    init(owning bytes: consuming [UInt8]) {
        self.bytes = Mutex(bytes)
    }

    deinit {
        bytes.withLock { wipe(&$0) }
    }

    /// A new key of `count` random bytes, at least one.
    public static func random(count: Int = 32) -> Secret {
        Secret(owning: Random.bytes(count))
    }

    /// Lends the bytes; they must not be kept.
    ///
    /// - Parameter body: What is done with them.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws.
    public func withBytes<Result, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        // The reference taken here must go before `self` does: were it still there, `deinit` would
        // wipe a copy.
        try withExtendedLifetime(self) { () throws(Failure) -> Result in
            let lent = bytes.withLock { $0 }
            return try body(lent.span)
        }
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The word "secret".
    public var description: String { "secret" }

    /// The word "secret".
    public var debugDescription: String { description }

    /// A mirror that shows nothing, for `dump`.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
