import Bytes
import Crypto
import HTTP

/// Under which a request is found in the log; its text is made only where it is written.
package enum RequestID: Sendable, Equatable {
    /// What a trusted proxy sent.
    case given(ArraySlice<UInt8>)
    /// Made here: the name of a thread and the number of its request.
    case made(thread: [UInt8], count: UInt64)

    /// The most bytes that it takes on the wire.
    package var capacity: Int {
        switch self {
        case .given(let id): id.count
        case .made(let thread, _): thread.count + 17
        }
    }

    /// The id as it goes on the wire.
    var bytes: [UInt8] { [UInt8](capacity: capacity) { append(to: &$0) } }

    /// Appends the id as it goes on the wire.
    package func append(to text: inout OutputSpan<UInt8>) {
        switch self {
        case .given(let id): text.append(copying: id.span)
        case .made(let thread, let count):
            text.append(copying: thread.span)
            text.append(UInt8(ascii: "-"))
            text.append(hexadecimal: count)
        }
    }
}

extension RequestID: CustomStringConvertible {
    /// The id as it goes on the wire.
    package var description: String { String(decoding: bytes, as: UTF8.self) }
}

/// Gives each request its id.
///
/// Confined to one thread.
struct RequestIDs {
    /// Random, so that no two threads and no two processes share one.
    private let thread = Array(Hex.encode(Random.bytes(8)).utf8)
    private var count: UInt64 = 0

    /// A trusted proxy's id where it is well-formed, else a new one.
    mutating func id(of request: Request, trust: ProxyTrust) -> RequestID {
        if let given = request.single(.xRequestID), trust.trusts(request.peer),
            RequestID.isWellFormed(given)
        {
            return .given(given)
        }
        return new()
    }

    /// An id that was never given before.
    mutating func new() -> RequestID {
        count &+= 1
        return .made(thread: thread, count: count)
    }
}

extension RequestID {
    /// 1 to 64 of `[A-Za-z0-9._-]`.
    package static func isWellFormed(_ id: ArraySlice<UInt8>) -> Bool {
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
