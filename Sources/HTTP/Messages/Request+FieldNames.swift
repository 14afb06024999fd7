extension Request {
    /// The names of all field lines as they were written, in the order of arrival.
    ///
    /// For the few rules that are about fields this server does not read.
    public var fieldNames: [ArraySlice<UInt8>] {
        fields.map { field in
            // A line feed stands in no value and a colon in no name.
            let previousEnd = head[..<Int(field.start)].lastIndex(of: .lineFeed)
            return head[(previousEnd.map { $0 + 1 } ?? 0)...].prefix { $0 != .colon }
        }
    }
}
