/// The rule for every name that a person chooses: `name`, `username`, the name of an API key and,
/// with fewer characters, that of the site.
struct PersonName: Sendable, Equatable {
    /// The name without surrounding blanks.
    let text: String

    /// The most scalars, where nothing else is documented.
    static let maximumLength = 100

    /// Validates a name.
    ///
    /// A name is shown in pages, mails, logs and terminals beside other text: it has something to
    /// see, and nothing that breaks a line, turns the direction of what follows or hides from the
    /// reader.
    /// - Parameters:
    ///   - text: The name, perhaps with blanks around it.
    ///   - maximum: The most scalars.
    /// - Throws: `Objection` with what is wrong with it.
    init(_ text: String, atMost maximum: Int = maximumLength) throws(Objection) {
        let name = text.trimmingBlanks
        let scalars = name.unicodeScalars
        guard (1...maximum).contains(scalars.count) else { throw .length }
        guard !scalars.contains(where: \.isForbiddenInNames), Self.joinsVisibly(scalars) else {
            throw .hidden
        }
        guard scalars.contains(where: \.isVisibleByItself) else { throw .blank }
        self.text = String(name)
    }

    /// What is wrong with a name.
    enum Objection: Error {
        /// Empty, or too long.
        case length
        /// It contains characters that break, reverse or hide text.
        case hidden
        /// It has no visible character.
        case blank

        /// The rule that it breaks, of a name of at most so many characters.
        func rule(atMost maximum: Int = PersonName.maximumLength) -> InvalidInput.Rule {
            switch self {
            case .length: .nameLength(maximum: maximum)
            case .hidden: .nameHidesText
            case .blank: .nameIsBlank
            }
        }
    }

    /// Whether joiners occur only between visible characters, where scripts and emoji need them, and
    /// variation selectors only after one.
    private static func joinsVisibly(_ scalars: Substring.UnicodeScalarView) -> Bool {
        // The context of the previous scalar: nothing to join, a visible character, or a joiner.
        enum Before { case nothing, visible, joiner }
        var before = Before.nothing
        for scalar in scalars {
            if scalar.isJoiner {
                guard before == .visible else { return false }
                before = .joiner
            } else if scalar.properties.isVariationSelector {
                guard before == .visible else { return false }
            } else if scalar.isVisible {
                before = .visible
            } else {
                guard before != .joiner else { return false }
                before = .nothing
            }
        }
        return before != .joiner
    }
}

extension Unicode.Scalar {
    /// Zero width non-joiner and joiner.
    fileprivate var isJoiner: Bool { self == "\u{200C}" || self == "\u{200D}" }

    /// Controls, line and paragraph separators, bidi controls, tags, noncharacters, and all other
    /// invisible format characters.
    fileprivate var isForbiddenInNames: Bool {
        if properties.isNoncharacterCodePoint || properties.isBidiControl { return true }
        switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .surrogate: return true
        case .format: return !isJoiner && !hasGlyphAsFormat
        // Unassigned characters of the plane of tags will be invisible too.
        default: return (0xE0000...0xE0FFF).contains(value) && !properties.isVariationSelector
        }
    }

    /// Signs of Arabic, Syriac and Kaithi that surround numbers (`Prepended_Concatenation_Mark`).
    private var hasGlyphAsFormat: Bool {
        switch value {
        case 0x600...0x605, 0x6DD, 0x70F, 0x890...0x891, 0x8E2, 0x110BD, 0x110CD: true
        default: false
        }
    }

    /// Whether it is visible, alone or on the previous character.
    fileprivate var isVisible: Bool {
        // U+2800 is a Braille pattern without dots, but not white space in Unicode.
        !properties.isWhitespace && !properties.isDefaultIgnorableCodePoint && self != "\u{2800}"
    }

    /// Whether it is visible without a previous character.
    fileprivate var isVisibleByItself: Bool {
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .spacingMark: false
        default: isVisible
        }
    }
}

extension StringProtocol {
    /// The text without white space at its ends.
    ///
    /// By scalar: a blank with an accent is another Character, but the same scalar.
    var trimmingBlanks: SubSequence {
        let scalars = unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return self[endIndex...] }
        return self[first..<scalars.index(after: last)]
    }
}
