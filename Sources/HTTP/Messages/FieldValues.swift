/// The values of all header fields with one name, in the order of arrival, without a copy.
public struct FieldValues: BidirectionalCollection, Sendable {
    private let head: [UInt8]
    private let fields: [Request.Field]
    private let name: FieldName
    /// The position of the first such field among all; `endIndex` without one.
    public let startIndex: Int

    /// The values of some fields of a head.
    init(of name: FieldName, in fields: [Request.Field], of head: [UInt8]) {
        self.head = head
        self.fields = fields
        self.name = name
        startIndex = fields.firstIndex { $0.name == name } ?? fields.endIndex
    }

    /// The number of all fields.
    public var endIndex: Int { fields.endIndex }

    /// The value of the field at a position.
    public subscript(position: Int) -> ArraySlice<UInt8> { head[fields[position].range] }

    /// The position of the next such field.
    public func index(after position: Int) -> Int {
        var next = position + 1
        while next < fields.endIndex, fields[next].name != name { next += 1 }
        return next
    }

    /// The position of such a field before another.
    public func index(before position: Int) -> Int {
        var previous = position - 1
        while fields[previous].name != name { previous -= 1 }
        return previous
    }
}
