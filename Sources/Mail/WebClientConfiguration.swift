public import JSON

/// Makes the mailer a client of one website instead: the first frame, in place of a
/// `MailerConfiguration`.
///
/// `lunauth doctor` examines the proxy so, and links no TLS itself.
public struct WebClientConfiguration: Sendable, Equatable {
    /// The address that is connected to instead of the one that a name leads to, with the port of the
    /// URL.
    public var address: String?
    /// A PEM file of the authorities that are trusted instead of the system's.
    public var caFile: String?
    /// How long one request may take.
    public var timeoutSeconds: Int

    /// A configuration.
    ///
    /// - Parameters:
    ///   - address: The address that is connected to.
    ///   - caFile: A PEM file of authorities.
    ///   - timeoutSeconds: How long one request may take.
    public init(address: String? = nil, caFile: String? = nil, timeoutSeconds: Int) {
        self.address = address
        self.caFile = caFile
        self.timeoutSeconds = timeoutSeconds
    }
}

extension WebClientConfiguration: FrameContent {
    /// Reads a configuration.
    public init(_ members: FrameMembers) throws(FrameError) {
        self.init(
            address: try members.optionalText("address"),
            caFile: try members.optionalText("caFile"),
            timeoutSeconds: try members.integer("timeoutSeconds"))
    }

    /// The configuration as an object.
    public var json: JSONObject {
        var object = JSONObject()
        object.add("address", text: address)
        object.add("caFile", text: caFile)
        object.add("timeoutSeconds", .integer(Int64(timeoutSeconds)))
        return object
    }
}

/// The first frame to the mailer: what it is to do.
public enum MailerOpening: Sendable, Equatable {
    /// To send mails.
    case mails(MailerConfiguration)
    /// To send requests to a website.
    case web(WebClientConfiguration)
}

extension MailerOpening: FrameContent {
    /// Reads either; a configuration for mails stands for itself.
    public init(_ members: FrameMembers) throws(FrameError) {
        if let web = try members.optional("web", as: WebClientConfiguration.self) {
            self = .web(web)
        } else {
            self = .mails(try MailerConfiguration(members))
        }
    }

    /// The opening as an object.
    public var json: JSONObject {
        switch self {
        case .mails(let configuration): return configuration.json
        case .web(let configuration):
            var object = JSONObject()
            object.add("web", value: configuration)
            return object
        }
    }
}
