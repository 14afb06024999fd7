import Bytes
import CArgon2
import Crypto

/// Argon2i and Argon2id (RFC 9106) in the PHC string format.
struct Argon2Hash: ForeignMethod {
    /// The variant; Argon2d is not one for passwords.
    enum Variant: String, Sendable {
        case i = "argon2i"
        case id = "argon2id"
    }

    /// The most memory in KiB; RFC 9106 recommends 65,536 where memory is scarce.
    static let maximumMemory = 256 << 10
    /// The most memory times passes in KiB: about a second of a core.
    static let maximumWork = 768 << 10
    private static let laneBounds = 1...64
    private static let keyBounds = 12...64
    private static let versions = [
        Int(ARGON2_VERSION_10.rawValue), Int(ARGON2_VERSION_13.rawValue),
    ]

    private let variant: Variant
    private let version: Int
    private let memory: Int
    private let passes: Int
    private let lanes: Int
    private let salt: [UInt8]
    private let key: [UInt8]

    /// Reads `$argon2id$v=19$m=65536,t=3,p=4$<salt>$<key>`; a text without a version is of the first one.
    init(_ variant: Variant, _ fields: HashFields) throws(ForeignHashError) {
        let form = variant.rawValue
        let hasVersion = fields[2].hasPrefix("v=")
        let next = hasVersion ? 3 : 2
        guard fields.count == next + 3,
            let version = hasVersion ? HashFields.number(fields[2].dropFirst(2)) : Self.versions[0],
            Self.versions.contains(version),
            let numbers = HashFields.numbers(fields[next], "m", "t", "p"),
            let salt = HashBytes.decode(fields[next + 1], 8...HashBytes.saltBounds.upperBound),
            let key = HashBytes.decode(fields[next + 2], Self.keyBounds)
        else { throw .malformed(form: form) }
        let (memory, passes, lanes) = (numbers[0], numbers[1], numbers[2])
        guard Self.laneBounds.contains(lanes), passes >= 1, memory >= 8 * lanes else {
            throw .malformed(form: form)
        }
        // No number has more than ten digits: no overflow.
        guard memory <= Self.maximumMemory, passes <= Self.maximumWork,
            memory * passes <= Self.maximumWork
        else {
            throw .tooCostly(
                form: form,
                limit: "\(Self.maximumMemory >> 10) MiB, and \(Self.maximumWork >> 10) MiB "
                    + "times passes")
        }
        self.variant = variant
        (self.version, self.memory, self.passes, self.lanes) = (version, memory, passes, lanes)
        (self.salt, self.key) = (salt, key)
    }

    private init(_ other: Argon2Hash, salt: [UInt8], key: [UInt8]) {
        variant = other.variant
        (version, memory, passes, lanes) = (other.version, other.memory, other.passes, other.lanes)
        (self.salt, self.key) = (salt, key)
    }

    var form: String { variant.rawValue }
    var cost: String { "m=\(memory),t=\(passes),p=\(lanes)" }
    var setting: String { "$\(form)$v=\(version)$\(cost)$\(HashBytes.encode(salt))" }
    var text: String { "\(setting)$\(HashBytes.encode(key))" }

    var decoy: Argon2Hash {
        Argon2Hash(
            self, salt: Random.bytes(HashBytes.decoySaltCount), key: Random.bytes(key.count))
    }

    func matches(_ password: [UInt8]) throws(ForeignHashFault) -> Bool {
        var (output, password, salt) = ([UInt8](repeating: 0, count: key.count), password, salt)
        defer { wipe(&password) }
        let status = unsafe output.withUnsafeMutableBufferPointer { output in
            unsafe password.withUnsafeMutableBufferPointer { password in
                unsafe salt.withUnsafeMutableBufferPointer { salt in
                    var context = unsafe argon2_context()
                    unsafe context.out = output.baseAddress
                    unsafe context.outlen = UInt32(output.count)
                    unsafe context.pwd = password.baseAddress
                    unsafe context.pwdlen = UInt32(password.count)
                    unsafe context.salt = salt.baseAddress
                    unsafe context.saltlen = UInt32(salt.count)
                    unsafe context.t_cost = UInt32(passes)
                    unsafe context.m_cost = UInt32(memory)
                    unsafe context.lanes = UInt32(lanes)
                    // On this thread alone: how many hash at once is the lane's affair.
                    unsafe context.threads = 1
                    unsafe context.version = UInt32(version)
                    return unsafe argon2_ctx(&context, variant == .i ? Argon2_i : Argon2_id)
                }
            }
        }
        guard status == ARGON2_OK.rawValue else { throw ForeignHashFault(form: form) }
        return constantTimeEquals(output, key)
    }
}
