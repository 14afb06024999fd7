public import JSON

/// What became of a request to a website: a frame from the mailer.
public struct WebReceipt: Sendable, Equatable {
    /// The fields that are reported, in lower case.
    public static let reportedFields: Set<String> = ["location", "set-cookie"]

    /// The status of the response; nil where there was none.
    public var status: Int?
    /// The beginning of its content, at most 4 KiB.
    public var body: String
    /// Those of its fields that are reported, by their names in lower case; of several lines of one name
    /// each is on a line of its own.
    public var fields: [String: String]
    /// The version of HTTP: `2` or `1.1`; nil without a response.
    public var version: String?
    /// The address from which this machine connected.
    public var localAddress: String?
    /// Why there was no response: one line for the operator.
    public var detail: String?

    /// A receipt.
    ///
    /// - Parameters:
    ///   - status: The status of the response.
    ///   - body: The beginning of its content.
    ///   - fields: Its fields.
    ///   - version: The version of HTTP.
    ///   - localAddress: The address from which this machine connected.
    ///   - detail: Why there was no response.
    public init(
        status: Int?, body: String = "", fields: [String: String] = [:], version: String? = nil,
        localAddress: String? = nil, detail: String? = nil
    ) {
        self.status = status
        self.body = body
        self.fields = fields
        self.version = version
        self.localAddress = localAddress
        self.detail = detail
    }
}

extension WebReceipt: FrameContent {
    /// Reads a receipt.
    public init(_ members: FrameMembers) throws(FrameError) {
        let status: Int = try members.integer("status")
        self.init(
            status: status == 0 ? nil : status, body: try members.text("body"),
            fields: try members.texts("fields"), version: try members.optionalText("version"),
            localAddress: try members.optionalText("localAddress"),
            detail: try members.optionalText("detail"))
    }

    /// The receipt as an object.
    public var json: JSONObject {
        var object = JSONObject()
        object.add("status", .integer(Int64(status ?? 0)))
        object.add("body", .string(body))
        object.add("fields", .object(fields.mapValues(JSONValue.string)))
        object.add("version", text: version)
        object.add("localAddress", text: localAddress)
        object.add("detail", text: detail)
        return object
    }
}
