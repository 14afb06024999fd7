import Testing

@testable import HTTP

/// The result of a parser for bytes passed to it in different ways.
enum HeadOutcome: Equatable {
    case head(ParsedHead)
    case incomplete
    case refused(MessageError)

    /// The complete head; nil for the other outcomes.
    var head: ParsedHead? {
        if case .head(let head) = self { head } else { nil }
    }

    /// Passes the bytes to a parser whole, cut in two at every byte, and byte by byte right before
    /// an unreadable page; records an issue when the results differ.
    ///
    /// - Returns: The result for the bytes as a whole.
    static func everyWay(
        _ wire: [UInt8], limits: HeadParser.Limits = HeadParser.Limits(),
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> HeadOutcome {
        let pages = try GuardedPages(capacity: max(wire.count, 1))
        var whole = HeadParser(limits: limits)
        let outcome = pages.withSpan(of: wire) { step(&whole, $0) }

        for cut in 0...wire.count {
            var parser = HeadParser(limits: limits)
            var pieces = step(&parser, wire.span.extracting(..<cut))
            if pieces == .incomplete { pieces = step(&parser, wire.span) }
            #expect(pieces == outcome, "cut at \(cut)", sourceLocation: sourceLocation)
        }

        var parser = HeadParser(limits: limits)
        var pieces = HeadOutcome.incomplete
        for count in 0...wire.count where pieces == .incomplete {
            pieces = pages.withSpan(of: wire[..<count]) { step(&parser, $0) }
        }
        #expect(pieces == outcome, "byte by byte", sourceLocation: sourceLocation)
        return outcome
    }

    /// Does the same for a text.
    static func everyWay(
        _ wire: String, limits: HeadParser.Limits = HeadParser.Limits(),
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> HeadOutcome {
        try everyWay(Array(wire.utf8), limits: limits, sourceLocation: sourceLocation)
    }

    /// One call of a parser.
    static func step(_ parser: inout HeadParser, _ input: Span<UInt8>) -> HeadOutcome {
        do throws(MessageError) {
            guard let head = try parser.parse(input) else { return .incomplete }
            return .head(ParsedHead(head))
        } catch {
            return .refused(error)
        }
    }
}

/// The contents of a head, comparable.
struct ParsedHead: Equatable {
    var method: Method
    var minorVersion: UInt8
    var isPersistent: Bool
    var path: String
    var query: String?
    var authority: String?
    var fields: [Field]
    var framing: HeadParser.Framing
    var expectsContinue: Bool
    var length: Int

    struct Field: Equatable {
        var name: FieldName
        var value: [UInt8]
    }

    init(_ head: HeadParser.Head) {
        let request = head.request
        method = request.method
        minorVersion = request.minorVersion
        isPersistent = request.isPersistent
        path = String(decoding: request.path, as: UTF8.self)
        query = request.query.map { String(decoding: $0, as: UTF8.self) }
        authority = request.authority.map { String(decoding: $0, as: UTF8.self) }
        fields = request.fields.map { Field(name: $0.name, value: Array(request.head[$0.range])) }
        framing = head.framing
        expectsContinue = head.expectsContinue
        length = head.length
    }
}

/// A request to `/` with these field lines after Host.
func request(_ lines: String..., version: String = "1.1") -> String {
    (["GET / HTTP/\(version)", "Host: example.com"] + lines).joined(separator: "\r\n")
        + "\r\n\r\n"
}
