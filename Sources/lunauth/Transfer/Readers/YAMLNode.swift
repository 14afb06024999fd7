/// A value of a YAML document; numbers and booleans are texts.
indirect enum YAMLNode {
    case scalar(String)
    case sequence([YAMLNode])
    case mapping([YAMLField])

    /// The text of a scalar.
    var text: String? {
        guard case .scalar(let text) = self else { return nil }
        return text
    }

    /// A value of a mapping.
    subscript(name: String) -> YAMLNode? {
        guard case .mapping(let fields) = self else { return nil }
        return fields.first { $0.name == name }?.value
    }
}

/// A name of a mapping, with its value.
struct YAMLField {
    let name: String
    let value: YAMLNode
}
