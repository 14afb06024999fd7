public import JSON

/// One request to a website: a frame to the mailer.
public struct WebOrder: Sendable, Equatable {
    /// What is done.
    public enum Method: String, Sendable {
        /// Without content.
        case get = "GET"
        /// With content.
        case post = "POST"
    }

    /// What is done.
    public var method: Method
    /// Where, http or https.
    public var url: String
    /// The fields beside those of every request, by name.
    public var fields: [String: String]
    /// How many bytes of content are posted: an empty JSON object and white space.
    public var bodyBytes: Int
    /// Whether it goes over a connection of its own, by HTTP/1.1.
    ///
    /// There the client never sends it a second time by itself, as it does over a connection that was used
    /// before, and after `REFUSED_STREAM` in HTTP/2.
    public var isOnNewConnection: Bool

    /// A request.
    ///
    /// - Parameters:
    ///   - method: What is done.
    ///   - url: Where.
    ///   - fields: The fields beside those of every request.
    ///   - bodyBytes: How many bytes are posted, 2 or more.
    ///   - isOnNewConnection: Whether it goes over a connection of its own, by HTTP/1.1.
    public init(
        _ method: Method, _ url: String, fields: [String: String] = [:], bodyBytes: Int = 2,
        isOnNewConnection: Bool = false
    ) {
        self.method = method
        self.url = url
        self.fields = fields
        self.bodyBytes = bodyBytes
        self.isOnNewConnection = isOnNewConnection
    }
}

extension WebOrder: FrameContent {
    /// Reads an order.
    public init(_ members: FrameMembers) throws(FrameError) {
        self.init(
            try members.choice("method"), try members.text("url"),
            fields: try members.texts("fields"), bodyBytes: try members.integer("bodyBytes"),
            isOnNewConnection: try members.text("connection") == "new")
    }

    /// The order as an object.
    public var json: JSONObject {
        var object = JSONObject()
        object.add("method", .string(method.rawValue))
        object.add("url", .string(url))
        object.add("fields", .object(fields.mapValues(JSONValue.string)))
        object.add("bodyBytes", .integer(Int64(bodyBytes)))
        object.add("connection", .string(isOnNewConnection ? "new" : "any"))
        return object
    }
}
