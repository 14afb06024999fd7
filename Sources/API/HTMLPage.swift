import Crypto
import HTTP
import Web

/// A page for somebody who followed a link in a mail: a few sentences, and perhaps forms.
///
/// Mail scanners follow links, too: opening a page changes nothing, its button posts.
struct HTMLPage {
    var title: String
    var paragraphs: [String] = []
    var forms: [Form] = []

    /// A form that posts to this server.
    struct Form {
        /// What stands before it.
        var paragraphs: [String] = []
        var action: String
        var hidden: [(name: String, value: String)] = []
        var inputs: [Input] = []
        var buttons: [Button]
    }

    /// Something to be typed in.
    struct Input {
        var name: String
        var label: String
        var type: String
        var autocomplete: String
    }

    /// A button; one with an action posts there instead of to the form's.
    struct Button {
        var label: String
        var action: String?
    }

    /// The page in UTF-8.
    var encoded: [UInt8] {
        var text = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>\(Self.escaped(title))</title>
            <style>\(Self.style)</style></head>
            <body><main><h1>\(Self.escaped(title))</h1>

            """
        text += Self.html(paragraphs) + forms.map(Self.html).joined()
        return Array((text + "</main></body></html>\n").utf8)
    }

    /// The style sheet; the policy of the page names its digest.
    static let style =
        "body{font:1rem/1.5 system-ui,sans-serif;margin:3rem auto;max-width:32rem;padding:0 1rem}"
        + "label{display:block;margin:1rem 0}input{display:block;font:inherit;width:100%}"
        + "button{font:inherit;margin:1rem 1rem 0 0;padding:.4rem 1rem}"

    private static func html(_ paragraphs: [String]) -> String {
        paragraphs.map { "<p>\(escaped($0))</p>\n" }.joined()
    }

    private static func html(_ form: Form) -> String {
        var text =
            html(form.paragraphs) + "<form method=\"post\" action=\"\(escaped(form.action))\">\n"
        for field in form.hidden {
            text +=
                "<input type=\"hidden\" name=\"\(escaped(field.name))\""
                + " value=\"\(escaped(field.value))\">\n"
        }
        for input in form.inputs {
            text +=
                "<label>\(escaped(input.label)) <input name=\"\(escaped(input.name))\""
                + " type=\"\(escaped(input.type))\" autocomplete=\"\(escaped(input.autocomplete))\""
                + " required></label>\n"
        }
        for button in form.buttons {
            let action = button.action.map { " formaction=\"\(escaped($0))\"" } ?? ""
            text += "<button\(action)>\(escaped(button.label))</button>\n"
        }
        return text + "</form>\n"
    }

    /// Text that is nothing but text, between tags and in quoted attributes (OWASP, CWE-79).
    ///
    /// Scalar by scalar: a quote with an accent on it is one Character and not equal to a quote, but a
    /// browser reads two.
    static func escaped(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { escaped, scalar in
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
    }
}

extension RequestContext {
    /// An answer with a page.
    func html(_ status: Status, _ page: HTMLPage) -> Response {
        Response(status: status, fields: Self.pageFields(id: id), body: page.encoded)
    }

    /// The response to a request that was carried out: a page where a page posted it, else JSON.
    func done(_ status: Status = .ok, page: HTMLPage) -> Response {
        request.isPostedByPage ? html(status, page) : success(status)
    }

    /// The field lines that every page has.
    static func pageFields(id: RequestID) -> FieldLines {
        var fields = FieldLines()
        fields.add("Content-Type", "text/html; charset=utf-8")
        fields.add("Cache-Control", "no-store")
        fields.add("X-Content-Type-Options", "nosniff")
        // Not no-referrer: with it browsers post the form from the Origin null, which is refused.
        fields.add("Referrer-Policy", "strict-origin")
        fields.add("Content-Security-Policy", policy)
        fields.add("X-Request-Id") { id.append(to: &$0) }
        return fields
    }

    private static let policy =
        "default-src 'none'; style-src 'sha256-"
        + Base64URL.encode(SHA256.digest(HTMLPage.style.utf8).bytes)
        + "='; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
}
