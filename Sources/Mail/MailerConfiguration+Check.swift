import FoundationEssentials

extension MailerConfiguration {
    /// The delivery times that can be asked for.
    public static let timeoutBounds = 1...300

    /// Checks the transport; `MessageWriter` checks the rest.
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
            try Self.requireProgram(sendmail?.path ?? "", "sendmail.path")
        }
    }

    fileprivate static func require(
        _ isRight: Bool, _ member: String, _ reason: String
    ) throws(MailError) {
        guard isRight else { throw .configuration(member: member, reason: reason) }
    }

    /// A missing program would delay every mail for as long as it is tried.
    private static func requireProgram(_ path: String, _ member: String) throws(MailError) {
        try require(path.hasPrefix("/"), member, "is no absolute path")
        var isDirectory = false
        let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
        try require(isThere && !isDirectory, member, "names no program")
        try require(
            FileManager.default.isExecutableFile(atPath: path), member,
            "names a file that cannot be executed")
    }

    fileprivate static func requireReadable(_ path: String?) throws(MailError) {
        guard let path, !FileManager.default.isReadableFile(atPath: path) else { return }
        throw .unreadable(path: path)
    }
}

extension MailerConfiguration.SMTP {
    /// Whether it is on this machine: no other listens on the way to it.
    private var isLocal: Bool {
        let numbers: [UInt8?] = host.split(separator: ".", omittingEmptySubsequences: false)
            .map { UInt8($0) }
        let isLoopback = numbers.count == 4 && numbers.first == 127 && !numbers.contains(nil)
        return host == "localhost" || host == "::1" || isLoopback
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
            security != .none || isLocal, "smtp.security",
            "none would send links and passwords in clear text to another machine")
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
