public import JSON

/// The mailer's answer to its configuration, before the first order.
public struct MailerGreeting: Sendable, Equatable {
    /// What the mailer thinks of its configuration.
    public enum Outcome: String, Sendable {
        /// It takes orders.
        case ready
        /// It ends with exit code 78; another start will not help until the configuration is corrected.
        case unusable
    }

    /// What the mailer thinks of its configuration.
    public var outcome: Outcome
    /// Why it is unusable: one line for the operator, without secrets.
    public var detail: String?

    /// An answer.
    ///
    /// - Parameters:
    ///   - outcome: What the mailer thinks of its configuration.
    ///   - detail: Why it is unusable.
    public init(_ outcome: Outcome, detail: String? = nil) {
        self.outcome = outcome
        self.detail = detail
    }
}

extension MailerGreeting: FrameContent {
    /// Reads a greeting.
    public init(_ members: FrameMembers) throws(FrameError) {
        self.init(try members.choice("outcome"), detail: try members.optionalText("detail"))
    }

    /// The greeting as an object.
    public var json: JSONObject {
        var object = JSONObject()
        object.add("outcome", .string(outcome.rawValue))
        object.add("detail", text: detail)
        return object
    }
}
