/// Escapes text for HTML (OWASP, CWE-79).
public enum HTMLEscaping {
    /// Text that is nothing but text, between tags and in quoted attributes.
    ///
    /// Scalar by scalar: a quote with an accent on it is one Character and not equal to a quote, but a
    /// browser reads two.
    public static func escaped(_ text: String) -> String {
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
