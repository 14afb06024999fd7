/// The members an object is read for, named by the raw values of an enumeration.
///
/// Made once and kept: it spares the reader a string for each name.
public struct JSONMembers<Member: CaseIterable & RawRepresentable<String> & Sendable>: Sendable {
    /// The members, at most 64, in the order they usually come.
    @usableFromInline let members: [Member]
    /// The bytes of their names, which need no escape.
    @usableFromInline let names: [[UInt8]]

    /// Lists the cases of `Member`.
    public init() {
        members = Array(Member.allCases)
        names = members.map { Array($0.rawValue.utf8) }
    }
}
