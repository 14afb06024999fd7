import Crypto
import ForeignPasswords

extension AuthContext {
    /// The hash that an account keeps after a sign-in: the one it has, or one at the present cost.
    ///
    /// A hash of another cost, or of another system, is made again of the password that was entered. Of two
    /// sign-ins at once both make the same hash, so that neither finds the password changed.
    /// - Parameters:
    ///   - proof: What the password was checked against.
    ///   - id: The account.
    ///   - password: The password, which is right.
    /// - Returns: The hash.
    /// - Throws: `tooManyRequests`, `overloaded`.
    func renewed(
        _ proof: PasswordProof, of id: UUID, _ password: String
    ) throws(AuthError) -> PasswordHash {
        let salt: [UInt8]
        switch proof.password {
        case .own(let hash):
            guard hash.iterations != passwords.iterations else { return hash }
            // It is the same password, and devices are recognised by the salt.
            salt = hash.salt
        case .foreign(let hash): salt = PasswordRenewal.salt(of: id, replacing: hash)
        }
        return try throttle.whileHashing(proof.admission) { (permit) throws(AuthError) in
            try passwords.hash(password, salt: salt, permit)
        }
    }
}

/// How a foreign hash becomes one of lunauth's own.
enum PasswordRenewal {
    /// A salt as random as that of the foreign hash, from which it follows; its key is no part of it.
    static func salt(of id: UUID, replacing hash: ForeignHash) -> [UInt8] {
        let label = "lunauth renewed password"
        let digest = SHA256.digest(Array(label.utf8) + id.octets + hash.setting.utf8)
        return Array(digest.bytes.prefix(PasswordHash.saltCount))
    }
}
