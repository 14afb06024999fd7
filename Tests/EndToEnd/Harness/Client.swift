import Synchronization
import Testing

/// A client of a server that opens a new connection for each request.
struct Client: Sendable {
    private let address: Address
    /// The server's process, kept running by this reference.
    private let server: Daemon?

    /// Creates a client of the server at an address.
    init(_ address: Address, of server: Daemon? = nil) {
        self.address = address
        self.server = server
    }

    /// Opens a persistent connection.
    func connection() throws -> HTTPConnection {
        try HTTPConnection(to: address)
    }

    /// Sends a request and reads its response.
    ///
    /// - Throws: When there is no response, or one that violates RFC 9112.
    @discardableResult
    func send(_ call: Call) throws -> HTTPResponse {
        try connection().exchange(call)
    }

    /// Sends requests at the same time, each on its own connection.
    ///
    /// - Returns: Their responses, in order.
    /// - Throws: When one is missing or violates RFC 9112.
    func sendAtOnce(_ calls: [Call]) throws -> [HTTPResponse] {
        let connections = try calls.map { _ in try connection() }
        for (connection, call) in zip(connections, calls) { try connection.send(call) }
        return try connections.map { try $0.readResponse() }
    }
}

/// A person with an account and a session.
struct Person: Sendable {
    /// The email address.
    var email: String
    /// The password.
    var password: String
    /// The access token of the session; empty if there was none.
    var token: String
    /// The session cookie.
    var cookie: String
    /// The account.
    var id: String

    /// Reads the person from the response that created a session.
    ///
    /// - Throws: When the response is another one.
    init(email: String, password: String, _ answer: HTTPResponse, status: Int) throws {
        guard answer.status == status, let cookie = answer.cookie,
            let id = answer.json["user"]?["id"]?.text
        else {
            let body = String(decoding: answer.body, as: UTF8.self)
            throw HarnessError("no session: \(answer.status) \(body)")
        }
        self.email = email
        self.password = password
        self.cookie = cookie
        self.id = id
        token = answer.json["token"]?.text ?? ""
    }
}

/// Values that are unique in this run.
enum Fresh {
    private static let count = Mutex(0)

    /// A word.
    static func word() -> String {
        let number = count.withLock {
            $0 += 1; return $0
        }
        return "w\(number)x\(String(UInt32.random(in: 0...UInt32.max), radix: 16))"
    }

    /// An email address.
    static func email() -> String { "\(word())@example.com" }

    /// A valid password.
    static func password() -> String { "secret of \(word())" }
}

extension Client {
    /// Signs a customer up.
    ///
    /// - Throws: When the server refuses.
    func signUp(email: String = Fresh.email(), password: String = Fresh.password()) throws -> Person
    {
        let answer = try send(
            .post("/auth/signup", ["email": .string(email), "password": .string(password)]))
        return try Person(email: email, password: password, answer, status: 201)
    }

    /// Registers an account that waits for approval.
    ///
    /// - Throws: When the server refuses.
    func register() throws -> Person {
        let (email, password) = (Fresh.email(), Fresh.password())
        let answer = try send(
            .post(
                "/auth/register",
                ["username": "Some Body", "email": .string(email), "password": .string(password)]))
        return try Person(email: email, password: password, answer, status: 202)
    }

    /// Sets the server up.
    ///
    /// - Parameter members: Additional members of the request.
    /// - Returns: The owner.
    /// - Throws: When the server refuses.
    func setUp(_ members: [String: JSON] = [:]) throws -> Person {
        let (email, password) = (Fresh.email(), Fresh.password())
        let body: JSON = [
            "username": "The Owner", "email": .string(email), "password": .string(password),
        ]
        let answer = try send(.post("/auth/setup", body.with(members)))
        return try Person(email: email, password: password, answer, status: 201)
    }

    /// Signs a person in.
    func logIn(_ person: Person, password: String? = nil) throws -> HTTPResponse {
        try send(.logIn(person.email, password ?? person.password))
    }

    /// Requests the account of a person, by cookie.
    func me(_ person: Person) throws -> HTTPResponse {
        try send(.get("/auth/me").cookie(person.cookie))
    }

    /// Changes settings.
    func update(_ settings: JSON, as person: Person) throws -> HTTPResponse {
        try send(.post("/auth/config/update", settings).bearer(person.token))
    }
}

extension Call {
    /// A login.
    static func logIn(_ email: String, _ password: String) throws -> Call {
        try .post("/auth/login", ["email": .string(email), "password": .string(password)])
    }

    /// A signup.
    static func signUp(_ email: String, _ password: String = Fresh.password()) throws -> Call {
        try .post("/auth/signup", ["email": .string(email), "password": .string(password)])
    }
}
