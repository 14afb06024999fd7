@testable import HTTP

/// What a connection makes of bytes: messages one behind the other, as far as they are well-formed.
struct MessageStream: Equatable {
    /// The messages whose head is complete; of the last one the body may not be.
    private(set) var messages: [Message] = []
    /// Why the rest is refused; nil where it waits for more.
    private(set) var refusal: MessageError?

    /// Everything that is understood of a message.
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

    /// The bounds of a connection.
    struct Limits {
        var head = HeadParser.Limits()
        var body = 65_536

        /// Those of the wire contract, and some that short inputs reach.
        static var all: [Limits] {
            var small = Limits(body: 48)
            small.head.headBytes = 256
            small.head.targetBytes = 64
            small.head.fields = 6
            return [Limits(), small]
        }
    }

    /// Reads bytes that arrive in pieces.
    ///
    /// - Parameters:
    ///   - input: All bytes.
    ///   - ends: How many have arrived each time somebody looks.
    ///   - limits: The bounds.
    init(_ input: [UInt8], arriving ends: [Int], limits: Limits) {
        var reading = Reading(limits: limits)
        do throws(MessageError) {
            for end in ends {
                while try reading.advance(input.span.extracting(..<end), &messages) {}
            }
        } catch {
            refusal = error
            // How much of a refused body was decoded depends on the pieces, and matters to nobody.
            if reading.isInBody { messages.removeLast() }
        }
    }

    /// Reads bytes that arrive at once.
    init(_ input: [UInt8], limits: Limits) {
        self.init(input, arriving: [input.count], limits: limits)
    }

    /// What a connection remembers between two pieces.
    private struct Reading {
        let limits: Limits
        var parser: HeadParser
        var decoder: BodyDecoder?
        var isInBody = false
        /// Where what has not been taken begins.
        var start = 0

        init(limits: Limits) {
            self.limits = limits
            parser = HeadParser(limits: limits.head)
        }

        /// Takes a head or a part of a body, and says whether to go on.
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
