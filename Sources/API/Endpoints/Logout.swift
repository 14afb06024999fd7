import Auth
import HTTP

extension Endpoints {
    /// `GET` or `POST /auth/logout`: ends the sessions the request shows and clears the cookie, also
    /// when nobody was signed in.
    static func logout(_ exchange: Exchange) throws(Problem) -> Answer {
        let request = exchange.request
        if request.method == .get { try refuseUnwantedGet(exchange) }
        let credentials = [
            exchange.bearerToken.map(PresentedCredential.bearer),
            exchange.sessionCookie.map(PresentedCredential.cookie),
        ].compactMap(\.self)
        try exchange.domain { service throws(AuthError) in try service.logout(credentials) }

        var response = exchange.done()
        if Accept.prefersHTML(request) {
            response.status = .found
            response.fields.add("Location", exchange.configuration.logoutRedirect)
        }
        exchange.clearCookie(on: &response)
        if let value = exchange.configuration.clearSiteData {
            response.fields.add("Clear-Site-Data", value)
        }
        return Answer(response)
    }

    /// A link may sign somebody out, but neither a prefetch nor an image on another site.
    private static func refuseUnwantedGet(_ exchange: Exchange) throws(Problem) {
        let request = exchange.request
        let purposes = request.values(of: .secPurpose)
        guard !purposes.contains(where: { $0.prefix(8).equalsIgnoringCase("prefetch") }) else {
            throw .prefetch
        }
        let isNavigation = request[.secFetchMode]?.elementsEqual("navigate".utf8) ?? false
        guard
            isNavigation
                || CrossOrigin.allows(request, website: exchange.service.websiteURL)
        else { throw .crossOrigin }
    }
}
