import Auth
import Crypto
import HTTP
import JSON

/// One request with everything its endpoint needs.
///
/// Lives for one call, on one thread.
struct RequestContext {
    let request: Request
    /// Under which the request is found in the log.
    let id: RequestID
    /// What `{id}` of the route stands for.
    let pathID: UUID?
    let client: Client
    let thread: ThreadContext
    /// The origin of another site that the operator allowed and whose page sent the request: no cookie
    /// counts then, and none is set.
    let foreignOrigin: ArraySlice<UInt8>?
    /// How it was admitted by what its network may do.
    var admission = Throttle.Admission.network

    var service: AuthService { thread.service }
    var configuration: APIConfiguration { thread.configuration }

    /// Calls the domain, and hands its error on.
    func domain<Value>(
        _ verb: (AuthService) throws(AuthError) -> Value
    ) throws(APIError) -> Value {
        do throws(AuthError) {
            return try verb(service)
        } catch {
            throw .domain(error)
        }
    }

    /// Calls a verb of the domain that takes an email and a password, and says so where one is missing.
    func domainWithCredentials<Value>(
        _ verb: (AuthService) throws(AuthError) -> Value
    ) throws(APIError) -> Value {
        do throws(AuthError) {
            return try verb(service)
        } catch {
            guard case .invalidInput(let inputs) = error,
                inputs.contains(.missing("email")) || inputs.contains(.missing("password"))
            else { throw .domain(error) }
            throw .missingCredentials(inputs)
        }
    }

    /// Counts the request as what its route declares, against what the client's network may do.
    ///
    /// - Parameter route: Its route.
    /// - Throws: `tooManyRequests`.
    mutating func admit(for route: Route) throws(APIError) {
        guard let action = route.action else { return }
        let mayBeKnown = route.lane == .hashing && (device != nil || credential != nil)
        admission = try domain { service throws(AuthError) in
            try service.admit(action, from: client.network, mayBeKnown: mayBeKnown)
        }
    }
}

/// What one thread answers requests with, one after the other.
final class ThreadContext {
    let service: AuthService
    let configuration: APIConfiguration
    /// What the request at hand left of its caller's allowance; nil where it was not counted.
    ///
    /// The answer says so, whether or not it is an error.
    var allowance: Allowance?

    init(service: AuthService, configuration: APIConfiguration) {
        self.service = service
        self.configuration = configuration
    }
}

extension RequestContext {
    /// The id in the path.
    ///
    /// - Throws: `notFound` on a route without one.
    func idInPath() throws(APIError) -> UUID {
        guard let pathID else { throw .notFound }
        return pathID
    }

    /// Where the request comes from, for the domain.
    var clientContext: ClientContext {
        ClientContext(
            network: client.network, address: client.address?.description,
            userAgent: request[.userAgent].flatMap(Self.text(ofUserAgent:)), device: device,
            admission: admission)
    }

    /// What is kept of a User-Agent: visible ASCII, since it comes from anybody and is shown to its
    /// owner and in mails.
    private static func text(ofUserAgent field: ArraySlice<UInt8>) -> String? {
        let bytes = field.filter { (0x20...0x7E).contains($0) }
            .prefix(ClientContext.maximumUserAgentBytes)
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }

    /// The Bearer token of the request (RFC 6750 §2.1); nil for another scheme or none.
    var bearerToken: ArraySlice<UInt8>? {
        guard let field = request[.authorization],
            field.prefix(6).equalsIgnoringCase("Bearer"),
            field.count == 6 || field[field.startIndex + 6] == UInt8(ascii: " ")
        else { return nil }
        return field.dropFirst(6).trimmingOWS
    }

    /// Who the client says it is: a Bearer token counts alone, whatever the cookie.
    var credential: PresentedCredential? {
        if let token = bearerToken { return .bearer(token) }
        return foreignOrigin == nil ? configuration.cookie.credential(in: request) : nil
    }

    /// The value of the session cookie; nil without one, and where two differ.
    var sessionCookie: ArraySlice<UInt8>? {
        foreignOrigin == nil ? configuration.cookie.token(in: request) : nil
    }
}

extension RequestContext {
    /// An answer with a JSON object.
    func json(_ status: Status, _ object: JSONObject) -> Response {
        json(status, object.encoded())
    }

    /// An answer with a JSON object that is encoded already.
    ///
    /// - Parameters:
    ///   - status: Its status.
    ///   - body: The object.
    ///   - room: Bytes of the field lines that will be added.
    /// - Returns: The answer, with the field lines that every answer has.
    func json(_ status: Status, _ body: [UInt8], room: Int = 0) -> Response {
        Response(status: status, fields: Self.commonFields(id: id, room: room), body: body)
    }

    /// An answer without content, for a program that reads its fields alone.
    ///
    /// - Parameters:
    ///   - status: Its status.
    ///   - room: Bytes of the field lines that will be added.
    /// - Returns: The answer, with the field lines that every answer has.
    func empty(_ status: Status, room: Int = 0) -> Response {
        Response(status: status, fields: Self.emptyFields(id: id, room: room))
    }

    /// The field lines that every answer has, of one without content, with room for more.
    static func emptyFields(id: RequestID, room: Int = 0) -> FieldLines {
        commonFields(id: id, emptyFields, room: room)
    }

    /// The field lines that every answer has, with room for more.
    static func commonFields(id: RequestID, room: Int = 0) -> FieldLines {
        commonFields(id: id, jsonFields, room: room)
    }

    /// The field lines that every answer has, of one that is not JSON.
    static func commonFields(id: RequestID, type: String) -> FieldLines {
        commonFields(id: id, fixedFields(type: type), room: 0)
    }

    private static func commonFields(
        id: RequestID, _ fixed: FieldLines, room: Int
    ) -> FieldLines {
        var fields = fixed.addingCapacity(128 + room)
        fields.add("X-Request-Id") { id.append(to: &$0) }
        return fields
    }

    private static let jsonFields = fixedFields(type: "application/json")
    private static let emptyFields = fixedFields(type: nil)

    private static func fixedFields(type: String?) -> FieldLines {
        var fields = FieldLines()
        if let type { fields.add("Content-Type", type) }
        fields.add("Cache-Control", "no-store")
        fields.add("X-Content-Type-Options", "nosniff")
        fields.add("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        fields.add("Referrer-Policy", "no-referrer")
        return fields
    }

    /// The answer that hands a client its new session.
    func session(_ status: Status, _ signedIn: SignedIn, token: Bool = true) -> Response {
        var object = JSONObject()
        if token { object.add("token", .string(signedIn.accessToken)) }
        object.add("user", signedIn.account.profile)
        var response = json(status, object)
        set(cookie: signedIn.sessionToken, lifetime: signedIn.lifetime, on: &response)
        set(device: signedIn.deviceToken, on: &response)
        return response
    }

    /// Hands the session cookie out with an answer.
    ///
    /// - Parameters:
    ///   - token: Its value.
    ///   - lifetime: Seconds.
    ///   - response: The answer.
    func set(cookie token: String, lifetime: Int64, on response: inout Response) {
        guard foreignOrigin == nil else { return }
        response.fields.add(
            "Set-Cookie",
            configuration.cookie.setCookie(token, lifetime: lifetime, isSecure: isSecure))
    }

    /// Takes the session cookie back with an answer.
    func clearCookie(on response: inout Response) {
        set(cookie: "", lifetime: 0, on: &response)
    }

    /// Whether cookies of this answer are for https alone.
    var isSecure: Bool { client.isSecure || service.websiteURL.isSecure }
}
