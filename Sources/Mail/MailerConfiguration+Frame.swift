public import JSON

extension MailerConfiguration: FrameContent {
    /// Reads a configuration.
    public init(_ members: FrameMembers) throws(FrameError) {
        guard let from = try members.optional("from", as: Sender.self) else { throw .malformed }
        self.init(
            transport: try members.choice("transport"), from: from,
            replyTo: try members.optional("replyTo"), website: try members.text("website"),
            templates: try members.optionalText("templates"),
            timeoutSeconds: try members.integer("timeoutSeconds"),
            smtp: try members.optional("smtp"), resend: try members.optional("resend"),
            sendmail: try members.optional("sendmail"))
        triesServer = try members.flag("triesServer")
    }

    /// The configuration as an object.
    public var json: JSONObject {
        var object = JSONObject()
        object.add("transport", .string(transport.rawValue))
        object.add("from", from.json)
        object.add("replyTo", value: replyTo)
        object.add("website", .string(website))
        object.add("templates", text: templates)
        object.add("timeoutSeconds", .integer(Int64(timeoutSeconds)))
        object.add("smtp", value: smtp)
        object.add("resend", value: resend)
        object.add("sendmail", value: sendmail)
        if triesServer { object.add("triesServer", .bool(true)) }
        return object
    }
}

extension MailerConfiguration.Sender: FrameContent {
    /// Reads a sender.
    public init(_ members: FrameMembers) throws(FrameError) {
        self.init(name: try members.optionalText("name"), address: try members.text("address"))
    }

    /// The sender as an object.
    public var json: JSONObject {
        var object = JSONObject()
        object.add("name", text: name)
        object.add("address", .string(address))
        return object
    }
}

extension MailerConfiguration.SMTP: FrameContent {
    /// Reads a mail server.
    public init(_ members: FrameMembers) throws(FrameError) {
        self.init(
            host: try members.text("host"), port: try members.integer("port"),
            security: try members.choice("security"),
            username: try members.optionalText("username"),
            password: try members.optionalText("password"),
            caFile: try members.optionalText("caFile"))
    }

    /// The mail server as an object.
    public var json: JSONObject {
        var object = JSONObject()
        object.add("host", .string(host))
        object.add("port", .integer(Int64(port)))
        object.add("security", .string(security.rawValue))
        object.add("username", text: username)
        object.add("password", text: password)
        object.add("caFile", text: caFile)
        return object
    }
}

extension MailerConfiguration.Resend: FrameContent {
    /// Reads an account.
    public init(_ members: FrameMembers) throws(FrameError) {
        self.init(
            url: try members.text("url"), apiKey: try members.text("apiKey"),
            caFile: try members.optionalText("caFile"))
    }

    /// The account as an object.
    public var json: JSONObject {
        var object = JSONObject()
        object.add("url", .string(url))
        object.add("apiKey", .string(apiKey))
        object.add("caFile", text: caFile)
        return object
    }
}

extension MailerConfiguration.Sendmail: FrameContent {
    /// Reads a program.
    public init(_ members: FrameMembers) throws(FrameError) {
        self.init(path: try members.text("path"))
    }

    /// The program as an object.
    public var json: JSONObject {
        var object = JSONObject()
        object.add("path", .string(path))
        return object
    }
}
