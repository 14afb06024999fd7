/// The rules of a key in COSE (RFC 9052 §7, RFC 9053 §7, RFC 8230 §4) that libfido2 leaves out.
enum COSEKey {
    /// The values that a key may have; everything else is refused (WebAuthn Level 3 §6.5.1.1).
    private enum Value {
        case integer(Int)
        case bytes(Range<Int>)
    }

    /// Checks a key, and finds its algorithm; the key itself is read by libfido2.
    ///
    /// - Parameters:
    ///   - reader: At the key; behind it afterwards.
    ///   - bytes: What is read.
    /// - Returns: The algorithm.
    /// - Throws: `algorithm`, `keyType`, `malformedKey`.
    static func algorithm(
        of reader: inout CBORReader, in bytes: [UInt8]
    ) throws(WebAuthnError) -> PublicKey.Algorithm {
        var members = try readMembers(&reader)
        guard case .integer(let type) = members.removeValue(forKey: 1),
            case .integer(let identifier) = members.removeValue(forKey: 3)
        else { throw .malformedKey }
        guard let algorithm = PublicKey.Algorithm(rawValue: identifier) else { throw .algorithm }
        switch algorithm {
        case .es256:
            try check(type, is: 2)
            try checkCurve(&members, is: 1)
            try takeBytes(-2, of: 32, from: &members)
            try takeBytes(-3, of: 32, from: &members)
        case .edDSA:
            try check(type, is: 1)
            try checkCurve(&members, is: 6)
            let point = try takeBytes(-2, of: 32, from: &members)
            guard !SmallOrderPoint.isEncoded(in: bytes[point]) else { throw .malformedKey }
        case .rs256:
            try check(type, is: 3)
            let modulus = try takeBytes(-1, of: 256, from: &members)
            let exponent = try takeBytes(-2, of: 3, from: &members)
            // 2,048 bits indeed, odd as every product of odd primes; an exponent of 1 would make
            // every text its own signature.
            guard bytes[modulus.lowerBound] >= 0x80, bytes[modulus.upperBound - 1] & 1 == 1,
                bytes[exponent].elementsEqual([1, 0, 1])
            else { throw .malformedKey }
        }
        guard members.isEmpty else { throw .malformedKey }
        return algorithm
    }

    private static func readMembers(
        _ reader: inout CBORReader
    ) throws(WebAuthnError) -> [Int: Value] {
        var members: [Int: Value] = [:]
        do throws(CBORError) {
            guard case .map(let count) = try reader.next(), count <= 5 else { throw .malformed }
            for _ in 0..<count {
                guard case .integer(let label) = try reader.next(), members[label] == nil else {
                    throw .malformed
                }
                switch try reader.next() {
                case .integer(let value): members[label] = .integer(value)
                case .bytes(let range): members[label] = .bytes(range)
                default: throw .malformed
                }
            }
        } catch {
            throw .malformedKey
        }
        return members
    }

    private static func check(_ type: Int, is expected: Int) throws(WebAuthnError) {
        guard type == expected else { throw .keyType }
    }

    private static func checkCurve(
        _ members: inout [Int: Value], is expected: Int
    ) throws(WebAuthnError) {
        guard case .integer(let curve) = members.removeValue(forKey: -1) else {
            throw .malformedKey
        }
        try check(curve, is: expected)
    }

    @discardableResult
    private static func takeBytes(
        _ label: Int, of length: Int, from members: inout [Int: Value]
    ) throws(WebAuthnError) -> Range<Int> {
        guard case .bytes(let range) = members.removeValue(forKey: label), range.count == length
        else { throw .malformedKey }
        return range
    }
}
