import Auth
import HTTP
import JSON
import Web

/// What an app developer needs to know of one method of one path.
struct Operation {
    let method: Method
    /// As in the route table.
    let path: String
    /// As in the route table.
    var listener = ListenerRole.public
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
    /// As in the route table.
    var trait: Route.Trait?
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
        case admin = "Watching over it"

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
            case .server: "For whoever writes clients, and for load balancers."
            case .admin: "On a listener of its own, `admin.listen` of the configuration."
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
    /// Whoever shows a good credential and is what the query asks for.
    case verified

    /// Whether a good credential has to be shown.
    var isSomebody: Bool { self != .anybody && self != .anybodyOrSomebody }

    /// Why callers are refused.
    var errors: [ErrorCode] {
        guard isSomebody else { return [] }
        let codes: [ErrorCode] = [.unauthenticated, .invalidToken, .tokenExpired, .tooManyRequests]
        switch self {
        case .anybody, .anybodyOrSomebody: return []
        case .somebody(let access): return codes + [access.keyError]
        case .active(let access):
            return codes + [access.keyError, .pendingApproval, .emailUnverified]
        case .administrator(let access):
            return codes + [access.keyError, .pendingApproval, .emailUnverified, .forbidden]
        case .verified:
            return codes + [
                .apiKeyNotAllowed, .insufficientScope, .pendingApproval, .emailUnverified,
                .forbidden,
            ]
        }
    }
}

extension Access {
    /// Why an API key is refused.
    fileprivate var keyError: ErrorCode {
        switch self {
        case .read, .write, .administration: .insufficientScope
        case .person: .apiKeyNotAllowed
        }
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
}

/// An answer that is no error.
struct OperationAnswer {
    let status: Status
    let description: String
    let content: Content
    /// Those beside the general ones.
    var fields: [AnswerField] = []

    /// What the body holds.
    enum Content {
        case json(Schema)
        case page
        case metrics
        case none
    }

    /// An answer with a JSON object.
    static func json(
        _ status: Status, _ description: String, _ schema: Schema, fields: [AnswerField] = []
    ) -> OperationAnswer {
        OperationAnswer(
            status: status, description: description, content: .json(schema), fields: fields)
    }

    /// An answer with a page.
    static func page(_ description: String) -> OperationAnswer {
        OperationAnswer(status: .ok, description: description, content: .page)
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
