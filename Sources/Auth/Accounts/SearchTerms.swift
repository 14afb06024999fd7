/// The words by which accounts are found, the same for every store.
///
/// A store keeps the terms of each account in a table and asks it for those that begin with what is
/// sought; terms are compared by their bytes in UTF-8, which is the order of Unicode scalars.
public enum SearchTerms {
    /// The most scalars of a term: what is longer counts by its beginning, here and where it is sought.
    static let maximumLength = 64
    /// The most words of a query that count.
    public static let maximumSought = 8

    /// What an account is found by: the words of its name, the pieces of its address, the address
    /// itself, and its domain behind the `@`.
    ///
    /// - Parameters:
    ///   - name: As it is stored.
    ///   - address: As it is stored.
    /// - Returns: At most a few hundred terms.
    public static func of(name: String, address: String) -> Set<String> {
        var terms: Set<String> = []
        for chunk in chunks(of: name) + chunks(of: address) {
            for word in words(of: chunk) { insert(word, to: &terms) }
            // Whole, and from each `@` on.
            let signs = chunk.indices.filter { chunk[$0] == "@" }
            if !signs.isEmpty { terms.insert(cut(chunk)) }
            for sign in signs { terms.insert(cut(chunk[sign...])) }
        }
        return terms
    }

    /// What has to begin a term each, so that an account is found.
    ///
    /// - Parameter text: As it was sent. Words between blanks and punctuation are sought by
    ///   themselves; one with `@` in it is sought as an address, or as the domain of one.
    /// - Returns: At most `maximumSought` terms, none of which is the beginning of another; none where
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

    /// The letters, marks, digits and pictures between everything else.
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

    /// Inserts a word, and what follows from each ideograph on: Chinese and Japanese names have no
    /// blanks between their parts.
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
        // Not `hasPrefix`, to which an accent makes another Character of the letter before it.
        unicodeScalars.starts(with: start.unicodeScalars)
    }
}
