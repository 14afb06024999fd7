import CYAML

/// Reads the first document of a YAML 1.1 file, by libyaml.
@safe
struct YAMLDocument: ~Copyable {
    private static let maximumDepth = 16

    private let library: YAMLLibrary
    private let parser = YAMLLibrary.Parser.allocate(capacity: 1)
    private let event = YAMLLibrary.Event.allocate(capacity: 1)
    private let input: UnsafeMutableBufferPointer<UInt8>
    private let isReady: Bool

    /// Reads a document.
    ///
    /// - Parameter bytes: The file.
    /// - Returns: Its first document.
    /// - Throws: When it is no YAML, nested too deep, or uses aliases, which could make a small file large.
    static func read(_ bytes: [UInt8]) throws(TransferProblem) -> YAMLNode {
        let document = YAMLDocument(bytes, read: try YAMLLibrary())
        guard document.isReady else { throw TransferProblem("no memory for the file") }
        return try document.root()
    }

    private init(_ bytes: [UInt8], read library: YAMLLibrary) {
        self.library = library
        unsafe input = .allocate(capacity: bytes.count)
        _ = unsafe input.initialize(from: bytes)
        isReady = unsafe library.initialize(parser) == 1
        if isReady { unsafe library.setInput(parser, input.baseAddress, input.count) }
    }

    deinit {
        if isReady { unsafe library.deleteParser(parser) }
        unsafe parser.deallocate()
        unsafe event.deallocate()
        unsafe input.deallocate()
    }

    private func root() throws(TransferProblem) -> YAMLNode {
        while true {
            switch try next() {
            case .node(let node): return node
            case .begin(let kind): return try collection(kind, depth: 1)
            case .other: continue
            case .end, .over: throw TransferProblem("the file is empty")
            }
        }
    }

    private enum Kind { case sequence, mapping }

    /// What libyaml found next.
    private enum Found {
        case node(YAMLNode)
        case begin(Kind)
        case end
        case other
        case over
    }

    private func collection(_ kind: Kind, depth: Int) throws(TransferProblem) -> YAMLNode {
        guard depth <= Self.maximumDepth else { throw TransferProblem("nested too deep") }
        var nodes: [YAMLNode] = []
        reading: while true {
            switch try next() {
            case .node(let node): nodes.append(node)
            case .begin(let kind): nodes.append(try collection(kind, depth: depth + 1))
            case .end: break reading
            case .other: continue
            case .over: throw TransferProblem("not YAML: it ends too early")
            }
        }
        guard kind == .mapping else { return .sequence(nodes) }
        var fields: [YAMLField] = []
        for index in stride(from: 0, to: nodes.count - 1, by: 2) {
            guard let name = nodes[index].text else { throw TransferProblem("a name is no text") }
            fields.append(YAMLField(name: name, value: nodes[index + 1]))
        }
        return .mapping(fields)
    }

    private func next() throws(TransferProblem) -> Found {
        guard unsafe library.parse(parser, event) == 1 else {
            throw TransferProblem("not YAML: line \(unsafe parser.pointee.problem_mark.line + 1)")
        }
        defer { unsafe library.deleteEvent(event) }
        switch unsafe event.pointee.type {
        case YAML_SCALAR_EVENT:
            let scalar = unsafe event.pointee.data.scalar
            let bytes = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            guard let text = unsafe String(validating: bytes, as: UTF8.self) else {
                throw TransferProblem("not UTF-8")
            }
            return .node(.scalar(text))
        case YAML_SEQUENCE_START_EVENT: return .begin(.sequence)
        case YAML_MAPPING_START_EVENT: return .begin(.mapping)
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: return .end
        case YAML_ALIAS_EVENT: throw TransferProblem("aliases are not read")
        case YAML_STREAM_END_EVENT, YAML_NO_EVENT: return .over
        default: return .other
        }
    }
}
