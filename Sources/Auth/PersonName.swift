/// The rules for the name of a person.
enum PersonName {
    /// What is wrong with a `name`; nil when nothing is.
    ///
    /// 1 to 100 scalars, none of which breaks or hides a line of text.
    static func objection(toName name: String) -> String? {
        let scalars = name.unicodeScalars
        guard (1...100).contains(scalars.count) else { return "must have 1 to 100 characters" }
        guard !scalars.contains(where: isControl) else { return "must not hold control characters" }
        return name.allSatisfy(\.isWhitespace) ? "must not be blank" : nil
    }

    /// What is wrong with a `username`; nil when nothing is.
    ///
    /// 3 to 32 of letters, digits, `_`, `-` and space.
    static func objection(toUsername name: String) -> String? {
        let scalars = name.unicodeScalars
        guard (3...32).contains(scalars.count), scalars.allSatisfy(isUsernameScalar) else {
            return "must have 3 to 32 letters, digits, _, - or spaces"
        }
        return name.allSatisfy(\.isWhitespace) ? "must not be blank" : nil
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }

    private static func isUsernameScalar(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .nonspacingMark, .spacingMark, .decimalNumber:
            true
        default: scalar == "_" || scalar == "-" || scalar == " "
        }
    }
}
