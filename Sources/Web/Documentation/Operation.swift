package import HTTP
import JSON

/// What a client developer needs to know of one method of one path, beside its rules.
package struct Operation {
    /// What generated clients call it.
    package let id: String
    /// A line of a table of contents.
    package let summary: String
    package let tag: Tag
    /// What the summary leaves open.
    package let description: String?
    package let parameters: [Parameter]
    package let body: Body?
    /// The responses that are no error.
    package let responses: [Success]
    /// The errors beside those that follow from the rules.
    package let errors: [ErrorCode]

    /// An operation.
    package init(
        id: String, summary: String, tag: Tag, description: String? = nil,
        parameters: [Parameter] = [], body: Body? = nil, responses: [Success],
        errors: [ErrorCode] = []
    ) {
        self.id = id
        self.summary = summary
        self.tag = tag
        self.description = description
        self.parameters = parameters
        self.body = body
        self.responses = responses
        self.errors = errors
    }

    /// The chapters of the document.
    package enum Tag: String, CaseIterable, Sendable {
        case signIn = "Signing in"
        case account = "Your account"
        case sessions = "Your sessions"
        case factors = "Your second factors"
        case apiKeys = "Your API keys"
        case users = "Users"
        case invites = "Invitations"
        case audit = "What happened"
        case setup = "Setup and settings"
        case proxies = "Forward-auth"
        case server = "The server"
        case admin = "Monitoring"

        package var description: String {
            switch self {
            case .signIn: "Opening accounts, signing in and out."
            case .account: "Your own account, once you are signed in."
            case .sessions: "Where you are signed in; needs a session, not an API key."
            case .factors:
                "Authenticator app, recovery codes, passkeys and trusted browsers; needs a session."
            case .apiKeys: "Credentials for programs; made and revoked in a session."
            case .users: "All accounts; for the owner and administrators."
            case .invites: "Invitations need no approval; for the owner and administrators."
            case .audit: "The record of events, which can be verified; one's own, and all of them."
            case .proxies: "Whether a reverse proxy may pass a request on."
            case .setup: "Settings of the server; for the owner and administrators."
            case .server: "For client developers and load balancers."
            case .admin: "On a listener of its own, `admin.listen` of the configuration."
            }
        }
    }

    /// An input outside the body.
    package struct Parameter {
        package let name: String
        package let place: Place
        package let description: String
        package let schema: Schema
        package let isRequired: Bool
        /// Whether an empty value counts as none.
        package let isEmptyIgnored: Bool

        /// The part of a request that contains it.
        package enum Place: String {
            case query, header, path
        }

        /// An input, by default optional.
        package init(
            _ name: String, in place: Place, _ description: String, _ schema: Schema,
            isRequired: Bool = false, isEmptyIgnored: Bool = false
        ) {
            self.name = name
            self.place = place
            self.description = description
            self.schema = schema
            self.isRequired = isRequired
            self.isEmptyIgnored = isEmptyIgnored
        }
    }

    /// The body of a request.
    package struct Body {
        package let schema: Schema
        /// Whether leaving it out is an error.
        package let isRequired: Bool

        /// A body that has to be sent.
        package static func required(_ schema: Schema) -> Body {
            Body(schema: schema, isRequired: true)
        }

        /// A body that may be left out.
        package static func optional(_ schema: Schema) -> Body {
            Body(schema: schema, isRequired: false)
        }
    }

    /// A response that is no error.
    package struct Success {
        package let status: Status
        package let description: String
        package let content: Content
        /// The fields beside the common ones.
        package let fields: [ResponseField]

        /// What the body contains.
        package enum Content {
            case json(Schema)
            case metrics
            case none
        }

        /// A response.
        package init(
            _ status: Status, _ description: String, _ content: Content,
            fields: [ResponseField] = []
        ) {
            self.status = status
            self.description = description
            self.content = content
            self.fields = fields
        }

        /// A response with a JSON object.
        package static func json(
            _ status: Status, _ description: String, _ schema: Schema, fields: [ResponseField] = []
        ) -> Success {
            Success(status, description, .json(schema), fields: fields)
        }
    }
}

extension [Operation.Parameter] {
    /// Which page of a list is requested.
    package static let page = [
        Operation.Parameter(
            "limit", in: .query, "The most items",
            .integer(1...100).byDefault(.integer(50))),
        Operation.Parameter(
            "cursor", in: .query, "The `nextCursor` of the page before",
            .string(pattern: #"^([A-Za-z0-9_-]{32}|[ond]\.[A-Za-z0-9_-]{22,1622})$"#)),
    ]
}
