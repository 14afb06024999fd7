import HTTP
import Web

extension Request {
    /// A page with the query of this request, unless that is too long to lead anywhere: proxies limit the
    /// head of a response.
    func address(of path: String) -> String {
        guard let query, query.count <= ReturnOrigins.maximumAddressBytes
        else { return path }
        return "\(path)?\(String(decoding: query, as: UTF8.self))"
    }
}
