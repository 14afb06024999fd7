import COpenSSL
import Crypto

/// scrypt (RFC 7914), by OpenSSL.
struct ScryptHash: ForeignMethod {
    /// The most memory in bytes: those of passlib and Django take 16 to 64.
    static let maximumMemory = 256 << 20
    /// The most memory times parallelism in bytes: about a second of a core.
    static let maximumWork = 256 << 20
    private static let form = "scrypt"

    private let logN: Int
    private let r: Int
    private let p: Int
    private let salt: [UInt8]
    private let key: [UInt8]

    /// Reads `$scrypt$ln=16,r=8,p=1$<salt>$<key>`.
    init(_ fields: HashFields) throws(ForeignHashError) {
        guard fields.count == 5, let numbers = HashFields.numbers(fields[2], "ln", "r", "p"),
            let salt = HashBytes.decode(fields[3], HashBytes.saltBounds),
            let key = HashBytes.decode(fields[4], HashBytes.keyBounds)
        else { throw .malformed(form: Self.form) }
        try self.init(logN: numbers[0], r: numbers[1], p: numbers[2], salt: salt, key: key)
    }

    /// Reads `scrypt$<N>$<salt as text>$<r>$<p>$<key>`, as Django writes it.
    init(django fields: HashFields) throws(ForeignHashError) {
        let salt = Array(fields[2].utf8)
        guard fields.count == 6, let n = HashFields.number(fields[1]), n > 0,
            n.nonzeroBitCount == 1, let r = HashFields.number(fields[3]),
            let p = HashFields.number(fields[4]), HashBytes.saltBounds.contains(salt.count),
            let key = HashBytes.decode(fields[5], HashBytes.keyBounds)
        else { throw .malformed(form: Self.form) }
        try self.init(logN: n.trailingZeroBitCount, r: r, p: p, salt: salt, key: key)
    }

    private init(
        logN: Int, r: Int, p: Int, salt: [UInt8], key: [UInt8]
    ) throws(ForeignHashError) {
        guard logN >= 1, r >= 1, p >= 1, r > 1 || logN < 16 else {
            // N is less than 2^(16 r) (RFC 7914 §2): OpenSSL computes no other, and a check that fails is
            // a fault of the server.
            throw .malformed(form: Self.form)
        }
        // Each number is small before they are multiplied.
        guard logN <= 24, r <= 1 << 20, p <= 1 << 20,
            128 * r << logN <= Self.maximumMemory, 128 * r * p << logN <= Self.maximumWork
        else {
            throw .tooCostly(
                form: Self.form,
                limit: "\(Self.maximumMemory >> 20) MiB, and \(Self.maximumWork >> 20) MiB "
                    + "times parallelism")
        }
        (self.logN, self.r, self.p, self.salt, self.key) = (logN, r, p, salt, key)
    }

    private init(_ other: ScryptHash, salt: [UInt8], key: [UInt8]) {
        (logN, r, p) = (other.logN, other.r, other.p)
        (self.salt, self.key) = (salt, key)
    }

    var form: String { Self.form }
    var cost: String { "ln=\(logN),r=\(r),p=\(p)" }
    var setting: String { "$scrypt$\(cost)$\(HashBytes.encode(salt))" }
    var text: String { "\(setting)$\(HashBytes.encode(key))" }

    var decoy: ScryptHash {
        ScryptHash(
            self, salt: Random.bytes(HashBytes.decoySaltCount), key: Random.bytes(key.count))
    }

    func matches(_ password: [UInt8]) throws(ForeignHashFault) -> Bool {
        var output = [UInt8](repeating: 0, count: key.count)
        let status = unsafe password.withUnsafeBytes { password in
            unsafe EVP_PBE_scrypt(
                password.baseAddress?.assumingMemoryBound(to: CChar.self), password.count, salt,
                salt.count, 1 << UInt64(logN), UInt64(r), UInt64(p),
                // OpenSSL counts what p takes as well, and a little of its own.
                UInt64(Self.maximumMemory * 2), &output, output.count)
        }
        guard status == 1 else { throw ForeignHashFault(form: form) }
        return constantTimeEquals(output, key)
    }
}
