public import JSON

/// What became of one order: a frame from the mailer.
public struct MailReceipt: Sendable, Equatable {
    /// What became of an order.
    public enum Outcome: String, Sendable {
        /// Another system is responsible for the mail now.
        case sent
        /// Not yet: another attempt may succeed.
        case deferred
        /// No attempt will succeed.
        case rejected
    }

    /// The id of what is no order: an attempt to reach the server.
    public static let attempt = "attempt"

    /// The id of the order.
    public var id: String
    /// What became of it.
    public var outcome: Outcome
    /// Why: one line for the operator without secrets, at most 300 bytes.
    public var detail: String?

    /// A receipt.
    ///
    /// - Parameters:
    ///   - id: The id of the order.
    ///   - outcome: What became of it.
    ///   - detail: Why.
    public init(id: String, outcome: Outcome, detail: String? = nil) {
        self.id = id
        self.outcome = outcome
        self.detail = detail
    }
}

extension MailReceipt: FrameContent {
    /// Reads a receipt.
    public init(_ members: FrameMembers) throws(FrameError) {
        self.init(
            id: try members.text("id"), outcome: try members.choice("outcome"),
            detail: try members.optionalText("detail"))
    }

    /// The receipt as an object.
    public var json: JSONObject {
        var object = JSONObject()
        object.add("id", .string(id))
        object.add("outcome", .string(outcome.rawValue))
        object.add("detail", text: detail)
        return object
    }
}
