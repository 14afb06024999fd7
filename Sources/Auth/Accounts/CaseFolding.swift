// The standard library normalises Unicode for its own comparisons; this is its interface for that.
@_spi(_Unicode) private import Swift

extension String {
    /// The text for comparison without case: full case folding between normalizations (Unicode
    /// Standard 3.13, D145), so that `STRASSE` equals `Straße` in every normal form.
    ///
    /// Accents are kept. Invisible characters, such as joiners and variation selectors, are dropped
    /// (like NFKC_Casefold).
    var caseFolded: String {
        // ASCII text has nothing to drop or compose.
        guard !utf8Span.isKnownASCII else { return lowercased() }
        var folded = String.UnicodeScalarView()
        for scalar in _nfd where !scalar.properties.isDefaultIgnorableCodePoint {
            scalar.appendFolded(to: &folded)
        }
        return String(folded).normalizedToFormC
    }
}

extension Unicode.Scalar {
    /// Appends the case folding of the scalar.
    ///
    /// The standard library has no case folding; lower case of upper case of lower case is equivalent
    /// for every scalar but the dotless i, which folding keeps distinct from i: `ẞ` changes in lower
    /// case, `ß` becomes two letters in upper case, and `ς` shares its upper case with `σ`. Cherokee
    /// folds to upper case; using lower case instead changes no comparison.
    fileprivate func appendFolded(to scalars: inout String.UnicodeScalarView) {
        guard self != "ı" else { return scalars.append(self) }
        for lower in properties.lowercaseMapping.unicodeScalars {
            for upper in lower.properties.uppercaseMapping.unicodeScalars {
                scalars.append(contentsOf: upper.properties.lowercaseMapping.unicodeScalars)
            }
        }
    }
}
