/// The head of one item of CBOR (RFC 8949 §3), with the content of a string.
enum CBORItem: Equatable {
    /// An integer that fits.
    case integer(Int)
    /// A byte string: where it is.
    case bytes(Range<Int>)
    /// A text, which is UTF-8: where it is.
    case text(Range<Int>)
    /// An array of so many elements, which follow.
    case array(Int)
    /// A map of so many pairs, which follow.
    case map(Int)
    /// A number with a fraction, a truth value, null or undefined.
    case simple
}

/// Why bytes are not the CBOR that is read here.
enum CBORError: Error {
    /// Not CBOR, cut off, of indefinite length, tagged, too deep, or a name is there twice.
    case malformed
}
