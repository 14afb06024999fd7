import Auth
import HTTP

/// Requests that a page of another site made the browser send are refused.
extension RequestContext {
    /// Refuses an unsafe request without a Bearer token that a page of another site may have made the
    /// browser send, with the victim's cookie or to plant another one.
    ///
    /// A form is what such a page can send without a script, so a form has to say where it comes from;
    /// one whose proof is in itself need not, and no cookie counts for it then.
    ///
    /// - Parameter rules: Of the route.
    /// - Throws: `crossOrigin`; for a form whose proof is looked for, as `RequestBody.init(_:)`.
    mutating func refuseCrossOrigin(by rules: RouteRules) throws(RequestError) {
        guard !request.method.isSafe, !rules.traits.contains(.forwardAuth), bearerToken == nil
        else { return }
        let type = MediaType(request.single(.contentType))
        guard CrossOrigin.allows(request, website: service.websiteURL) else {
            // A page cannot send JSON to another origin without a preflight.
            guard foreignOrigin != nil, type == .json else { throw .crossOrigin }
            return
        }
        guard type == .form || hasTypeOfOtherForms, !CrossOrigin.isDeclared(request),
            !rules.traits.contains(.withoutCookies)
        else { return }
        guard try hasProofInForm(rules) else { throw .crossOrigin }
        ignoresCookies = true
    }

    /// Whether the body, which may be empty, has one of the other types that a form can have (WHATWG HTML
    /// §4.10.19.6, enctype).
    private var hasTypeOfOtherForms: Bool {
        guard
            let type = request[.contentType]?.prefix(while: { $0 != UInt8(ascii: ";") }).trimmingOWS
        else { return false }
        return ["text/plain", "multipart/form-data"].contains { type.equalsIgnoringCase($0) }
    }

    /// Whether the form proves by itself that it may do what it asks for.
    private func hasProofInForm(_ rules: RouteRules) throws(RequestError) -> Bool {
        guard rules.traits.contains(.proofInForm) else { return false }
        guard MediaType(request.single(.contentType)) == .form else { return false }
        let form = try RequestBody(request)
        // Where a credential may take the place of the password, the token alone is half of the proof.
        return form.has("token")
            && (rules.access != .optionalCredentials || form.has("password"))
    }

    /// Refuses a GET that changes something and that no person requested: a prefetch, or an image on
    /// another site.
    ///
    /// - Throws: `prefetch`, `crossOrigin`.
    package func refuseUnwantedGET() throws(RequestError) {
        let purposes = request.values(of: .secPurpose)
        guard !purposes.contains(where: { $0.prefix(8).equalsIgnoringCase("prefetch") }) else {
            throw .prefetch
        }
        let isNavigation = request[.secFetchMode]?.equals("navigate") ?? false
        guard isNavigation || CrossOrigin.allows(request, website: service.websiteURL) else {
            throw .crossOrigin
        }
    }
}
