import Testing

/// A person's passkey with an ES256 key, whose authenticator and browser are Python's cryptography.
struct EnrolledPasskey {
    /// What an authenticator says of a ceremony (WebAuthn §6.1).
    struct Flags: OptionSet {
        let rawValue: Int

        /// Its user has touched it.
        static let present = Flags(rawValue: 0x01)
        /// It has recognised its user, by PIN or fingerprint.
        static let verified = Flags(rawValue: 0x04)
        /// The passkey is copied to other devices.
        static let synced = Flags(rawValue: 0x18)
    }

    /// The site that has passkeys, for `LUNAUTH_WEBSITEURL`.
    static let website = "http://localhost:8080"

    /// The response to the registration.
    let registration: HTTPResponse
    /// Its id in the list of the account.
    let id: String
    /// Private key, id and user, for the script.
    private let made: JSON
    private let flags: Flags

    /// Adds a passkey to an account that has just signed in.
    ///
    /// - Throws: When the server refuses.
    init(of person: Person, at client: Client, flags: Flags = [.present, .verified]) throws {
        let options = try client.send(.post("/auth/passkeys/options").bearer(person.token))
        made = try Self.ceremony("create", options, flags)
        self.flags = flags
        registration = try client.send(
            .post("/auth/passkeys", ["credential": made["credential"] ?? .null, "name": "a key"])
                .bearer(person.token))
        guard registration.status == 201, let id = registration.json["id"]?.text else {
            throw HarnessError("no passkey: \(registration.status) \(registration.text)")
        }
        self.id = id
        for code in registration.json["recoveryCodes"]?.elements ?? [] {
            Secrets.protect(code.text)
        }
    }

    /// The response of the browser to a request for a passkey.
    ///
    /// - Parameters:
    ///   - call: The request for its options.
    ///   - client: A client of the server.
    /// - Returns: The credential, as JSON.
    /// - Throws: When the server has none.
    func use(_ call: Call, at client: Client) throws -> JSON {
        let used = try Self.ceremony("get", client.send(call), flags, made)
        return used["credential"] ?? .null
    }

    /// Signs in with it alone.
    func logIn(at client: Client) throws -> HTTPResponse {
        let credential = try use(.post("/auth/passkeys/challenge"), at: client)
        return try client.send(.post("/auth/passkeys/login", ["credential": credential]))
    }

    /// Signs in with the password and it.
    func logIn(_ person: Person, at client: Client) throws -> HTTPResponse {
        let challenge = try client.challenge(of: person)
        let credential = try use(
            .post("/auth/passkeys/challenge", ["challenge": challenge]), at: client)
        return try client.send(
            .post(
                "/auth/login/second",
                ["challenge": challenge, "method": "passkey", "credential": credential]))
    }

    /// Proves it once more in a session.
    func prove(_ token: String, at client: Client) throws -> HTTPResponse {
        let credential = try use(
            .post("/auth/passkeys/challenge", ["reauthenticate": true]).bearer(token), at: client)
        return try client.send(
            .post("/auth/reauthenticate", ["method": "passkey", "credential": credential])
                .bearer(token))
    }

    private static func ceremony(
        _ verb: String, _ answer: HTTPResponse, _ flags: Flags, _ made: JSON = .null
    ) throws -> JSON {
        guard let options = answer.json["publicKey"] else {
            throw HarnessError("no options: \(answer.status) \(answer.text)")
        }
        return try Python.run(
            script,
            given: [
                "verb": .string(verb), "options": options, "origin": .string(website),
                "flags": .number(Double(flags.rawValue)), "made": made,
            ])
    }

    private static let script = """
        import base64, hashlib, os
        from cryptography.hazmat.primitives import hashes, serialization
        from cryptography.hazmat.primitives.asymmetric import ec

        def text(octets):
            return base64.urlsafe_b64encode(octets).decode().rstrip("=")

        options, is_new = given["options"], given["verb"] == "create"
        client = json.dumps({"type": "webauthn." + given["verb"], "challenge": options["challenge"],
                             "origin": given["origin"], "crossOrigin": False}).encode()
        rp = options["rp"]["id"] if is_new else options["rpId"]
        flags = int(given["flags"]) | (0x40 if is_new else 0)
        data = hashlib.sha256(rp.encode()).digest() + bytes([flags]) + bytes(4)
        if is_new:
            key, made = ec.generate_private_key(ec.SECP256R1()), {"user": options["user"]["id"]}
            made["key"] = key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption()).decode()
            id = os.urandom(16)
            made["id"] = text(id)
            public = key.public_key().public_numbers()
            # A COSE key and an attestation of none (RFC 9053 §7.1.1, WebAuthn §6.5.4).
            data += bytes(16) + len(id).to_bytes(2, "big") + id + bytes.fromhex(
                "a5010203262001215820") + public.x.to_bytes(32, "big") + bytes.fromhex(
                "225820") + public.y.to_bytes(32, "big")
            object = (b"\\xa3\\x63fmt\\x64none\\x67attStmt\\xa0\\x68authData\\x58"
                      + bytes([len(data)]) + data)
            response = {"attestationObject": text(object), "transports": ["internal"]}
        else:
            made = given["made"]
            key = serialization.load_pem_private_key(made["key"].encode(), None)
            signature = key.sign(
                data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
            response = {"authenticatorData": text(data), "signature": text(signature),
                        "userHandle": made["user"]}
        response["clientDataJSON"] = text(client)
        made["credential"] = {"id": made["id"], "rawId": made["id"], "type": "public-key",
                              "response": response, "clientExtensionResults": {}}
        print(json.dumps(made))
        """
}
