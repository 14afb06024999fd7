import Auth
import Crypto
import HTTP
import Web

extension PageContext {
    /// A response with a document.
    ///
    /// - Parameters:
    ///   - status: Its status.
    ///   - document: The `html` element.
    ///   - targets: Other origins where its forms lead after a redirect: browsers apply `form-action`
    ///     to each redirect of a form (CSP Level 3 §6.4.1).
    ///   - usesPasskeys: Whether its script asks this server for what a passkey signs.
    /// - Returns: The response with the fields of every page.
    func response(
        _ status: Status, _ document: HTML, formsLeadTo targets: [Origin] = [],
        usesPasskeys: Bool = false
    ) -> Response {
        Response(
            status: status, fields: fields(formsLeadTo: targets, usesPasskeys: usesPasskeys),
            body: document.document)
    }

    /// A redirect that the browser follows by GET (RFC 9110 §15.4.4): what follows a form.
    func seeOther(_ location: String) -> Response {
        var response = request.empty(.seeOther)
        response.fields.add("Location", location)
        return response
    }

    /// The field lines of every page.
    func fields(formsLeadTo targets: [Origin] = [], usesPasskeys: Bool = false) -> FieldLines {
        var fields = Self.commonFields.addingCapacity(320)
        let targets = configuration.formTargets + targets
        fields.add(
            "Content-Security-Policy",
            targets.isEmpty && !usesPasskeys
                ? Self.ownPolicy : Self.policy(formsLeadTo: targets, usesPasskeys: usesPasskeys))
        fields.add("X-Request-Id", capacity: request.id.capacity) { request.id.append(to: &$0) }
        return fields
    }

    private static let commonFields = {
        var fields = FieldLines()
        fields.add("Content-Type", "text/html; charset=utf-8")
        fields.add("Cache-Control", "no-store")
        fields.add("X-Content-Type-Options", "nosniff")
        // Not no-referrer: with it browsers post the form from the Origin null, which is refused.
        fields.add("Referrer-Policy", "same-origin")
        fields.add("Cross-Origin-Opener-Policy", "same-origin")
        fields.add(
            "Permissions-Policy",
            "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=(), "
                + "publickey-credentials-create=(self), publickey-credentials-get=(self)")
        return fields
    }()

    private static let ownPolicy = policy(formsLeadTo: [], usesPasskeys: false)

    private static func policy(formsLeadTo targets: [Origin], usesPasskeys: Bool) -> String {
        let targets = targets.map { " \($0)" }.joined()
        return "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
            + (usesPasskeys ? "connect-src 'self'; " : "")
            + "form-action 'self'\(targets); frame-ancestors 'none'; base-uri 'none'"
    }
}
