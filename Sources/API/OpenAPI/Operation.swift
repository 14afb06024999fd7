import Auth
import HTTP

/// What an app developer needs to know of one method of one path.
struct Operation {
    let method: Method
    /// As in the route table.
    let path: String
    /// What generated clients call it.
    let id: String
    /// A line of a table of contents.
    let summary: String
    let tag: Tag
    /// What the summary leaves open.
    var description: String?
    var caller = OperationCaller.anybody
    var parameters: [OperationParameter] = []
    var body: OperationBody?
    /// How answers are written, errors too.
    var form = AnswerForm.json
    let answers: [OperationAnswer]
    /// Beside those that follow from the rest.
    var errors: [ErrorCode] = []

    /// The chapters of the document.
    enum Tag: String, CaseIterable {
        case signIn = "Signing in"
        case account = "Your account"
        case sessions = "Your sessions"
        case apiKeys = "Your API keys"
        case users = "Users"
        case invites = "Invitations"
        case setup = "Setup and settings"
        case proxies = "Forward-auth"
        case server = "The server"

        var description: String {
            switch self {
            case .signIn: "Opening accounts, signing in and out."
            case .account: "What a person does with the account they are signed in to."
            case .sessions: "Where a person is signed in; for somebody who is signed in alone."
            case .apiKeys: "What programs call with; made by somebody who is signed in alone."
            case .users: "Everybody's accounts; for the owner and administrators."
            case .invites: "What lets people in without approval; for the owner and administrators."
            case .proxies: "What a reverse proxy asks before it lets a request through."
            case .setup: "What the owner and administrators decide for everybody."
            case .server: "For whoever watches over the server or writes clients for it."
            }
        }
    }
}

/// Who may call.
enum OperationCaller: Equatable {
    /// Anybody; credentials are not looked at.
    case anybody
    /// Anybody; credentials count where they are sent.
    case anybodyOrSomebody
    /// Whoever shows a good credential, also while the account waits for approval.
    case somebody(Access)
    /// Whoever shows a good credential of an account that may be used.
    case active(Access)
    /// The owner and administrators.
    case administrator(Access)

    /// What is done, as far as it matters to an API key; nil where none is looked at.
    var access: Access? {
        switch self {
        case .anybody, .anybodyOrSomebody: nil
        case .somebody(let access), .active(let access), .administrator(let access): access
        }
    }

    /// Why callers are refused.
    var errors: [ErrorCode] {
        guard let access else { return [] }
        var codes: [ErrorCode] = [.unauthenticated, .invalidToken, .tokenExpired]
        codes.append(access == .person ? .apiKeyNotAllowed : .insufficientScope)
        switch self {
        case .anybody, .anybodyOrSomebody, .somebody: break
        case .active: codes += [.pendingApproval, .emailUnverified]
        case .administrator: codes += [.pendingApproval, .emailUnverified, .forbidden]
        }
        return codes + [.tooManyRequests]
    }
}

/// An input outside the body.
struct OperationParameter {
    let name: String
    let place: Place
    let description: String
    let schema: Schema
    var isRequired = false
    /// Whether an empty value counts as none.
    var isEmptyIgnored = false

    /// Where it stands in a request.
    enum Place: String {
        case query, header, path
    }
}

/// The body of a request.
struct OperationBody {
    let schema: Schema
    /// Whether leaving it out is an error.
    var isRequired = true
    /// Whether a page of ours posts it as a form, too.
    var takesForms = false
}

/// How the answers of an operation are written.
enum AnswerForm {
    case json
    /// As a page for a person.
    case page
    /// As a page where the client prefers `text/html`, else as JSON.
    case either
}

/// An answer that is no error.
struct OperationAnswer {
    let status: Status
    let description: String
    /// Of the JSON form; nil where a page is the only one.
    let schema: Schema?
    /// Those beside the general ones.
    var fields: [AnswerField] = []

    /// An answer with a JSON object.
    static func json(
        _ status: Status, _ description: String, _ schema: Schema, fields: [AnswerField] = []
    ) -> OperationAnswer {
        OperationAnswer(status: status, description: description, schema: schema, fields: fields)
    }

    /// An answer with a page.
    static func page(_ description: String) -> OperationAnswer {
        OperationAnswer(status: .ok, description: description, schema: nil)
    }
}

extension [OperationParameter] {
    /// Which page of a list is wanted.
    static let page = [
        OperationParameter(
            name: "limit", place: .query, description: "The most items",
            schema: .integer(1...100).byDefault(.integer(50))),
        OperationParameter(
            name: "cursor", place: .query, description: "The `nextCursor` of the page before",
            schema: .string(pattern: "^[A-Za-z0-9_-]{32}$")),
    ]
}
