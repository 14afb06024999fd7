package import Auth
import Crypto

extension EventQuery {
    /// The filter in the query of a request: `kind=&account=&since=&until=`; an empty value does not
    /// filter.
    ///
    /// - Throws: `invalidInput`.
    package init(query: ArraySlice<UInt8>?) throws(RequestError) {
        func value(_ name: String) throws(RequestError) -> String? {
            let text = try Query.values(of: name, in: query).last ?? ""
            return text.isEmpty ? nil : text
        }
        var objections: [InvalidInput] = []
        func read<Value>(
            _ name: String, _ rule: InvalidInput.Rule, _ parse: (String) -> Value?
        ) throws(RequestError) -> Value? {
            guard let text = try value(name) else { return nil }
            let parsed = parse(text)
            if parsed == nil { objections.append(InvalidInput(name, rule)) }
            return parsed
        }
        self.init()
        kind = try value("kind").map(TextInput.text)?
            .choice(of: EventKind.allCases, as: "kind", &objections)
        account = try read("account", .notID) { UUID(parsing: $0.utf8) }
        since = try read("since", .notTime, Timestamp.init(rfc3339:))
        until = try read("until", .notTime, Timestamp.init(rfc3339:))
        guard objections.isEmpty else { throw .domain(.invalidInput(objections)) }
    }
}
