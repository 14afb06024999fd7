import Auth
import Crypto
import ForeignPasswords
import JSON

/// The password credential of Keycloak: salt and key in one JSON text, the cost in another.
enum KeycloakPassword {
    /// Reads a credential.
    ///
    /// - Parameter credential: The members of one with the type `password`.
    /// - Returns: The hash.
    /// - Throws: When its algorithm is not known, or a part is malformed or out of bounds.
    static func read(_ credential: TransferMembers) throws(TransferProblem) -> StoredPassword {
        let secret = try credential.required("secretData", members)
        let cost = try credential.required("credentialData", members)
        let salt = try secret.required("salt", bytes)
        let key = try secret.required("value", bytes)
        guard let iterations = try cost.integer("hashIterations", 1...(1 << 32)) else {
            throw TransferProblem("no hashIterations")
        }
        let algorithm = try cost.required("algorithm") { $0 }
        do throws(ForeignHashError) {
            switch algorithm {
            case "pbkdf2": return try pbkdf2(.sha1, iterations, salt, key)
            case "pbkdf2-sha256": return try pbkdf2(.sha256, iterations, salt, key)
            case "pbkdf2-sha512": return try pbkdf2(.sha512, iterations, salt, key)
            default: break
            }
        } catch {
            throw TransferProblem(error.description)
        }
        guard algorithm == "argon2" else {
            throw TransferProblem("password hash of an unknown form: \(algorithm.prefix(24))")
        }
        return try argon2(cost, iterations, salt, key)
    }

    private static func pbkdf2(
        _ function: PBKDF2Function, _ iterations: Int64, _ salt: [UInt8], _ key: [UInt8]
    ) throws(ForeignHashError) -> StoredPassword {
        .foreign(
            try .pbkdf2(function, iterations: Int(iterations), salt: salt, key: key))
    }

    /// Its parameters are lists of one text each.
    private static func argon2(
        _ cost: TransferMembers, _ iterations: Int64, _ salt: [UInt8], _ key: [UInt8]
    ) throws(TransferProblem) -> StoredPassword {
        guard let parameters = try cost.members("additionalParameters") else {
            throw TransferProblem("no additionalParameters")
        }
        func one(_ name: String) throws(TransferProblem) -> String {
            let values = try parameters.texts(name)
            guard values.count == 1 else { throw TransferMembers.malformed(name) }
            return values[0]
        }
        let version = try one("version") == "1.0" ? 16 : 19
        let text =
            "$argon2\(try one("type"))$v=\(version)$m=\(try one("memory")),t=\(iterations),"
            + "p=\(try one("parallelism"))$\(Base64Text.encode(salt))$\(Base64Text.encode(key))"
        return try StoredPassword(foreign: text)
    }

    private static func members(_ text: String) -> TransferMembers? {
        guard case .object(let object)? = try? JSONValue.decode(Array(text.utf8)) else {
            return nil
        }
        return TransferMembers(object)
    }

    private static func bytes(_ text: String) -> [UInt8]? {
        var symbols = Array(text.utf8)
        while symbols.last == UInt8(ascii: "=") { symbols.removeLast() }
        return Base64Text.decode(symbols)
    }
}
