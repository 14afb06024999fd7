import Testing

@testable import Auth

/// Vectors from Unicode Standard Annex #15 and its NormalizationTest.txt.
struct NormalizationFormCTests {
    private static let vectors: [([UInt32], [UInt32])] = [
        // Figure 3, singletons: Angstrom sign, Ohm sign, CJK compatibility.
        ([0x212B], [0xC5]), ([0x2126], [0x3A9]), ([0xF900], [0x8C48]), ([0x0374], [0x2B9]),
        // Figure 4, canonical composites.
        ([0xC5], [0xC5]), ([0x41, 0x30A], [0xC5]), ([0xF4], [0xF4]), ([0x6F, 0x302], [0xF4]),
        // Figure 5, several combining marks, in either order.
        ([0x1E69], [0x1E69]), ([0x73, 0x323, 0x307], [0x1E69]), ([0x73, 0x307, 0x323], [0x1E69]),
        ([0x1E0B, 0x323], [0x1E0D, 0x307]), ([0x71, 0x307, 0x323], [0x71, 0x323, 0x307]),
        // Figure 6, compatibility composites stay.
        ([0xFB01], [0xFB01]), ([0x32, 0x2075], [0x32, 0x2075]),
        ([0x1E9B, 0x323], [0x1E9B, 0x323]),
        // Hangul: two and three letters, a syllable and a letter, and an invalid combination.
        ([0x1100, 0x1161], [0xAC00]), ([0x1112, 0x1161, 0x11AB], [0xD55C]),
        ([0xAC00, 0x11A8], [0xAC01]), ([0xAC00, 0x11A7], [0xAC00, 0x11A7]),
        ([0x1100, 0xAC00, 0x11A8], [0x1100, 0xAC01]), ([0xD55C], [0xD55C]),
        // Composition exclusions: script-specific, after Unicode 3.0, non-starter.
        ([0x958], [0x915, 0x93C]), ([0xFB1D], [0x5D9, 0x5B4]), ([0x2ADC], [0x2ADD, 0x338]),
        ([0x1D15E], [0x1D157, 0x1D165]), ([0x344], [0x308, 0x301]), ([0x340], [0x300]),
        ([0x343], [0x313]), ([0xF73], [0xF71, 0xF72]),
        // Canonical ordering.
        (
            [0x61, 0x315, 0x300, 0x5AE, 0x300, 0x62], [0xE0, 0x5AE, 0x300, 0x315, 0x62]
        ),
        // Plain text, and the two bytes that look like one character.
        ([0x61, 0x62], [0x61, 0x62]), ([0xD, 0xA], [0xD, 0xA]), ([], []),
    ]

    @Test(arguments: vectors)
    func `text is composed as Unicode Standard Annex 15 specifies`(
        given: [UInt32], expected: [UInt32]
    ) {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: given.compactMap(Unicode.Scalar.init))
        let normalized = String(text).normalizedToFormC
        #expect(normalized.unicodeScalars.map(\.value) == expected)
        #expect(normalized.normalizedToFormC.unicodeScalars.map(\.value) == expected)
    }
}
