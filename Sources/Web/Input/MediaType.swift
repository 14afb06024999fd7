/// The types of body that are read here (RFC 9110 §8.3); their parameters are ignored.
package enum MediaType: Equatable {
    /// `application/json`
    case json
    /// `application/x-www-form-urlencoded`, as a page posts it.
    case form

    /// The type that a Content-Type field names; nil for any other, and without the field.
    package init?(_ field: ArraySlice<UInt8>?) {
        guard let name = field?.prefix(while: { $0 != UInt8(ascii: ";") }).trimmingOWS else {
            return nil
        }
        if name.equalsIgnoringCase("application/json") {
            self = .json
        } else if name.equalsIgnoringCase("application/x-www-form-urlencoded") {
            self = .form
        } else {
            return nil
        }
    }
}
