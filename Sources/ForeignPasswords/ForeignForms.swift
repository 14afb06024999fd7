/// Finds the form of a hash by the beginning of its text.
enum ForeignForms {
    /// Reads a hash of any form.
    ///
    /// - Parameter text: The hash.
    /// - Returns: The hash, with its cost in bounds.
    /// - Throws: When it is of another form, malformed, or too costly.
    static func method(of text: String) throws(ForeignHashError) -> any ForeignMethod {
        let fields = HashFields(text)
        guard text.utf8.count <= ForeignHash.maximumBytes, fields.isPrintable else {
            throw fields.name == HashFields.noName
                ? .unknown(name: fields.name) : .malformed(form: fields.name)
        }
        return text.utf8.first == UInt8(ascii: "$")
            ? try standard(text, fields) : try django(text, fields)
    }

    /// Modular crypt and PHC texts: `$form$...`.
    private static func standard(
        _ text: String, _ fields: HashFields
    ) throws(ForeignHashError) -> any ForeignMethod {
        switch fields[1] {
        case "2a", "2b", "2y": try BcryptHash(fields, prepared: .asEntered)
        case "bcrypt-sha256": try BcryptHash(passlib: fields)
        case "5": try SHACryptHash(.sha256, fields)
        case "6": try SHACryptHash(.sha512, fields)
        case "y": try YescryptHash(fields)
        case "argon2i": try Argon2Hash(.i, fields)
        case "argon2id": try Argon2Hash(.id, fields)
        case "scrypt": try ScryptHash(fields)
        case "pbkdf2", "pbkdf2-sha1": try PBKDF2Hash(.sha1, fields)
        case "pbkdf2-sha256": try PBKDF2Hash(.sha256, fields)
        case "pbkdf2-sha512": try PBKDF2Hash(.sha512, fields)
        default: throw .unknown(name: fields.name)
        }
    }

    /// What Django stores: `form$...`, with a standard text behind some of the names.
    private static func django(
        _ text: String, _ fields: HashFields
    ) throws(ForeignHashError) -> any ForeignMethod {
        switch fields[0] {
        case "pbkdf2_sha1": try PBKDF2Hash(.sha1, django: fields)
        case "pbkdf2_sha256": try PBKDF2Hash(.sha256, django: fields)
        case "scrypt": try ScryptHash(django: fields)
        case "argon2": try method(of: "$" + text.dropFirst("argon2$".count))
        case "bcrypt": try BcryptHash(HashFields(fields.rest(after: 0)), prepared: .asEntered)
        case "bcrypt_sha256":
            try BcryptHash(HashFields(fields.rest(after: 0)), prepared: .djangoSHA256)
        default: throw .unknown(name: fields.name)
        }
    }
}
