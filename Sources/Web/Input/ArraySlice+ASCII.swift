import Bytes

extension ArraySlice<UInt8> {
    /// Without spaces and tabs at either end (OWS, RFC 9110 §5.6.3).
    package var trimmingOWS: ArraySlice<UInt8> {
        let range = span.trimmingWhiteSpace(0..<count)
        return self[startIndex + range.lowerBound..<startIndex + range.upperBound]
    }

    /// Whether the bytes are this text.
    package func equals(_ text: String) -> Bool {
        span.equals(text.utf8Span.span)
    }

    /// Whether the bytes are this ASCII text, whatever the case of its letters.
    package func equalsIgnoringCase(_ text: String) -> Bool {
        let (bytes, wanted) = (span, text.utf8Span.span)
        guard bytes.count == wanted.count else { return false }
        for index in bytes.indices
        where bytes[index] != wanted[index]
            && bytes[index].lowercased != wanted[index].lowercased
        {
            return false
        }
        return true
    }
}
