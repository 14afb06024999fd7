package import Auth
package import HTTP

/// The session cookie, and those that go with it.
extension RequestContext {
    /// Whether cookies count for the request, and its response may set them.
    var usesCookies: Bool { foreignOrigin == nil && !ignoresCookies }

    /// The value of the session cookie; nil without one, and where two differ.
    package var sessionCookie: ArraySlice<UInt8>? {
        usesCookies ? configuration.cookie.token(in: request) : nil
    }

    /// The client of a sign-in, with the cookies of the request.
    ///
    /// - Parameter isForm: Whether a page posted the request.
    /// - Returns: The client.
    package func signInClient(isForm: Bool) -> SignInClient {
        let request = usesCookies ? request : nil
        let configuration = configuration
        return SignInClient(
            clientContext, presented: credential, sessionCookie: sessionCookie,
            trustCookie: request.flatMap(configuration.trustCookie.token),
            pendingCookie: request.flatMap(configuration.loginCookie.token), isForm: isForm)
    }

    /// Whether the request came from a trusted browser.
    package func isTrusted(as browser: TrustedBrowser) -> Bool {
        guard usesCookies, let token = configuration.trustCookie.token(in: request) else {
            return false
        }
        return browser.isNamed(by: token)
    }

    /// The device of the request's cookie; nil without one that this server made.
    var device: KnownDevice? {
        guard usesCookies else { return nil }
        return configuration.deviceCookie.token(in: request).flatMap { token in
            service.device(of: token)
        }
    }

    /// Sets the session cookie.
    ///
    /// - Parameters:
    ///   - token: Its value.
    ///   - lifetime: Seconds.
    ///   - response: The response that sets it.
    package func set(cookie token: String, lifetime: Int64, on response: inout Response) {
        set(configuration.cookie, to: token, for: lifetime, on: &response)
    }

    /// Sets the cookies of a new session: its own, that of the device it was begun on, and that of a
    /// browser that is trusted from now on.
    ///
    /// Nothing is left of the steps that led to it.
    ///
    /// - Parameters:
    ///   - signedIn: The session.
    ///   - response: The response that sets them.
    package func signIn(_ signedIn: SignedIn, on response: inout Response) {
        set(cookie: signedIn.sessionToken, lifetime: signedIn.lifetime, on: &response)
        if let device = signedIn.deviceToken { set(device: device, on: &response) }
        if let trust = signedIn.trust {
            set(configuration.trustCookie, to: trust.value, for: trust.lifetime, on: &response)
        }
        if configuration.loginCookie.credential(in: request) != nil {
            clearLoginCookie(on: &response)
        }
    }

    /// Sets the cookie without which the next step of a sign-in is refused.
    ///
    /// - Parameters:
    ///   - pending: The sign-in; without a token for its browser nothing is set.
    ///   - response: The response that sets it.
    package func set(pending: PendingSignIn, on response: inout Response) {
        guard let token = pending.browserToken else { return }
        let lifetime = max(0, pending.expiresAt.seconds - service.now.seconds)
        set(configuration.loginCookie, to: token, for: lifetime, on: &response)
    }

    /// Clears the cookie of a sign-in in steps.
    package func clearLoginCookie(on response: inout Response) {
        set(configuration.loginCookie, to: "", for: 0, on: &response)
    }

    /// Clears the session cookie.
    package func clearCookie(on response: inout Response) {
        set(cookie: "", lifetime: 0, on: &response)
    }

    /// Sets the device cookie: accounts recognise the browser from then on.
    ///
    /// - Parameters:
    ///   - token: As the domain made it.
    ///   - response: The response that sets it.
    package func set(device token: String, on response: inout Response) {
        set(configuration.deviceCookie, to: token, for: DeviceKeys.lifetime, on: &response)
    }

    private func set(
        _ cookie: SessionCookie, to token: String, for lifetime: Int64, on response: inout Response
    ) {
        guard usesCookies else { return }
        response.fields.add(
            "Set-Cookie", cookie.setCookie(token, lifetime: lifetime, isSecure: isSecure))
    }

    /// Whether the cookies of this response are for https alone.
    var isSecure: Bool { client.isSecure || service.websiteURL.isSecure }
}
