import Auth
import Bytes
import HTTP
import Web

/// Where a browser is redirected that a protected application does not admit, and the address to return
/// to.
struct BrowserRedirect {
    /// What the browser requested.
    let original: OriginalRequest
    /// The public site.
    let website: Origin
    /// Where browsers may return to.
    let origins: ReturnOrigins

    /// To the page where a person signs in.
    ///
    /// - Parameter page: A path of the public site, or a whole URL.
    /// - Returns: The value of a Location field.
    func toLogin(_ page: String) -> String {
        let page = page.hasPrefix("/") ? "\(website)\(page)" : page
        let parameters = returnAddress.map { ["return_to=\($0)"] } ?? []
        return Self.address(page, parameters)
    }

    /// To the page that says what is missing to a person who is signed in.
    ///
    /// - Parameter query: What the application requires; the page shows the role and the tier.
    /// - Returns: The value of a Location field.
    func toDenied(_ query: VerifyQuery) -> String {
        let requirement = query.requirement(of: original)
        var parameters = ["role=\(requirement.role.rawValue)", "tier=\(requirement.tier.rawValue)"]
        if let returnAddress { parameters.append("return_to=\(returnAddress)") }
        return Self.address("\(website)/auth/denied", parameters)
    }

    /// To the page where a person who is signed in proves a second factor, or adds one.
    ///
    /// - Returns: The value of a Location field.
    func toProof() -> String {
        Self.address(
            "\(website)/auth/reauthenticate", returnAddress.map { ["return_to=\($0)"] } ?? [])
    }

    private static func address(_ page: String, _ parameters: [String]) -> String {
        guard !parameters.isEmpty else { return page }
        return page + (page.contains("?") ? "&" : "?") + parameters.joined(separator: "&")
    }

    /// The requested address, percent-encoded; nil where it is not allow-listed.
    ///
    /// It is made of the parsed origin, which is one of a list, and never of what a client wrote as a
    /// host (open redirect, CWE-601). One that is too long leads to the root of its origin.
    private var returnAddress: String? {
        guard let origin = original.origin, original.path.first == UInt8(ascii: "/"),
            origins.allows(origin, website: website),
            original.path.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return nil }
        var address: [UInt8] = []
        PercentEncoding.append("\(origin)".utf8, to: &address)
        let originEnd = address.count
        PercentEncoding.append(original.path, to: &address)
        if let query = original.query {
            PercentEncoding.append("?".utf8, to: &address)
            PercentEncoding.append(query, to: &address)
        }
        if address.count > ReturnOrigins.maximumAddressBytes {
            address.removeSubrange(originEnd...)
            PercentEncoding.append("/".utf8, to: &address)
            // No name is as long as that.
            guard address.count <= ReturnOrigins.maximumAddressBytes else { return nil }
        }
        return String(decoding: address, as: UTF8.self)
    }
}
