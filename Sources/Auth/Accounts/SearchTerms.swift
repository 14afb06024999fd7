/// The words by which accounts are found, the same in every store.
///
/// A store keeps the terms of each account in a table and looks for those that begin with a query's
/// words; terms are compared by their UTF-8 bytes, which is the order of Unicode scalars.
public enum SearchTerms {
    /// The most scalars of a term: longer ones are cut, here and in queries.
    static let maximumLength = 64
    /// The most words of a query that are used.
    public static let maximumSought = 8

    /// The terms of an account: the words of its name, the parts of its address, the address itself, and
    /// its domain with the `@`.
    ///
    /// - Parameters:
    ///   - name: As stored.
    ///   - address: As stored.
    /// - Returns: At most a few hundred terms.
    public static func of(name: String, address: String) -> Set<String> {
        var terms: Set<String> = []
        for chunk in chunks(of: name) + chunks(of: address) {
            for word in words(of: chunk) { insert(word, to: &terms) }
            // The whole chunk, and the rest from each `@`.
            let signs = chunk.indices.filter { chunk[$0] == "@" }
            if !signs.isEmpty { terms.insert(cut(chunk)) }
            for sign in signs { terms.insert(cut(chunk[sign...])) }
        }
        return terms
    }

    /// The beginnings of terms that an account must have to be found.
    ///
    /// - Parameter text: As sent. Words between blanks and punctuation are separate; a word with `@` is an
    ///   address or the domain of one.
    /// - Returns: At most `maximumSought` terms, none of which is the beginning of another; empty when
    ///   the text has no word, which finds no account.
    public static func sought(in text: String) -> [String] {
        let all = chunks(of: text).flatMap { chunk in
            chunk.contains("@") ? [cut(chunk)] : words(of: chunk).map(cut)
        }
        var sought: [String] = []
        for term in all where !sought.contains(where: { $0.begins(with: term) }) {
            sought.removeAll { term.begins(with: $0) }
            sought.append(term)
        }
        return Array(sought.prefix(maximumSought))
    }

    /// Whether an account with these terms is found.
    public static func match(_ sought: [String], in terms: Set<String>) -> Bool {
        !sought.isEmpty
            && sought.allSatisfy { start in terms.contains { $0.begins(with: start) } }
    }

    private typealias Scalars = String.UnicodeScalarView.SubSequence

    /// The folded text between blanks.
    private static func chunks(of text: String) -> [Scalars] {
        text.caseFolded.unicodeScalars.split { $0.properties.isWhitespace }
    }

    /// The runs of letters, marks, digits and symbols.
    private static func words(of chunk: Scalars) -> [Scalars] {
        chunk.split { scalar in
            guard !scalar.properties.isNoncharacterCodePoint else { return true }
            return switch scalar.properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter,
                .otherLetter, .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber,
                .letterNumber, .otherNumber, .otherSymbol, .privateUse, .unassigned:
                false
            default: true
            }
        }
    }

    /// Inserts a word, and its rest from each ideograph on: Chinese and Japanese names have no blanks
    /// between their parts.
    private static func insert(_ word: Scalars, to terms: inout Set<String>) {
        terms.insert(cut(word))
        for index in word.indices.dropFirst() where word[index].properties.isIdeographic {
            terms.insert(cut(word[index...]))
        }
    }

    private static func cut(_ scalars: Scalars) -> String {
        String(String.UnicodeScalarView(scalars.prefix(maximumLength)))
    }
}

extension String {
    /// Whether it begins with the same scalars.
    fileprivate func begins(with start: String) -> Bool {
        // Not `hasPrefix`, for which an accent makes the preceding letter another Character.
        unicodeScalars.starts(with: start.unicodeScalars)
    }
}
