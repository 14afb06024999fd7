@testable import Server

/// `LISTEN_FDS`, `LISTEN_PID` and `LISTEN_FDNAMES`, one line each: the descriptors are those after the
/// third, each once, and only when they are for this process.
enum InheritedSocketsHarness {
    private static let process: Int32 = 4_711

    static func run(_ input: [UInt8]) throws(BrokenProperty) {
        let lines = input.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        let names = ["LISTEN_FDS", "LISTEN_PID", "LISTEN_FDNAMES"]
        let environment = Dictionary(zip(names, lines)) { first, _ in first }
        let sockets = InheritedSockets(in: environment, process: process)

        let count = number(environment["LISTEN_FDS"])
        let isMeant = number(environment["LISTEN_PID"]) == Int(process)
        let expected = isMeant && (1...1_024).contains(count ?? 0) ? count ?? 0 : 0
        let descriptors = (sockets.listen + sockets.admin).compactMap { address -> Int32? in
            guard case .inherited(let descriptor) = address else { return nil }
            return descriptor
        }
        try check(
            descriptors.sorted() == (0..<Int32(expected)).map { $0 + 3 },
            "\(descriptors.count) descriptors where \(expected) were handed over")
        let given = environment["LISTEN_FDNAMES"]?.split(
            separator: ":", omittingEmptySubsequences: false)
        let admins = (given ?? []).prefix(expected).count { Array($0.utf8) == Array("admin".utf8) }
        try check(sockets.admin.count == admins, "\(sockets.admin.count) of \(admins) admins")
    }

    /// A number of one to nine digits.
    private static func number(_ text: String?) -> Int? {
        guard let text, (1...9).contains(text.utf8.count),
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        return Int(text)
    }
}
