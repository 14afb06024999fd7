import Auth

/// An origin whose pages may use the API from scripts, as an operator writes it.
///
/// It is compared byte for byte with what browsers send, so it is taken in that one spelling alone:
/// lower case, no default port, no path (RFC 6454 §6.2).
package struct AllowedOrigin: Sendable, Equatable {
    /// The value of the Origin field of requests that its pages send.
    package let text: String

    /// Reads an https origin, or an http origin on loopback; nil for anything else.
    ///
    /// Over http, an attacker on the network could change the page that reads the responses.
    package init?(_ text: String) {
        guard let origin = Origin(text), "\(origin)" == text,
            origin.isSecure || origin.isOnThisMachine
        else { return nil }
        self.text = text
    }
}
