import Auth
import HTTP
import Web

/// Where a browser that has to sign in is sent, and from where it may come back.
package struct LoginPage: Sendable, Equatable {
    private let url: String
    private let origins: [ReturnOrigin]

    /// Of an address that is longer than this the origin alone is handed on: proxies have a bound for
    /// the head of an answer, nginx 4 KiB.
    private static let maximumReturnBytes = 2_048

    /// A page from its parts.
    ///
    /// - Parameters:
    ///   - url: A path of the public site, or a whole URL.
    ///   - origins: Where one may be sent back to, beside the public site.
    package init(url: String, origins: [ReturnOrigin]) {
        self.url = url
        self.origins = origins
    }

    /// The page, told where the browser came from if it may go back there.
    ///
    /// The return address is made of the parsed origin, which is one of a list, and never of what a
    /// client wrote as a host: nobody is lured anywhere through us (open redirect, CWE-601). One that
    /// is too long leads to the root of its origin.
    ///
    /// - Parameters:
    ///   - original: What the browser asked for.
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
