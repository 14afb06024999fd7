import Bytes

/// A page for a person who followed a link in a mail: a few sentences, and forms.
///
/// Mail scanners follow links, too: opening a page changes nothing, its buttons post.
struct HTMLPage {
    var title: String
    var paragraphs: [String] = []
    var forms: [Form] = []

    /// A form that posts to this server.
    struct Form {
        /// The text before it.
        var paragraphs: [String] = []
        var action: String
        var hidden: [(name: String, value: String)] = []
        var inputs: [Input] = []
        var buttons: [Button]
    }

    /// A field to type in.
    struct Input {
        var name: String
        var label: String
        var type: String
        var autocomplete: String
    }

    /// A button; one with an action posts there instead of to that of the form.
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

    /// The style sheet; the security policy of the page contains its digest.
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

    private static func escaped(_ text: String) -> String { HTMLEscaping.escaped(text) }
}
