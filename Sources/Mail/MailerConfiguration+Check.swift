import FoundationEssentials

extension MailerConfiguration {
    /// The delivery times that can be asked for.
    public static let timeoutBounds = 1...300

    /// Checks what it says about the way mails go; `MessageWriter` checks the rest.
    ///
    /// - Throws: `.configuration` with the first member that is missing or wrong, and `.unreadable`
    ///   for a file of authorities.
    public func check() throws(MailError) {
        try Self.require(
            Self.timeoutBounds.contains(timeoutSeconds), "timeoutSeconds", "is not 1 to 300")
        switch transport {
        case .smtp:
            guard let smtp else { throw .configuration(member: "smtp", reason: "is missing") }
            try smtp.check()
        case .resend:
            guard let resend else { throw .configuration(member: "resend", reason: "is missing") }
            try resend.check()
        case .sendmail:
            let path = sendmail?.path ?? ""
            try Self.require(path.hasPrefix("/"), "sendmail.path", "is no absolute path")
        }
    }

    fileprivate static func require(
        _ isRight: Bool, _ member: String, _ reason: String
    ) throws(MailError) {
        guard isRight else { throw .configuration(member: member, reason: reason) }
    }

    fileprivate static func requireReadable(_ path: String?) throws(MailError) {
        guard let path, !FileManager.default.isReadableFile(atPath: path) else { return }
        throw .unreadable(path: path)
    }
}

extension MailerConfiguration.SMTP {
    /// Whether it is on this machine: nobody listens on the way to it.
    private var isLocal: Bool {
        host == "localhost" || host == "::1" || host.hasPrefix("127.")
    }

    fileprivate func check() throws(MailError) {
        let isLiteral = host.contains(":") && host.allSatisfy { $0.isHexDigit || ".:".contains($0) }
        let name = Array(host.replacing("_", with: "-").utf8)
        try MailerConfiguration.require(
            isLiteral || MailAddress.isDomain(name[...]), "smtp.host", "is no name or IP address")
        try MailerConfiguration.require(
            (1...65_535).contains(port), "smtp.port", "is not 1 to 65535")
        try MailerConfiguration.require(
            (username == nil) == (password == nil), "smtp.username",
            "and smtp.password need each other")
        try MailerConfiguration.require(
            [username, password].allSatisfy { $0?.utf8.contains(0) != true },
            "smtp.password", "holds a NUL")
        try MailerConfiguration.require(
            security != .none || username == nil || isLocal, "smtp.security",
            "none would send the password in clear text")
        try MailerConfiguration.requireReadable(caFile)
    }
}

extension MailerConfiguration.Resend {
    fileprivate func check() throws(MailError) {
        let parts = URLComponents(string: url)
        try MailerConfiguration.require(
            parts?.scheme == "https" && parts?.host?.isEmpty == false && parts?.user == nil,
            "resend.url", "is no https address")
        try MailerConfiguration.require(
            !apiKey.isEmpty && apiKey.utf8.allSatisfy { (0x21...0x7E).contains($0) },
            "resend.apiKey", "is no key")
        try MailerConfiguration.requireReadable(caFile)
    }
}
