import Auth
import HTTP

extension Endpoints {
    /// `POST /auth/setup`: makes the owner; once.
    static func setup(_ exchange: Exchange) throws(Problem) -> Answer {
        try exchange.domain { service throws(AuthError) in try service.requireNotSetUp() }
        try requireLicence(exchange)
        let body = try RequestBody(exchange.request)
        var request = SetupRequest()
        request.type = body.text("type")
        request.username = body.text("username")
        request.email = body.text("email")
        request.password = body.text("password")
        request.databaseType = body.text("databaseType")
        request.databaseName = body.text("databaseName")
        request.websiteURL = body.text("websiteUrl")
        request.migrationType = body.text("migrationType")
        request.retentionPeriod = body.text("retentionPeriod")
        let wanted = request
        let signedIn = try exchange.domain { service throws(AuthError) in
            try service.setUp(wanted, from: exchange.clientContext)
        }
        return Answer(exchange.session(.created, signedIn), account: signedIn.account.id)
    }

    /// A client of this machine that addressed it as such, or whoever shows the code.
    ///
    /// The Host is checked against a page that resolves its own name to 127.0.0.1 (DNS rebinding).
    private static func requireLicence(_ exchange: Exchange) throws(Problem) {
        if exchange.client.isLoopback && isOwnHost(exchange) { return }
        let codes = exchange.request.values(of: .xSetupCode)
        guard !codes.isEmpty else { throw .domain(.setupCodeRequired(.setupCodeMissing)) }
        guard codes.count == 1, exchange.configuration.setupCode.matches(codes[0]) else {
            throw .domain(.setupCodeRequired(.setupCodeWrong))
        }
    }

    private static func isOwnHost(_ exchange: Exchange) -> Bool {
        guard let authority = exchange.request.authority,
            let host = Origin(authority: authority, isSecure: false)?.host
        else { return false }
        let literal = host.utf8.filter { $0 != UInt8(ascii: "[") && $0 != UInt8(ascii: "]") }
        return host == "localhost" || IPAddress(parsing: literal) != nil
            || host == exchange.service.websiteURL.host
    }
}
