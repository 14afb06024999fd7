import Auth
import HTTP

extension PageContext {
    /// A page with one card: signing in, setting up, a message.
    ///
    /// - Parameters:
    ///   - title: What it is, or what happened.
    ///   - lead: Why, or what follows.
    ///   - status: Of the response.
    ///   - isWide: For long forms.
    ///   - targets: Other origins where its forms lead.
    ///   - usesPasskeys: Whether a passkey may be used on it.
    ///   - content: Of the card, below its heading.
    /// - Returns: The response.
    func cardPage(
        _ title: String, lead: (any HTMLContent)? = nil, status: Status = .ok, isWide: Bool = false,
        formsLeadTo targets: [Origin] = [], usesPasskeys: Bool = false,
        @HTMLBuilder content: () -> HTML
    ) -> Response {
        let card = html {
            cardHead(brand, title, about: lead)
            content()
        }
        let document = document(title: title, frame: "solo", usesPasskeys: usesPasskeys) {
            element("main") {
                div(isWide ? "auth wide" : "auth") {
                    div("card") { card }
                }
            }
        }
        return response(
            status, document, formsLeadTo: targets, usesPasskeys: usesPasskeys)
    }
}
