package import Auth
package import Crypto

/// An API key beside the hash that it is found under.
struct CachedAPIKey: CacheValue {
    let hash: Digest
    let key: APIKey

    var heapBytes: Int { 0 }
    var cacheKey: Digest { hash }
}

/// A session that is found under one of its keys.
struct CachedSession: CacheValue {
    let session: Session
    private let isByToken: Bool

    init(_ session: Session, under key: Session.Key) {
        self.session = session
        isByToken =
            switch key {
            case .id: false
            case .tokenHash: true
            }
    }

    var heapBytes: Int { 0 }
    var cacheKey: Session.Key { isByToken ? .tokenHash(session.tokenHash) : .id(session.id) }
}

extension AccountRecord: CacheValue {
    package var heapBytes: Int {
        HeapBlock.byteCount(of: Account.self, [UInt8].self)
            + account.email.address.heapBytes + account.name.heapBytes + profile.heapBytes
    }

    package var cacheKey: UUID { account.id }
}

extension [UInt8] {
    /// What an array without spare room occupies on the heap, in bytes.
    fileprivate var heapBytes: Int { HeapBlock.byteCount(count) }
}

extension String {
    /// What a text without spare room occupies on the heap, in bytes: one of up to 15 bytes nothing.
    fileprivate var heapBytes: Int { utf8.count > 15 ? HeapBlock.byteCount(utf8.count + 1) : 0 }
}

/// An object on the heap as malloc(3) of glibc gives it.
private enum HeapBlock {
    /// What every object has: its type and its count of references.
    private static let header = 16

    /// What a buffer of the standard library occupies, which has its size and capacity beside the header.
    static func byteCount(_ count: Int) -> Int { block(header + 16 + count) }

    /// What an object with two properties occupies.
    static func byteCount<First, Second>(of first: First.Type, _ second: Second.Type) -> Int {
        block(header + MemoryLayout<First>.stride + MemoryLayout<Second>.stride)
    }

    /// malloc has 8 bytes of its own and gives multiples of 16.
    private static func block(_ count: Int) -> Int { (count + 8 + 15) & ~15 }
}
