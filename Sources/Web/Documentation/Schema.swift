package import JSON

/// A JSON Schema (draft 2020-12, which is that of OpenAPI 3.1).
package struct Schema: Sendable {
    private var keywords: [(name: String, value: Value)]

    private enum Value: Sendable {
        case json(JSONValue)
        case object(JSONObject)
        case objects([JSONObject])
    }

    private init(_ keywords: [(name: String, value: Value)]) {
        self.keywords = keywords
    }

    /// The schema, for the OpenAPI document.
    package var encoded: JSONObject {
        var object = JSONObject()
        for (name, value) in keywords {
            switch value {
            case .json(let json): object.add(name, json)
            case .object(let members): object.add(name, members)
            case .objects(let elements): object.add(name, elements)
            }
        }
        return object
    }
}

extension Schema {
    /// A schema of the document, by its name.
    package static func named(_ name: String) -> Schema {
        Schema([("$ref", .json(.string("#/components/schemas/\(name)")))])
    }

    /// A string.
    ///
    /// - Parameters:
    ///   - length: In Unicode scalars, as JSON Schema counts.
    ///   - pattern: A regular expression of ECMA-262, anchored by itself.
    ///   - format: A format of JSON Schema.
    /// - Returns: The schema.
    package static func string(
        length: ClosedRange<Int>? = nil, pattern: String? = nil, format: String? = nil
    ) -> Schema {
        var schema = Schema([("type", .json(.string("string")))])
        if let length {
            schema.add("minLength", .integer(Int64(length.lowerBound)))
            schema.add("maxLength", .integer(Int64(length.upperBound)))
        }
        if let pattern { schema.add("pattern", .string(pattern)) }
        if let format { schema.add("format", .string(format)) }
        return schema
    }

    /// One of several strings.
    package static func oneOf(_ values: [String]) -> Schema {
        var schema = string()
        schema.add("enum", .array(values.map(JSONValue.string)))
        return schema
    }

    /// One of the values of a type of the domain.
    package static func oneOf<Value>(_: Value.Type) -> Schema
    where Value: CaseIterable & RawRepresentable<String> {
        oneOf(Value.allCases.map(\.rawValue))
    }

    /// A whole number.
    package static func integer(_ range: ClosedRange<Int64>? = nil) -> Schema {
        var schema = Schema([("type", .json(.string("integer")))])
        if let range {
            schema.add("minimum", .integer(range.lowerBound))
            if range.upperBound < .max { schema.add("maximum", .integer(range.upperBound)) }
        }
        return schema
    }

    /// `true` or `false`.
    package static let boolean = Schema([("type", .json(.string("boolean")))])

    /// Always the same value.
    package static func always(_ value: JSONValue) -> Schema { Schema([("const", .json(value))]) }

    /// An array.
    ///
    /// - Parameters:
    ///   - items: Its elements.
    ///   - count: How many there may be, of which no two are the same; nil for any number.
    /// - Returns: The schema.
    package static func array(of items: Schema, count: ClosedRange<Int64>? = nil) -> Schema {
        var schema = Schema([
            ("type", .json(.string("array"))), ("items", .object(items.encoded)),
        ])
        if let count {
            schema.add("minItems", .integer(count.lowerBound))
            schema.add("maxItems", .integer(count.upperBound))
            schema.add("uniqueItems", .bool(true))
        }
        return schema
    }

    /// An object; other members may be there, too.
    ///
    /// - Parameters:
    ///   - members: Its members, in the order in which they are written.
    ///   - optional: Those that may be missing.
    /// - Returns: The schema.
    package static func object(
        _ members: KeyValuePairs<String, Schema>, optional: [String] = []
    ) -> Schema {
        var properties = JSONObject()
        for (name, schema) in members { properties.add(name, schema.encoded) }
        var schema = Schema([
            ("type", .json(.string("object"))), ("properties", .object(properties)),
        ])
        let required = members.map(\.key).filter { !optional.contains($0) }
        if !required.isEmpty { schema.add("required", .array(required.map(JSONValue.string))) }
        return schema
    }

    /// An object of which any member may be missing or null.
    package static func options(_ members: KeyValuePairs<String, Schema>) -> Schema {
        object(members, optional: members.map(\.key))
    }

    /// As `options`, and no other members: an unknown member is refused by name.
    package static func changes(_ members: KeyValuePairs<String, Schema>) -> Schema {
        closed(options(members))
    }

    /// An object without other members: an unknown member is refused by name.
    package static func closed(_ object: Schema) -> Schema {
        var schema = object
        schema.add("additionalProperties", .bool(false))
        return schema
    }

    /// An object whose members have any names.
    package static func map(of values: Schema) -> Schema {
        Schema([
            ("type", .json(.string("object"))), ("additionalProperties", .object(values.encoded)),
        ])
    }

    /// Nothing.
    package static let null = Schema([("type", .json(.string("null")))])

    /// One of several schemas.
    package static func any(of schemas: [Schema]) -> Schema {
        Schema([("anyOf", .objects(schemas.map(\.encoded)))])
    }

    /// All of several schemas.
    package static func all(of schemas: [Schema]) -> Schema {
        Schema([("allOf", .objects(schemas.map(\.encoded)))])
    }
}

extension Schema {
    /// Sets a keyword; one of the same name is replaced.
    private mutating func add(_ name: String, _ value: JSONValue) {
        keywords.removeAll { $0.name == name }
        keywords.append((name, .json(value)))
    }

    /// The same, or null.
    package var orNull: Schema {
        guard keywords.contains(where: { $0.name == "type" }) else {
            return .any(of: [self, .null])
        }
        return Schema(
            keywords.map { name, value in
                switch (name, value) {
                case ("type", .json(let type)): (name, .json(.array([type, .string("null")])))
                case ("enum", .json(.array(let values))): (name, .json(.array(values + [.null])))
                default: (name, value)
                }
            })
    }

    /// With a description.
    package func described(_ sentence: String) -> Schema {
        var schema = self
        schema.add("description", .string(sentence))
        return schema
    }

    /// With an example.
    package func example(_ value: JSONValue) -> Schema {
        var schema = self
        schema.add("examples", .array([value]))
        return schema
    }

    /// With the default value.
    package func byDefault(_ value: JSONValue) -> Schema {
        var schema = self
        schema.add("default", value)
        return schema
    }

    /// With another pattern for strings, which is clearer apart from the others.
    package func matching(_ pattern: String) -> Schema {
        var (schema, rules) = (self, [Schema.pattern(pattern)])
        if let index = keywords.firstIndex(where: { $0.name == "allOf" }),
            case .objects(let others) = schema.keywords.remove(at: index).value
        {
            rules = others + rules
        }
        schema.keywords.append(("allOf", .objects(rules)))
        return schema
    }

    private static func pattern(_ pattern: String) -> JSONObject {
        Schema([("pattern", .json(.string(pattern)))]).encoded
    }
}
