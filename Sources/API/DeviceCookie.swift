import Auth
import HTTP

extension SessionCookie {
    /// The cookie by which accounts know the device of a browser: named after this one, and sent to
    /// this host alone, since nobody else has any use for it.
    var device: SessionCookie { SessionCookie(name: "\(name)_device", sameSite: sameSite) }
}

extension RequestContext {
    /// The device that the request's cookie is of; nil for none that was made here.
    var device: KnownDevice? {
        guard foreignOrigin == nil else { return nil }
        return configuration.deviceCookie.token(in: request).flatMap { token in
            service.device(of: token)
        }
    }

    /// Has the client known as a device from now on.
    ///
    /// - Parameters:
    ///   - token: What `AuthService` gave for it.
    ///   - response: The answer that tells it.
    func set(device token: String, on response: inout Response) {
        guard foreignOrigin == nil else { return }
        response.fields.add(
            "Set-Cookie",
            configuration.deviceCookie.setCookie(
                token, lifetime: DeviceKeys.lifetime, isSecure: isSecure))
    }
}
