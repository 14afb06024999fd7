import Testing
import TestSupport

@testable import HTTP

extension SplitMix64 {
    /// Up to `count` bytes of an alphabet.
    mutating func bytes(_ alphabet: [UInt8], upTo count: Int) -> [UInt8] {
        (0..<Int.random(in: 0...count, using: &self)).map { _ in
            alphabet[Int.random(in: alphabet.indices, using: &self)]
        }
    }
}

/// A valid request, with the expected results of the parser.
struct RandomRequest {
    var head: [UInt8] = []
    var method: Method
    var path: String
    var values: [[UInt8]] = []
    var content: [UInt8] = []
    var framing = HeadParser.Framing.length(0)
    var encodedBody: [UInt8] = []

    private static let pathBytes = Array("abcXYZ019-._~!$&'()*+,;=:@/".utf8)
    private static let tokenBytes = Array("abcXYZ019!#$%&'*+-.^_`|~".utf8)
    private static let valueBytes = [UInt8](0x21...0x7E) + [UInt8](0x80...0xFF)

    init(using generator: inout SplitMix64) {
        method = Method.allCases[Int.random(in: Method.allCases.indices, using: &generator)]
        let pathBytes = [0x2F] + generator.bytes(Self.pathBytes, upTo: 30)
        path = String(decoding: pathBytes, as: UTF8.self)
        head += Array("\(method.rawValue) \(path) HTTP/1.1\r\nHost: example.com\r\n".utf8)
        values.append(Array("example.com".utf8))
        for _ in 0..<Int.random(in: 0...12, using: &generator) {
            // No recognised name begins with this letter.
            addField(
                Array("z".utf8) + generator.bytes(Self.tokenBytes, upTo: 12),
                generator.bytes(Self.valueBytes, upTo: 40), using: &generator)
        }
        content = generator.bytes([UInt8](0...255), upTo: 60)
        if Bool.random(using: &generator) {
            framing = .chunked
            addField(Array("Transfer-Encoding".utf8), Array("chunked".utf8), using: &generator)
            encodeChunks(using: &generator)
        } else {
            framing = .length(content.count)
            addField(
                Array("Content-Length".utf8), Array("\(content.count)".utf8), using: &generator)
            encodedBody = content
        }
        head += [0x0D, 0x0A]
    }

    private mutating func addField(
        _ name: [UInt8], _ value: [UInt8], using generator: inout SplitMix64
    ) {
        let space = { (generator: inout SplitMix64) in generator.bytes([0x20, 0x09], upTo: 3) }
        head += name + [0x3A] + space(&generator) + value + space(&generator) + [0x0D, 0x0A]
        values.append(value)
    }

    private mutating func encodeChunks(using generator: inout SplitMix64) {
        var rest = content[...]
        while !rest.isEmpty {
            let count = Int.random(in: 1...rest.count, using: &generator)
            encodedBody += Array("\(String(count, radix: 16))\r\n".utf8) + rest.prefix(count)
            encodedBody += [0x0D, 0x0A]
            rest = rest.dropFirst(count)
        }
        encodedBody += Array("0\r\n\r\n".utf8)
    }
}

struct RandomRequestTests {
    @Test(arguments: 0..<200 as Range<UInt64>)
    func `a valid request is parsed the same however it is split`(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let request = RandomRequest(using: &generator)
        // The next request follows directly.
        let wire = request.head + request.encodedBody + Array("GET / HTTP/1.1\r\n".utf8)

        var parser = HeadParser()
        var head: HeadParser.Head?
        var arrived = 0
        while head == nil, arrived < wire.count {
            arrived = min(arrived + Int.random(in: 1...40, using: &generator), wire.count)
            head = try parser.parse(wire.span.extracting(..<arrived))
        }
        let found = try #require(head)
        #expect(found.length == request.head.count)
        #expect(found.framing == request.framing)
        #expect(found.request.method == request.method)
        #expect(String(decoding: found.request.path, as: UTF8.self) == request.path)
        #expect(found.request.fields.map { Array(found.request.head[$0.range]) } == request.values)

        var decoder = try BodyDecoder(framing: found.framing, limit: 60)
        var content: [UInt8] = []
        var position = found.length
        while !decoder.isComplete, position < wire.count {
            let end = min(position + Int.random(in: 1...20, using: &generator), wire.count)
            position += try decoder.decode(wire.span.extracting(position..<end), into: &content)
        }
        #expect(decoder.isComplete)
        #expect(content == request.content)
        #expect(position == request.head.count + request.encodedBody.count)
    }

    /// No bytes trap, and the result does not depend on how they are split.
    @Test(arguments: 0..<100 as Range<UInt64>)
    func `a damaged request has the same result however it is split`(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        var wire = RandomRequest(using: &generator).head
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            let position = Int.random(in: wire.indices, using: &generator)
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: wire[position] = UInt8.random(in: 0...255, using: &generator)
            case 1: wire.remove(at: position)
            default: wire.insert([0x0D, 0x0A, 0x20, 0x3A, 0x00][position % 5], at: position)
            }
        }
        _ = try HeadOutcome.everyWay(wire)
    }
}
