import Auth
import HTTP
import Web

/// Where an unauthenticated browser is redirected, and where it may return to.
package struct LoginPage: Sendable, Equatable {
    private let url: String
    private let origins: [ReturnOrigin]

    /// Of a longer address only the origin is passed on: proxies limit the head of a response, nginx to
    /// 4 KiB.
    private static let maximumReturnBytes = 2_048

    /// A login page.
    ///
    /// - Parameters:
    ///   - url: A path of the public site, or a whole URL.
    ///   - origins: Where a browser may return to, beside the public site.
    package init(url: String, origins: [ReturnOrigin]) {
        self.url = url
        self.origins = origins
    }

    /// The page, with the return address of the browser if that is allow-listed.
    ///
    /// The return address is made of the parsed origin, which is one of a list, and never of what a
    /// client wrote as a host (open redirect, CWE-601). One that
    /// is too long leads to the root of its origin.
    ///
    /// - Parameters:
    ///   - original: What the browser requested.
    ///   - website: The public site.
    /// - Returns: The value of a Location field.
    func location(from original: OriginalRequest, website: Origin) -> String {
        let page = url.hasPrefix("/") ? "\(website)\(url)" : url
        guard let origin = original.origin, original.path.first == UInt8(ascii: "/"),
            origin == website || origins.contains(where: { $0.includes(origin) }),
            original.path.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return page }
        var address: [UInt8] = []
        PercentEncoding.append("\(origin)".utf8, to: &address)
        let originEnd = address.count
        PercentEncoding.append(original.path, to: &address)
        if let query = original.query {
            PercentEncoding.append("?".utf8, to: &address)
            PercentEncoding.append(query, to: &address)
        }
        if address.count > Self.maximumReturnBytes {
            address.removeSubrange(originEnd...)
            PercentEncoding.append("/".utf8, to: &address)
            // No name is as long as that.
            guard address.count <= Self.maximumReturnBytes else { return page }
        }
        let separator = page.contains("?") ? "&" : "?"
        return "\(page)\(separator)return_to=\(String(decoding: address, as: UTF8.self))"
    }
}
