import Auth
import HTTP

extension PageContext {
    /// A whole document around the body of a page.
    ///
    /// - Parameters:
    ///   - title: The heading of the page; the name of the site follows in the title of the window.
    ///   - frame: The class of the body.
    ///   - usesPasskeys: Whether the script of passkeys is loaded.
    ///   - content: Of the body, without the footer.
    /// - Returns: The `html` element.
    func document(
        title: String, frame: String, usesPasskeys: Bool = false, @HTMLBuilder content: () -> HTML
    ) -> HTML {
        element("html", Attribute("lang", language.rawValue)) {
            element("head") {
                void("meta", Attribute("charset", "utf-8"))
                void(
                    "meta", .name("viewport"),
                    Attribute("content", "width=device-width, initial-scale=1"))
                void("meta", .name("color-scheme"), Attribute("content", "light dark"))
                void("meta", .name("robots"), Attribute("content", "noindex"))
                element("title") { "\(title) · \(siteName)" }
                void("link", Attribute("rel", "icon"), .href(Self.icon))
                void("link", Attribute("rel", "stylesheet"), .href(styleSheet))
                element("script", Attribute("src", script), Attribute("defer")) {}
                if usesPasskeys {
                    element("script", Attribute("src", passkeyScript), Attribute("defer")) {}
                }
            }
            element("body", .class(frame)) {
                content()
                footer
            }
        }
    }

    /// No request is made for it: the pages load nothing but their style sheet, script and logo.
    private static let icon = "data:,"

    private var footer: HTML {
        element("footer", .class("footer")) {
            element("span") { texts.protectedBy }
            if let address = supportAddress {
                a(address) { texts.getHelp }
            }
        }
    }
}
