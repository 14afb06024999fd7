// The standard library normalises Unicode for its own comparisons; this is its interface for that.
@_spi(_Unicode) private import Swift

extension String {
    /// Normalization Form C (Unicode Standard Annex #15), so that a password typed on one keyboard
    /// equals the same password typed on another.
    var normalizedToFormC: String {
        var scalars = String.UnicodeScalarView()
        for scalar in _nfc { scalars.append(scalar) }
        return String(scalars)
    }
}
