/// A request that a client may send.
enum ClientRequest {
    case signup
    case setUp
    case login
    case loginWithWrongPassword
    /// By their positions in the model; a wrong code is nil.
    case secondStep(challenge: Int, code: Int?)
    case me(Int?, byCookie: Bool, isHead: Bool)
    case sessions(Int?)
    case logout(Int?, byCookie: Bool)
    case approval(Bool, Int)
    case browser(BrowserRequest)
    case config
    case health
    case unknownPath
    case malformed

    /// Whether its response has no body.
    var isHead: Bool { if case .me(_, _, true) = self { true } else { false } }

    /// Whether it is answered from memory, whatever happens to the disk.
    var needsNoDisk: Bool {
        switch self {
        case .config, .health, .unknownPath, .malformed, .browser(.signInPage(nil)): true
        default: false
        }
    }

    /// Whether a browser sends it, so that each response is a page or a redirect to one.
    var isOfBrowser: Bool { if case .browser = self { true } else { false } }
}

/// A request that was sent and not answered yet.
struct PendingRequest {
    let ask: ClientRequest
    /// Its `X-Request-Id`.
    let id: String
    /// The offset in its connection's bytes at which it ends.
    let end: Int
    /// The number of clock jumps when it was sent.
    let jumps: Int
}

extension ClientRequest {
    /// The bytes of the request.
    ///
    /// - Parameters:
    ///   - person: The client that sends it.
    ///   - id: Its id.
    ///   - closes: Whether it is the last of its connection.
    ///   - chance: Chooses the framing of the body.
    /// - Returns: Head and body.
    func bytes(of person: AccountModel, id: String, closes: Bool, _ chance: inout Chance) -> [UInt8]
    {
        let (line, fields, body): (String, [String], String?) = request(of: person)
        var head = [line, "Host: localhost:8080", "X-Request-Id: \(id)"]
        head += ["X-Forwarded-For: \(person.address)"] + fields
        if closes { head.append("Connection: close") }
        var content: [String] = []
        if let body {
            head.append(
                "Content-Type: "
                    + (isOfBrowser ? "application/x-www-form-urlencoded" : "application/json"))
            if chance.happens(50) {
                head.append("Content-Length: \(body.utf8.count)")
                content = [body]
            } else {
                head.append("Transfer-Encoding: chunked")
                let middle = body.index(
                    body.startIndex, offsetBy: chance.number(in: 1...body.count - 1))
                content = [body[..<middle], body[middle...]].map { part in
                    "\(String(part.utf8.count, radix: 16))\r\n\(part)\r\n"
                }
                content.append("0\r\n\r\n")
            }
        }
        return Array((head.map { $0 + "\r\n" } + ["\r\n"] + content).joined().utf8)
    }

    private func request(of person: AccountModel) -> (String, [String], String?) {
        let (email, password) = (person.email, AccountModel.password)
        return switch self {
        case .signup:
            (
                "POST /auth/signup HTTP/1.1", [],
                #"{"email":"\#(email)","password":"\#(password)"}"#
            )
        case .setUp:
            (
                "POST /auth/setup HTTP/1.1", ["X-Setup-Code: \(Services.setupCode)"],
                #"{"username":"owner","email":"\#(email)","password":"\#(password)"}"#
            )
        case .login:
            ("POST /auth/login HTTP/1.1", [], #"{"email":"\#(email)","password":"\#(password)"}"#)
        case .loginWithWrongPassword:
            ("POST /auth/login HTTP/1.1", [], #"{"email":"\#(email)","password":"not it at all"}"#)
        case .secondStep(let challenge, let code):
            ("POST /auth/login/second HTTP/1.1", [], person.secondStep(challenge, code))
        case .me(let session, let byCookie, let isHead):
            (
                "\(isHead ? "HEAD" : "GET") /auth/me HTTP/1.1",
                person.fields(of: session, byCookie: byCookie), nil
            )
        case .sessions(let session):
            ("GET /auth/sessions HTTP/1.1", person.fields(of: session, byCookie: false), nil)
        case .logout(let session, let byCookie):
            ("POST /auth/logout HTTP/1.1", person.fields(of: session, byCookie: byCookie), nil)
        case .approval(let isOn, let session):
            (
                "POST /auth/config/update HTTP/1.1",
                person.fields(of: session, byCookie: false), #"{"approval":\#(isOn)}"#
            )
        case .browser(let request): request.request(of: person)
        case .config: ("GET /auth/config HTTP/1.1", [], nil)
        case .health: ("GET /health HTTP/1.1", [], nil)
        case .unknownPath: ("GET /nowhere HTTP/1.1", [], nil)
        case .malformed: ("GET /health HTTP/1.1", ["Content-Length: +1"], nil)
        }
    }
}

extension AccountModel {
    /// The body of a second step.
    fileprivate func secondStep(_ challenge: Int, _ code: Int?) -> String {
        let text = code.flatMap { twoSteps?.codes[$0].text } ?? TwoStepModel.wrongCode
        return #"{"challenge":"\#(twoSteps?.challenges[challenge].text ?? "")","#
            + #""method":"recovery","code":"\#(text)"}"#
    }
}
