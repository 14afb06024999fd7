import Glibc
import System
import Mail

/// Why a conversation ends early.
enum FrameStreamError: Error {
    /// The stream cannot be read or written.
    case io
    /// What was read is not what is expected.
    case malformed
}

/// Reads and writes frames, waiting for as long as it takes.
struct FrameStream {
    private let input: Int32
    private let output: Int32
    private var buffer = FrameBuffer()

    /// Frames over these descriptors.
    init(input: Int32, output: Int32) {
        self.input = input
        self.output = output
    }

    /// Reads the next frame.
    ///
    /// - Parameter type: What is expected.
    /// - Returns: It; nil at the end of the input, where a frame that has only begun is left out.
    /// - Throws: When it is something else.
    mutating func next<Value: FrameContent>(
        _ type: Value.Type
    ) throws(FrameStreamError) -> Value? {
        while true {
            do throws(FrameError) {
                if let line = try buffer.next() { return try Frame.decode(type, from: line) }
            } catch {
                throw .malformed
            }
            guard let more = read() else { throw .io }
            if more.isEmpty { return nil }
            buffer.append(more)
        }
    }

    /// Writes a frame.
    ///
    /// - Throws: When the other end is closed.
    func write(_ value: some FrameContent) throws(FrameStreamError) {
        guard var rest = (try? Frame.encode(value))?[...] else { throw .malformed }
        while !rest.isEmpty {
            let written = unsafe rest.withUnsafeBytes { bytes in
                SystemCall.retrying {
                    unsafe Glibc.write(output, bytes.baseAddress, bytes.count)
                }
            }
            guard case .done(let count) = written else { throw .io }
            rest = rest.dropFirst(count)
        }
    }

    /// Some bytes; none at the end of the input, nil when it cannot be read.
    private func read() -> [UInt8]? {
        let size = 16 << 10
        var outcome = SystemCall.Outcome.wouldBlock
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            outcome = SystemCall.retrying { unsafe Glibc.read(input, buffer.baseAddress, size) }
            if case .done(let read) = outcome { count = read }
        }
        guard case .done = outcome else { return nil }
        return bytes
    }
}
