extension String {
    /// The text as one line that shows what it contains.
    ///
    /// Whatever ends or hides a line becomes a space, or nothing at its beginning and end, so that no value can begin a header field, a
    /// paragraph or a frame; what turns the direction of the text around is left out, so that no
    /// name can make another text look different (Unicode TR 36 §2.10).
    var onOneLine: String {
        var line = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar {
            case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": continue
            case _ where !scalar.isControl: line.append(scalar)
            case _ where !line.isEmpty && line.last != " ": line.append(" ")
            default: continue
            }
        }
        while line.last == " " { line.removeLast() }
        return String(line)
    }

    /// The text, or as many of its first scalars as are allowed, with an ellipsis.
    func cut(toScalars count: Int) -> String {
        guard let end = unicodeScalars.index(startIndex, offsetBy: count, limitedBy: endIndex),
            end < endIndex
        else { return self }
        return String(unicodeScalars[..<end]) + "…"
    }
}

extension Unicode.Scalar {
    fileprivate var isControl: Bool {
        switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
