import Bytes
import COpenSSL

/// Whether two byte strings are equal, in a time that depends only on their lengths.
public func constantTimeEquals(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
    guard left.count == right.count else { return false }
    return unsafe left.withUnsafeBufferPointer { left in
        unsafe right.withUnsafeBufferPointer { right in
            unsafe CRYPTO_memcmp(left.baseAddress, right.baseAddress, left.count) == 0
        }
    }
}

/// Whether two byte strings are equal, in a time that depends only on their lengths.
public func constantTimeEquals(
    _ left: some Collection<UInt8>, _ right: some Collection<UInt8>
) -> Bool {
    withSpan(of: left) { left in
        withSpan(of: right) { right in constantTimeEquals(left, right) }
    }
}

/// Whether two digests are equal, in a time that does not depend on them.
public func constantTimeEquals(_ left: Digest, _ right: Digest) -> Bool {
    left.withBytes { left in
        right.withBytes { right in constantTimeEquals(left, right) }
    }
}
