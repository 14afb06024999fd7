import Testing

@testable import HTTP

/// The result of a decoder for bytes passed to it in different ways.
enum BodyOutcome: Equatable {
    case complete(content: String, consumed: Int)
    case incomplete(content: String)
    case refused(MessageError)

    /// Passes the bytes to a decoder whole, cut in two at every byte, and byte by byte right before
    /// an unreadable page; records an issue when the results differ.
    ///
    /// - Returns: The result for the bytes as a whole.
    static func everyWay(
        _ wire: String, framing: HeadParser.Framing = .chunked, limit: Int = 1_024,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> BodyOutcome {
        let wire = Array(wire.utf8)
        let pages = try GuardedPages(capacity: max(wire.count, 1))
        let outcome = decode([wire[...]], framing: framing, limit: limit, in: pages)
        for cut in 0...wire.count {
            let pieces = decode(
                [wire[..<cut], wire[cut...]], framing: framing, limit: limit, in: pages)
            #expect(pieces == outcome, "cut at \(cut)", sourceLocation: sourceLocation)
        }
        let bytes = decode(
            wire.indices.map { wire[$0...$0] }, framing: framing, limit: limit, in: pages)
        #expect(bytes == outcome, "byte by byte", sourceLocation: sourceLocation)
        return outcome
    }

    /// Decodes pieces, each placed right before the unreadable page.
    static func decode(
        _ pieces: [ArraySlice<UInt8>], framing: HeadParser.Framing, limit: Int,
        in pages: GuardedPages
    ) -> BodyOutcome {
        var content: [UInt8] = []
        var consumed = 0
        do throws(MessageError) {
            var decoder = try BodyDecoder(framing: framing, limit: limit)
            for piece in pieces {
                let result: Result<Int, MessageError> = pages.withSpan(of: piece) { span in
                    do throws(MessageError) {
                        return .success(try decoder.decode(span, into: &content))
                    } catch {
                        return .failure(error)
                    }
                }
                let count = try result.get()
                consumed += count
                #expect(count == piece.count || decoder.isComplete)
            }
            let text = String(decoding: content, as: UTF8.self)
            return decoder.isComplete
                ? .complete(content: text, consumed: consumed) : .incomplete(content: text)
        } catch {
            return .refused(error)
        }
    }
}
