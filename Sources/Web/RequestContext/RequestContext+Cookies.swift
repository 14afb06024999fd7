package import Auth
package import HTTP

/// The session cookie and the device cookie.
extension RequestContext {
    /// Whether cookies count for the request, and its response may set them.
    var usesCookies: Bool { foreignOrigin == nil && !ignoresCookies }

    /// The value of the session cookie; nil without one, and where two differ.
    package var sessionCookie: ArraySlice<UInt8>? {
        usesCookies ? configuration.cookie.token(in: request) : nil
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
        guard usesCookies else { return }
        response.fields.add(
            "Set-Cookie",
            configuration.cookie.setCookie(token, lifetime: lifetime, isSecure: isSecure))
    }

    /// Sets the cookies of a new session, and of the device it was begun on.
    ///
    /// - Parameters:
    ///   - signedIn: The session.
    ///   - response: The response that sets them.
    package func signIn(_ signedIn: SignedIn, on response: inout Response) {
        set(cookie: signedIn.sessionToken, lifetime: signedIn.lifetime, on: &response)
        set(device: signedIn.deviceToken, on: &response)
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
        guard usesCookies else { return }
        response.fields.add(
            "Set-Cookie",
            configuration.deviceCookie.setCookie(
                token, lifetime: DeviceKeys.lifetime, isSecure: isSecure))
    }

    /// Whether the cookies of this response are for https alone.
    private var isSecure: Bool { client.isSecure || service.websiteURL.isSecure }
}
