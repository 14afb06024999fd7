extension Request {
    /// The names of all header fields as they were sent, in the order of arrival.
    ///
    /// For the few rules about fields that this server does not read.
    public var fieldNames: [ArraySlice<UInt8>] { fieldLines.map(\.name) }

    /// All header fields, named as they were sent, in the order of arrival; values without surrounding
    /// white space.
    public var fieldLines: [(name: ArraySlice<UInt8>, value: ArraySlice<UInt8>)] {
        fields.map { field in
            // A value contains no line feed and a name contains no colon.
            let previousEnd = head[..<Int(field.start)].lastIndex(of: .lineFeed)
            let name = head[(previousEnd.map { $0 + 1 } ?? 0)...].prefix { $0 != .colon }
            return (name, head[field.range])
        }
    }
}
