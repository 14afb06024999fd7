import CCBOR

/// Reads CBOR one item at a time, by the stateless decoder of libcbor.
///
/// Its other decoder makes room for as many elements as a head of nine bytes claims, and frees what is
/// nested by recursion without a bound. libfido2 uses that one: it is given only what was read here.
struct CBORReader {
    /// How many arrays and maps deep.
    private static let depth = 4
    /// How many elements an array or a map may have.
    private static let elements = 64

    private let bytes: [UInt8]
    private var position: Int

    /// A reader of bytes from a position on.
    init(_ bytes: [UInt8], from start: Int = 0) {
        self.bytes = bytes
        position = start
    }

    /// Whether everything was read.
    var isAtEnd: Bool { position == bytes.count }

    /// The next item: of a definite length, and with as many bytes left as it has elements at least.
    mutating func next() throws(CBORError) -> CBORItem {
        var head = CBORHead.none
        var callbacks = CBORHead.callbacks
        let left = bytes.count - position
        let result = unsafe bytes.withUnsafeBufferPointer { bytes in
            unsafe withUnsafeMutablePointer(to: &head) { head in
                unsafe cbor_stream_decode(
                    bytes.baseAddress.map { unsafe $0 + position }, left, &callbacks, head)
            }
        }
        guard result.status == CBOR_DECODER_FINISHED, result.read > 0, result.read <= left else {
            throw .malformed
        }
        position += result.read
        return try item(head)
    }

    /// Passes a map, whatever is in it.
    ///
    /// - Returns: How many members it has.
    @discardableResult
    mutating func skipMap() throws(CBORError) -> Int {
        guard case .map(let count) = try next() else { throw .malformed }
        try skipMembers(count, depth: Self.depth)
        return count
    }

    private func item(_ head: CBORHead) throws(CBORError) -> CBORItem {
        switch head {
        case .unsigned(let value):
            guard let value = Int(exactly: value) else { throw .malformed }
            return .integer(value)
        case .negative(let value):
            guard let value = Int(exactly: value) else { throw .malformed }
            return .integer(-1 - value)
        case .bytes(let count): return .bytes(try content(count))
        case .text(let count):
            let range = try content(count)
            guard String(validating: bytes[range], as: UTF8.self) != nil else { throw .malformed }
            return .text(range)
        case .array(let count): return .array(try room(count))
        case .map(let count): return .map(try room(count))
        case .simple: return .simple
        case .none: throw .malformed
        }
    }

    /// Where the content is that was read with its head.
    private func content(_ count: Int) throws(CBORError) -> Range<Int> {
        guard count >= 0, count < position else { throw .malformed }
        return position - count..<position
    }

    private func room(_ count: Int) throws(CBORError) -> Int {
        guard count >= 0, count <= Self.elements, count <= bytes.count - position else {
            throw .malformed
        }
        return count
    }

    private mutating func skipMembers(_ count: Int, depth: Int) throws(CBORError) {
        var names: [ArraySlice<UInt8>] = []
        for _ in 0..<count {
            let start = position
            try skipItem(depth: depth - 1)
            let name = bytes[start..<position]
            guard !names.contains(name) else { throw .malformed }
            names.append(name)
            try skipItem(depth: depth - 1)
        }
    }

    private mutating func skipItem(depth: Int) throws(CBORError) {
        guard depth > 0 else { throw .malformed }
        switch try next() {
        case .array(let count): for _ in 0..<count { try skipItem(depth: depth - 1) }
        case .map(let count): try skipMembers(count, depth: depth)
        default: return
        }
    }
}
