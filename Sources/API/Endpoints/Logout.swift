import Auth
import HTTP
import Web

extension Endpoints {
    /// `GET` or `POST /auth/logout`: ends the sessions the request shows and clears the cookie, also
    /// when nobody was signed in.
    static func logout(
        _ context: RequestContext, _ configuration: APIConfiguration
    ) throws(RequestError) -> EndpointResult {
        let request = context.request
        if request.method == .get { try refuseUnwantedGet(context) }
        let credentials = [
            context.bearerToken.map(PresentedCredential.bearer),
            context.sessionCookie.map(PresentedCredential.cookie),
        ].compactMap(\.self)
        try context.domain { service throws(AuthError) in try service.signIn.logout(credentials) }

        var response = context.success()
        if Accept.prefersHTML(request) {
            response.status = .found
            response.fields.add("Location", configuration.logoutRedirect)
        }
        context.clearCookie(on: &response)
        if let value = configuration.clearSiteData {
            response.fields.add("Clear-Site-Data", value)
        }
        return EndpointResult(response)
    }

    /// A link may sign somebody out, but neither a prefetch nor an image on another site.
    private static func refuseUnwantedGet(_ context: RequestContext) throws(RequestError) {
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
