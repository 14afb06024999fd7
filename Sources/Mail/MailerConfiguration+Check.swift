import Glibc

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
        var status = stat()
        let isThere = stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFDIR
        try require(isThere, member, "names no program")
        try require(access(path, X_OK) == 0, member, "names a file that cannot be executed")
    }

    fileprivate static func requireReadable(_ path: String?) throws(MailError) {
        guard let path, access(path, R_OK) != 0 else { return }
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
    /// Whether the URL is https, with a host and without user information.
    private var isHTTPS: Bool {
        let scheme = "https://"
        guard url.hasPrefix(scheme), url.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            return false
        }
        let authority = url.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
        return !authority.isEmpty && !authority.hasPrefix(":") && !authority.contains("@")
    }

    fileprivate func check() throws(MailError) {
        try MailerConfiguration.require(
            isHTTPS, "resend.url", "is no https address")
        try MailerConfiguration.require(
            !apiKey.isEmpty && apiKey.utf8.allSatisfy { (0x21...0x7E).contains($0) },
            "resend.apiKey", "is no key")
        try MailerConfiguration.requireReadable(caFile)
    }
}
