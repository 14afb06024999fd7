/// Whether passkeys can be used on this site: a browser binds each to a domain (WebAuthn Level 3, RP ID).
public enum PasskeyAvailability: Sendable, Equatable {
    /// They can, and are bound to this domain.
    case available(rpID: String)
    /// They cannot.
    case unavailable(Obstacle)

    /// Why passkeys cannot be used.
    public enum Obstacle: Sendable, Equatable {
        /// The host of the website is an IP address, which is no domain.
        case address
        /// The website is neither https nor localhost: browsers have no passkeys there.
        case insecure
        /// The website is not within the domain that the configuration names.
        case otherDomain
    }

    /// Determines the availability.
    ///
    /// - Parameters:
    ///   - website: The public origin of the site.
    ///   - domain: The configured domain; nil for the host of the site.
    public init(of website: Origin, boundTo domain: String?) {
        let rpID = domain ?? website.host
        if website.isAddress {
            self = .unavailable(.address)
        } else if !website.isWithin(domain: rpID) {
            self = .unavailable(.otherDomain)
        } else if !website.isSecure && !website.isWithin(domain: "localhost") {
            self = .unavailable(.insecure)
        } else {
            self = .available(rpID: rpID)
        }
    }

    /// Whether they can be used.
    public var isAvailable: Bool { rpID != nil }

    /// The domain that they are bound to; nil where they cannot be used.
    public var rpID: String? {
        guard case .available(let rpID) = self else { return nil }
        return rpID
    }
}

extension Origin {
    /// Whether the host is an IP address: an IPv6 literal, or a name that URLs read as IPv4, since its last
    /// label is a number (WHATWG URL §3.5).
    fileprivate var isAddress: Bool {
        guard !host.hasPrefix("["), let last = host.split(separator: ".").last else { return true }
        let digits = last.hasPrefix("0x") ? last.dropFirst(2) : last
        let isHexadecimal = last.hasPrefix("0x")
        return digits.utf8.allSatisfy { byte in
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || isHexadecimal && (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
        }
    }
}

extension AuthContext {
    /// Whether passkeys can be used on this site.
    var passkeyAvailability: PasskeyAvailability {
        PasskeyAvailability(of: websiteURL, boundTo: rules.passkeyRelyingPartyID)
    }

    /// Whether a passkey may be named as a way to prove who one is.
    var offersPasskeys: Bool { passkeyAvailability.isAvailable }

    /// The domain that passkeys are bound to.
    ///
    /// - Throws: `passkeysUnavailable` where they cannot be used.
    func requirePasskeys() throws(AuthError) -> String {
        guard let rpID = passkeyAvailability.rpID else { throw .passkeysUnavailable }
        return rpID
    }
}
