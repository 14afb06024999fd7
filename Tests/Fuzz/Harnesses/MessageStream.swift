@testable import HTTP

/// The messages of a connection's bytes, as far as they are well-formed.
struct MessageStream: Equatable {
    /// The messages with a complete head; the last body may be incomplete.
    private(set) var messages: [Message] = []
    /// Why the rest is refused; nil when it is incomplete.
    private(set) var refusal: MessageError?

    /// The contents of a message.
    struct Message: Equatable {
        let head: [UInt8]
        let method: Method
        let minorVersion: UInt8
        let isPersistent: Bool
        let fields: [Request.Field]
        let path: Range<Int>
        let query: Range<Int>?
        let authority: Range<Int>?
        let framing: HeadParser.Framing
        let expectsContinue: Bool
        var body: [UInt8] = []
        var isComplete = false

        init(_ head: HeadParser.Head) {
            let request = head.request
            self.head = request.head
            method = request.method
            minorVersion = request.minorVersion
            isPersistent = request.isPersistent
            fields = request.fields
            path = request.pathRange
            query = request.queryRange
            authority = request.authorityRange
            framing = head.framing
            expectsContinue = head.expectsContinue
        }
    }

    /// The limits of a connection.
    struct Limits {
        var head = HeadParser.Limits()
        var body = 65_536

        /// The limits of the wire contract, and some that short inputs reach.
        static var all: [Limits] {
            var small = Limits(body: 48)
            small.head.headBytes = 256
            small.head.targetBytes = 64
            small.head.fields = 6
            return [Limits(), small]
        }
    }

    /// Parses bytes received in pieces.
    ///
    /// - Parameters:
    ///   - input: All bytes.
    ///   - ends: The number of bytes received at each step.
    ///   - limits: The limits.
    init(_ input: [UInt8], arriving ends: [Int], limits: Limits) {
        var reading = Reading(limits: limits)
        do throws(MessageError) {
            for end in ends {
                while try reading.advance(input.span.extracting(..<end), &messages) {}
            }
        } catch {
            refusal = error
            // How much of a refused body was decoded depends on the pieces, and is irrelevant.
            if reading.isInBody { messages.removeLast() }
        }
    }

    /// Parses bytes received at once.
    init(_ input: [UInt8], limits: Limits) {
        self.init(input, arriving: [input.count], limits: limits)
    }

    /// The state between two pieces.
    private struct Reading {
        let limits: Limits
        var parser: HeadParser
        var decoder: BodyDecoder?
        var isInBody = false
        /// The start of the bytes that were not consumed.
        var start = 0

        init(limits: Limits) {
            self.limits = limits
            parser = HeadParser(limits: limits.head)
        }

        /// Consumes a head or a part of a body, and returns whether to continue.
        mutating func advance(
            _ input: Span<UInt8>, _ messages: inout [Message]
        ) throws(MessageError) -> Bool {
            let rest = input.extracting(start...)
            guard isInBody else {
                guard let head = try parser.parse(rest) else { return false }
                start += head.length
                messages.append(Message(head))
                isInBody = true
                decoder = try BodyDecoder(framing: head.framing, limit: limits.body)
                return true
            }
            guard var decoder else { return false }
            let last = messages.count - 1
            start += try decoder.decode(rest, into: &messages[last].body)
            self.decoder = decoder
            guard decoder.isComplete else { return false }
            messages[last].isComplete = true
            isInBody = false
            return true
        }
    }
}
