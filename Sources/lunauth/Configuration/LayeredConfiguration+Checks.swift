import Auth
import JSON
import Web

/// The rules that are about several values, or about their sources.
extension LayeredConfiguration {
    /// The values, once every source has been applied.
    ///
    /// - Parameter sendsMail: Whether the secrets of the mail transport have to be there: a command
    ///   sends nothing, and may not be given what systemd gives to the service alone.
    /// - Returns: A configuration that keeps every rule.
    /// - Throws: `needsHTTPS` for a cookie that browsers refuse from a `websiteUrl` with http;
    ///   `missing` for what another value makes necessary,
    ///   `wrongValue` for one that they refuse for its domain, and for a host that they bind no passkey
    ///   of the site to.
    func checked(sendsMail: Bool = true) throws(ConfigurationError) -> Configuration {
        let problems =
            cookieDomainProblems + relyingPartyProblems + insecureCookieProblems
            + missingProblems(sendsMail: sendsMail)
        guard problems.isEmpty else { throw ConfigurationError(problems: problems) }
        return values
    }

    private var insecureCookieProblems: [ConfigurationError.Problem] {
        let isSecureOnly = [
            "session.cookieName": SessionCookie.needsSecure(name: values.session.cookieName),
            "session.sameSite": values.session.sameSite == .none,
        ]
        guard !values.websiteURL.isSecure else { return [] }
        return ConfigurationKey.all.filter { isSecureOnly[$0.path] == true }.map { key in
            .needsHTTPS(
                key: key.path, source: source(of: key), found: key.text(values),
                website: "\(values.websiteURL)")
        }
    }

    private var cookieDomainProblems: [ConfigurationError.Problem] {
        let (domain, name) = (values.session.cookieDomain, values.session.cookieName)
        guard !domain.isEmpty else { return [] }
        var expected: [String] = []
        if !values.websiteURL.isWithin(domain: domain) {
            expected.append("the host of websiteUrl (\(values.websiteURL)) or a domain above it")
        }
        if let problem = publicSuffixProblem(domain) { expected.append(problem) }
        if SessionCookie.refusesDomain(name: name) {
            expected.append(
                "\"\" beside session.cookieName \(name), which browsers share with no host")
        }
        return expected.map { wrong("session.cookieDomain", domain, expected: $0) }
    }

    /// Browsers take the host of the page, and every domain above it that is registered (WebAuthn
    /// Level 3 §13.4.9).
    private var relyingPartyProblems: [ConfigurationError.Problem] {
        let (host, website) = (values.passkeys.rpID, values.websiteURL)
        guard !host.isEmpty, host != website.host else { return [] }
        let expected =
            website.isWithin(domain: host)
            ? publicSuffixProblem(host)
            : "the host of websiteUrl (\(website)) or a domain above it"
        return expected.map { [wrong("passkeys.rpId", host, expected: $0)] } ?? []
    }

    /// What is expected in the place of a domain below which others have hosts; nil for one's own.
    ///
    /// A suffix may be below a domain that is none: `s3.amazonaws.com` is one, `amazonaws.com` is not.
    private func publicSuffixProblem(_ domain: String) -> String? {
        let suffixes = values.websiteURL.domains(upTo: domain).map(PublicSuffix.contains)
        if suffixes.contains(nil) {
            return "\"\" without a list of public suffixes: install publicsuffix"
        }
        return suffixes.contains(true)
            ? "a domain of your own: below this one others have hosts, too (publicsuffix.org)" : nil
    }

    private func wrong(
        _ path: String, _ domain: String, expected: String
    ) -> ConfigurationError.Problem {
        wrong(path, .string(domain), from: sources[path] ?? .standard, expected: expected)
    }

    private func missingProblems(sendsMail: Bool) -> [ConfigurationError.Problem] {
        let secrets = ConfigurationKey.all.filter(\.isSecret).map(\.path)
        let missing = values.mail.missingKeys.filter { sendsMail || !secrets.contains($0) }
        return missing.map { key in
            .missing(key: key, because: "mail.transport is \(values.mail.transport.rawValue)")
        }
    }
}

extension Origin {
    /// The host and the domains above it, up to one of them; that one alone where it is none of them.
    fileprivate func domains(upTo domain: String) -> [String] {
        guard isWithin(domain: domain) else { return [domain] }
        let labels = host.split(separator: ".")
        let above = labels.count - domain.split(separator: ".").count
        return (0...above).map { labels.dropFirst($0).joined(separator: ".") }
    }
}
