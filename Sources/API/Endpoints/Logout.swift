import Auth
import HTTP

extension Endpoints {
    /// `GET` or `POST /auth/logout`: ends the sessions the request shows and clears the cookie, also
    /// when nobody was signed in.
    static func logout(_ context: RequestContext) throws(APIError) -> EndpointResult {
        let request = context.request
        if request.method == .get { try refuseUnwantedGet(context) }
        let credentials = [
            context.bearerToken.map(PresentedCredential.bearer),
            context.sessionCookie.map(PresentedCredential.cookie),
        ].compactMap(\.self)
        try context.domain { service throws(AuthError) in try service.logout(credentials) }

        var response = context.done()
        if Accept.prefersHTML(request) {
            response.status = .found
            response.fields.add("Location", context.configuration.logoutRedirect)
        }
        context.clearCookie(on: &response)
        if let value = context.configuration.clearSiteData {
            response.fields.add("Clear-Site-Data", value)
        }
        return EndpointResult(response)
    }

    /// A link may sign somebody out, but neither a prefetch nor an image on another site.
    private static func refuseUnwantedGet(_ context: RequestContext) throws(APIError) {
        let request = context.request
        let purposes = request.values(of: .secPurpose)
        guard !purposes.contains(where: { $0.prefix(8).equalsIgnoringCase("prefetch") }) else {
            throw .prefetch
        }
        let isNavigation = request[.secFetchMode]?.elementsEqual("navigate".utf8) ?? false
        guard
            isNavigation
                || CrossOrigin.allows(request, website: context.service.websiteURL)
        else { throw .crossOrigin }
    }
}
