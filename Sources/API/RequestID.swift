import Crypto
import HTTP

/// Makes the ids under which requests are found in the log.
///
/// Confined to one thread.
struct RequestIDs {
    /// Random, so that no two threads and no two processes share one.
    private let prefix = Hex.encode(Random.bytes(8))
    private var count: UInt32 = 0

    /// A trusted proxy's id where it is well-formed, else a new one.
    mutating func id(of request: Request?, trust: ProxyTrust) -> String {
        if let request, trust.trusts(request.peer) {
            let given = request.values(of: .xRequestID)
            if given.count == 1, Self.isWellFormed(given[0]) {
                return String(decoding: given[0], as: UTF8.self)
            }
        }
        count &+= 1
        return "\(prefix)-\(String(count, radix: 16))"
    }

    /// 1 to 64 of `[A-Za-z0-9._-]`.
    private static func isWellFormed(_ id: ArraySlice<UInt8>) -> Bool {
        (1...64).contains(id.count)
            && id.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
                    UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}
