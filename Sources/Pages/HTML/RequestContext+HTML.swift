import Crypto
import HTTP
import Web

extension RequestContext {
    /// A response with a page.
    func html(_ page: HTMLPage) -> Response {
        Response(status: .ok, fields: HTMLPage.fields(id: id), body: page.encoded)
    }
}

extension HTMLPage {
    /// The field lines of every page.
    static func fields(id: RequestID) -> FieldLines {
        var fields = FieldLines()
        fields.add("Content-Type", "text/html; charset=utf-8")
        fields.add("Cache-Control", "no-store")
        fields.add("X-Content-Type-Options", "nosniff")
        // Not no-referrer: with it browsers post the form from the Origin null, which is refused.
        fields.add("Referrer-Policy", "same-origin")
        fields.add("Content-Security-Policy", policy)
        fields.add("X-Request-Id") { id.append(to: &$0) }
        return fields
    }

    private static let policy =
        "default-src 'none'; style-src 'sha256-"
        + Base64URL.encode(SHA256.digest(HTMLPage.style.utf8).bytes)
        + "='; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
}
