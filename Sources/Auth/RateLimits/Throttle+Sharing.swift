import Crypto

/// Counting together with other processes.
///
/// Each counts for itself, and now and then tells the others of what it gave out: of a bucket, once that is an
/// eighth of its burst. So of N processes each may give out what is left as it knows it, at most N bursts at
/// once; what was too much is made up for afterwards, up to eight bursts. What is told is sealed: the addresses
/// of clients are in it.
extension Throttle {
    /// The most buckets that are told of at once.
    private static let mostUses = 2_000
    /// Binds what is sealed to what it is.
    private static let context = Array("uses of limits".utf8)

    /// Takes what others are to be told.
    ///
    /// - Returns: For `add`; nil where there is nothing, and where this process counts alone.
    public func takeUses() -> [UInt8]? {
        guard let sharingKey else { return nil }
        var (message, count) = ([UInt8](), 0)
        for limit in SharedLimit.allCases {
            let uses = buckets(of: limit)?.takeUses(limit: Self.mostUses - count, now: now()) ?? []
            for use in uses { message += use.octets(of: limit) }
            count += uses.count
        }
        guard count > 0 else { return nil }
        return try? AEAD.seal(message, context: Self.context, key: sharingKey)
    }

    /// Counts what another process gave out.
    ///
    /// - Parameter sealed: What its `takeUses` returned.
    /// - Returns: False where that is of another key, and counts as nothing.
    @discardableResult
    public func add(_ sealed: [UInt8]) -> Bool {
        guard let sharingKey,
            let message = try? AEAD.open(sealed, context: Self.context, key: sharingKey)
        else { return false }
        let now = now()
        var rest = message[...]
        while let (number, use) = BucketUse.parse(&rest) {
            // A later version may share what this one does not.
            guard let limit = SharedLimit(rawValue: number) else { continue }
            buckets(of: limit)?.add(use, now: now)
        }
        return rest.isEmpty
    }
}

extension BucketUse {
    /// The number of the limit, the length of the key, the key, and four octets for the tokens.
    fileprivate func octets(of limit: SharedLimit) -> [UInt8] {
        let tokens = UInt32(clamping: tokens)
        return [limit.rawValue, UInt8(key.count)] + key
            + stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: tokens >> $0) }
    }

    /// Takes one from the front.
    ///
    /// - Returns: The number of its limit, and the use; nil where there is no whole one.
    fileprivate static func parse(_ rest: inout ArraySlice<UInt8>) -> (UInt8, BucketUse)? {
        let head = Array(rest.prefix(2))
        guard head.count == 2, rest.count >= 6 + Int(head[1]) else { return nil }
        rest = rest.dropFirst(2)
        let key = Array(rest.prefix(Int(head[1])))
        rest = rest.dropFirst(key.count)
        let tokens = rest.prefix(4).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        rest = rest.dropFirst(4)
        return (head[0], BucketUse(key: key, tokens: tokens))
    }
}
