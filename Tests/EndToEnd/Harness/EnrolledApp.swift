import Testing

/// A person's authenticator app, confirmed, with its recovery codes.
struct EnrolledApp {
    /// Those that were not used yet.
    private(set) var recoveryCodes: [String]
    private let client: Client

    /// Adds an authenticator app to an account that has just signed in.
    ///
    /// - Throws: When the server refuses.
    init(of person: Person, at client: Client) throws {
        self.client = client
        let begun = try client.send(.post("/auth/totp").bearer(person.token))
        guard begun.status == 200, let secret = begun.json["secret"]?.text else {
            throw HarnessError("no authenticator app: \(begun.status)")
        }
        Secrets.protect(secret)
        let confirmed = try client.send(
            .post("/auth/totp/confirm", ["code": .string(Self.code(of: secret))])
                .bearer(person.token))
        guard confirmed.status == 200, case .array(let codes)? = confirmed.json["recoveryCodes"]
        else { throw HarnessError("not confirmed: \(confirmed.status)") }
        recoveryCodes = codes.compactMap(\.text)
        for code in recoveryCodes { Secrets.protect(code) }
    }

    /// Signs in with the password and a recovery code.
    ///
    /// - Parameters:
    ///   - person: The account's owner.
    ///   - client: A client of the same server after a restart.
    /// - Returns: The response to the second step.
    /// - Throws: When the first step is not answered by a challenge.
    mutating func logIn(_ person: Person, at client: Client? = nil) throws -> HTTPResponse {
        let client = client ?? self.client
        let first = try client.logIn(person)
        guard first.status == 401, let challenge = first.json["challenge"],
            let code = recoveryCodes.popLast()
        else { throw HarnessError("no challenge: \(first.status)") }
        return try client.send(
            .post(
                "/auth/login/second",
                ["challenge": challenge, "method": "recovery", "code": .string(code)]))
    }

    /// The present code (RFC 6238).
    private static func code(of secret: String) throws -> String {
        let answer = try Python.run(
            """
            import base64, hashlib, hmac, struct
            step = struct.pack(">Q", int(time.time()) // 30)
            mac = hmac.digest(base64.b32decode(given["secret"]), step, hashlib.sha1)
            offset = mac[-1] & 15
            number = struct.unpack(">I", mac[offset:offset + 4])[0] & 0x7FFFFFFF
            print(json.dumps({"code": "%06d" % (number % 1000000)}))
            """, given: ["secret": .string(secret)])
        guard let code = answer["code"]?.text else { throw HarnessError("no code") }
        return code
    }
}
