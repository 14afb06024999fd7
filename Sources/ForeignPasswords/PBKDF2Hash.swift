import COpenSSL
import Crypto

/// The hash function of the HMAC in PBKDF2.
public enum PBKDF2Function: String, Sendable {
    case sha1, sha256, sha512

    fileprivate var form: String { "pbkdf2-\(rawValue)" }

    /// Bytes that one run of iterations gives.
    fileprivate var blockCount: Int {
        switch self {
        case .sha1: 20
        case .sha256: 32
        case .sha512: 64
        }
    }

    /// The iterations that are computed, those of all blocks of a long key together: up to a second of a
    /// core, of which one with SHA-512 takes twice as much.
    fileprivate var maximumWork: Int { self == .sha512 ? 1_500_000 : 3_000_000 }

    fileprivate var digest: OpaquePointer? {
        switch self {
        case .sha1: unsafe EVP_sha1()
        case .sha256: unsafe EVP_sha256()
        case .sha512: unsafe EVP_sha512()
        }
    }
}

/// PBKDF2 with HMAC (RFC 8018 §5.2), by OpenSSL.
struct PBKDF2Hash: ForeignMethod {
    private let function: PBKDF2Function
    private let iterations: Int
    private let salt: [UInt8]
    private let key: [UInt8]

    /// Reads `$pbkdf2-sha256$29000$<salt>$<key>` as passlib writes it, or with `i=29000`, perhaps with the
    /// length of the key behind it, `i=29000,l=32`, as in the PHC string format.
    init(_ function: PBKDF2Function, _ fields: HashFields) throws(ForeignHashError) {
        let parts = fields[2].split(separator: ",", omittingEmptySubsequences: false)
        let count = parts.first.map { $0.hasPrefix("i=") ? $0.dropFirst(2) : $0 }
        guard fields.count == 5, let iterations = count.flatMap(HashFields.number),
            let salt = HashBytes.decode(fields[3], HashBytes.saltBounds),
            let key = HashBytes.decode(fields[4], HashBytes.keyBounds),
            parts.count == 1 || (parts.count == 2 && parts[1] == "l=\(key.count)")
        else { throw .malformed(form: function.form) }
        try self.init(function, iterations: iterations, salt: salt, key: key)
    }

    /// Reads `pbkdf2_sha256$260000$<salt as text>$<key>`, as Django writes it.
    init(_ function: PBKDF2Function, django fields: HashFields) throws(ForeignHashError) {
        let salt = Array(fields[2].utf8)
        guard fields.count == 4, let iterations = HashFields.number(fields[1]),
            HashBytes.saltBounds.contains(salt.count),
            let key = HashBytes.decode(fields[3], HashBytes.keyBounds)
        else { throw .malformed(form: function.form) }
        try self.init(function, iterations: iterations, salt: salt, key: key)
    }

    /// A hash from its parts, in bounds.
    init(
        _ function: PBKDF2Function, iterations: Int, salt: [UInt8], key: [UInt8]
    ) throws(ForeignHashError) {
        let form = function.form
        guard HashBytes.saltBounds.contains(salt.count), HashBytes.keyBounds.contains(key.count),
            iterations >= 1
        else { throw .malformed(form: form) }
        let blocks = (key.count + function.blockCount - 1) / function.blockCount
        guard iterations <= function.maximumWork / blocks else {
            throw .tooCostly(form: form, limit: "\(function.maximumWork) iterations")
        }
        (self.function, self.iterations, self.salt, self.key) = (function, iterations, salt, key)
    }

    private init(_ other: PBKDF2Hash, salt: [UInt8], key: [UInt8]) {
        (function, iterations, self.salt, self.key) = (other.function, other.iterations, salt, key)
    }

    var form: String { function.form }
    var cost: String { "\(iterations),\(key.count)" }
    var setting: String { "$\(form)$\(iterations)$\(HashBytes.encodeAdapted(salt))" }
    var text: String { "\(setting)$\(HashBytes.encodeAdapted(key))" }

    var decoy: PBKDF2Hash {
        PBKDF2Hash(
            self, salt: Random.bytes(HashBytes.decoySaltCount), key: Random.bytes(key.count))
    }

    func matches(_ password: [UInt8]) throws(ForeignHashFault) -> Bool {
        var output = [UInt8](repeating: 0, count: key.count)
        let status = unsafe password.withUnsafeBytes { password in
            unsafe PKCS5_PBKDF2_HMAC(
                password.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(password.count),
                salt, Int32(salt.count), Int32(iterations), function.digest,
                Int32(output.count), &output)
        }
        guard status == 1 else { throw ForeignHashFault(form: form) }
        return constantTimeEquals(output, key)
    }
}
