import Testing

/// A person's authenticator app, confirmed, with its recovery codes.
struct EnrolledApp {
    /// Those that were not used yet.
    private(set) var recoveryCodes: [String]
    /// The response to the code that confirmed it.
    let confirmation: HTTPResponse
    private let client: Client

    /// Adds an authenticator app to an account that has just signed in.
    ///
    /// - Throws: When the server refuses.
    init(of person: Person, at client: Client) throws {
        try self.init(at: client) { try .post($0, $1).bearer(person.token) }
    }

    /// Adds an authenticator app in a sign-in that requires one.
    ///
    /// - Throws: When the server refuses.
    init(inSignIn challenge: JSON, at client: Client) throws {
        try self.init(at: client) { try .post($0, $1.with(["challenge": challenge])) }
    }

    private init(at client: Client, _ call: (_ path: String, _ body: JSON) throws -> Call) throws {
        self.client = client
        let begun = try client.send(call("/auth/totp", [:]))
        guard begun.status == 200, let secret = begun.json["secret"]?.text else {
            throw HarnessError("no authenticator app: \(begun.status)")
        }
        Secrets.protect(secret)
        confirmation = try client.send(
            call("/auth/totp/confirm", ["code": .string(Self.code(of: secret))]))
        guard confirmation.status == 200 else {
            throw HarnessError("not confirmed: \(confirmation.status)")
        }
        recoveryCodes = (confirmation.json["recoveryCodes"]?.elements ?? []).compactMap(\.text)
        for code in recoveryCodes { Secrets.protect(code) }
    }

    /// Signs in with the password and a recovery code.
    ///
    /// - Parameters:
    ///   - person: The account's owner.
    ///   - client: A client of the same server after a restart.
    ///   - trust: Whether the browser is to be trusted.
    /// - Returns: The response to the second step.
    /// - Throws: When the first step is not answered by a challenge.
    mutating func logIn(
        _ person: Person, at client: Client? = nil, trust: Bool = false
    ) throws -> HTTPResponse {
        let client = client ?? self.client
        let challenge = try client.challenge(of: person)
        return try client.send(
            .recoveryCode(try takeCode(), for: challenge, ["trust": .bool(trust)]))
    }

    /// A recovery code that is not used yet.
    ///
    /// - Throws: When none is left.
    mutating func takeCode() throws -> String {
        guard let code = recoveryCodes.popLast() else { throw HarnessError("no code is left") }
        return code
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

extension Client {
    /// The challenge of a sign-in whose password was right.
    ///
    /// - Throws: When the response is another one.
    func challenge(of person: Person) throws -> JSON {
        let first = try logIn(person)
        guard first.status == 401, let challenge = first.json["challenge"] else {
            throw HarnessError("no challenge: \(first.status)")
        }
        return challenge
    }
}

extension Call {
    /// The second step of a sign-in, with a recovery code.
    static func recoveryCode(
        _ code: String, for challenge: JSON, _ members: [String: JSON] = [:]
    ) throws -> Call {
        let body: JSON = ["challenge": challenge, "method": "recovery", "code": .string(code)]
        return try .post("/auth/login/second", body.with(members))
    }
}
