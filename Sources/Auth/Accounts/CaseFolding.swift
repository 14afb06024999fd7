// The standard library normalises Unicode for its own comparisons; this is where it lets us use it.
@_spi(_Unicode) private import Swift

extension String {
    /// The text as it is compared without regard to case: full case folding between normalizations
    /// (Unicode Standard 3.13, D145), so that `STRASSE` equals `Straße` in whichever normal form.
    ///
    /// Accents stay. Characters that nothing shows, such as joiners and variation selectors, are
    /// dropped (as NFKC_Casefold drops them).
    var caseFolded: String {
        // Nothing of ASCII is dropped or composed.
        guard !utf8Span.isKnownASCII else { return lowercased() }
        var folded = String.UnicodeScalarView()
        for scalar in _nfd where !scalar.properties.isDefaultIgnorableCodePoint {
            scalar.appendFolded(to: &folded)
        }
        return String(folded).normalizedToFormC
    }
}

extension Unicode.Scalar {
    /// Appends what case folding makes of the scalar.
    ///
    /// The standard library has no folding of its own; lower case of upper case of lower case is the
    /// same for every scalar but the dotless i, which folding keeps apart from i: `ẞ` is no
    /// longer itself in lower case, `ß` is two letters in upper case, and `ς` shares its upper case
    /// with `σ`. Cherokee folds to upper case; that here it becomes lower case changes no comparison.
    fileprivate func appendFolded(to scalars: inout String.UnicodeScalarView) {
        guard self != "ı" else { return scalars.append(self) }
        for lower in properties.lowercaseMapping.unicodeScalars {
            for upper in lower.properties.uppercaseMapping.unicodeScalars {
                scalars.append(contentsOf: upper.properties.lowercaseMapping.unicodeScalars)
            }
        }
    }
}
