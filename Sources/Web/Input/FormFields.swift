import Auth

/// The fields of a form that a page posted (`application/x-www-form-urlencoded`), by name.
///
/// Browsers send a field for every input, also for one that was left empty, and none for an unchecked
/// box. So an empty value counts as absent, and a box has a hidden field of its name before it that
/// says what it means unchecked: of several values the last counts, except in a list.
package struct FormFields: Sendable, Equatable {
    /// The values of each name, in the order of the form.
    private let values: [String: [String]]

    /// The most fields that a form may have, as many as a JSON object has members.
    static let maximumCount = 512

    /// Reads a form.
    ///
    /// - Parameter body: The bytes of the request's body; their number was bounded when it was received.
    /// - Throws: `invalidInput` for more fields than the limit, and for everything that is not UTF-8 or
    ///   contains a NUL character, which no person types and no text of the domain has.
    init(_ body: [UInt8]) throws(RequestError) {
        let pairs = try Query.pairs(in: body[...], maximumCount: Self.maximumCount)
        let forbidden = pairs.filter { $0.value.utf8.contains(0) }
        guard forbidden.isEmpty else {
            throw .domain(
                .invalidInput(
                    forbidden.map { InvalidInput($0.name, .containsNUL) }))
        }
        values = Dictionary(grouping: pairs, by: \.name).mapValues { $0.map(\.value) }
    }

    /// The names of all fields, those of empty ones too.
    var names: some Collection<String> { values.keys }

    /// All values of a field, empty ones too, in the order of the form.
    func values(of name: String) -> [String] { values[name] ?? [] }

    /// The last value of a field; nil where it is empty, and without one.
    subscript(name: String) -> String? {
        values[name]?.last.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// All values of a field but the empty ones; nil where the form does not name it.
    ///
    /// A form that names a list without a value means the empty list, not the default: a person who
    /// unchecks every box of a list chose nothing.
    func list(_ name: String) -> [String]? {
        values[name]?.filter { !$0.isEmpty }
    }

    /// Whether the form has a field of this name, even if it is empty.
    func names(_ name: String) -> Bool { values[name] != nil }
}
