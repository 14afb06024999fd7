/// The members an object is read for, by the names their cases are given.
///
/// Made once and kept: it spares the reader a string for each name.
struct JSONMembers<Member: CaseIterable & RawRepresentable<String> & Sendable>: Sendable {
    /// The members, at most 64, in the order they usually come.
    let members: [Member]
    /// The bytes of their names, which need no escape.
    let names: [[UInt8]]

    /// Lists the cases of `Member`.
    init() {
        members = Array(Member.allCases)
        names = members.map { Array($0.rawValue.utf8) }
    }
}
