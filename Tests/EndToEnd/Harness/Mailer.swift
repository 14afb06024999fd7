import Glibc
import Synchronization
import Testing

/// The real `lunauth-mailer`, driven like the daemon does.
///
/// It is killed with this value; its output is searched for secrets at the end of the tests.
final class Mailer: Sendable {
    /// The binary, beside that of the daemon.
    static var path: String { "\(Program.path)-mailer" }

    /// The parts of an order that a test needs.
    struct Order: Sendable {
        /// The text of a UUID.
        let id: String
        /// The frame.
        let json: JSON

        /// An order to send a password reset, with a secret link.
        init(
            _ kind: String = "reset", to recipient: String = Fresh.email(),
            in language: String = "en", values: [String: JSON] = [:]
        ) {
            let digits = (0..<12).map { _ in "0123456789abcdef".randomElement() ?? "0" }
            id = "5f1c8f0e-8f0c-4a53-9a3e-\(String(digits))"
            let link = "https://example.com/reset?token=\(Fresh.word())and\(Fresh.word())"
            Secrets.protect(link)
            json = [
                "id": .string(id), "kind": .string(kind), "recipient": .string(recipient),
                "language": .string(language),
                "site": ["name": "Example Books", "accent": "#30528c"],
                "createdAt": 1_790_000_000_000,
                "values": .object(["name": "Ada", "link": .string(link)].merging(values) { $1 }),
            ]
        }

        /// The link.
        var link: String { json["values"]?["link"]?.text ?? "" }
        /// The recipient.
        var recipient: String { json["recipient"]?.text ?? "" }
    }

    /// The process.
    let process: ChildProcess
    private let home: Home
    private let input: FrameInput

    /// Starts a mailer without configuring it.
    ///
    /// - Parameters:
    ///   - arguments: Its arguments; it accepts none.
    ///   - output: The file for its output; one in its home when nil.
    /// - Throws: When the program does not exist.
    init(arguments: [String] = [], output: String? = nil) throws {
        home = try Home()
        input = try FrameInput("\(home.path)/frames")
        process = try ChildProcess(
            [Self.path] + arguments, in: home.path, environment: Program.environment([:]),
            streams: .init(
                input: "\(home.path)/frames", output: output ?? "\(home.path)/output",
                errors: "\(home.path)/errors"))
    }

    /// Starts a mailer and waits until it is ready.
    ///
    /// - Parameter configuration: Its first frame.
    /// - Throws: When it is not.
    convenience init(_ configuration: JSON) throws {
        try self.init()
        try send(configuration)
        let greeting = try frame(0)
        guard greeting == ["outcome": "ready"] else { throw HarnessError("\(greeting)") }
    }

    deinit {
        process.send(SIGKILL)
        _ = try? process.wait()
        let output = home.read("output") ?? ""
        Secrets.search(output, from: "lunauth-mailer")
        #expect(home.read("errors") == "", "it says nothing but frames")
    }

    /// Sends a frame.
    ///
    /// - Throws: When it does not read.
    func send(_ frame: JSON) throws {
        try send(text: String(decoding: frame.encoded, as: UTF8.self) + "\n")
    }

    /// Sends any text.
    ///
    /// - Throws: When it does not read.
    func send(text: String) throws {
        try input.write(Array(text.utf8))
    }

    /// Waits for a frame.
    ///
    /// - Parameter index: The number of the frame; the greeting is the first.
    /// - Returns: The frame.
    /// - Throws: When it is not sent in time.
    func frame(_ index: Int) throws -> JSON {
        try Waiting.value(within: 30, of: "frame \(index)") {
            let hasEnded = process.presentEnding
            let frames = try home.jsonLines("output")
            if frames.count > index { return frames[index] }
            if let hasEnded { throw HarnessError("the mailer ended: \(hasEnded)") }
            return nil
        }
    }

    /// Sends an order and waits for its result.
    ///
    /// - Returns: The receipt.
    /// - Throws: When there is none in time, or one for another order.
    func carryOut(_ order: Order) throws -> JSON {
        let count = try home.jsonLines("output").count
        try send(order.json)
        let receipt = try frame(count)
        guard receipt["id"]?.text == order.id else { throw HarnessError("\(receipt)") }
        return receipt
    }

    /// Closes its input and waits for its end.
    func end() throws -> ChildProcess.Ending {
        input.close()
        return try wait()
    }

    /// Waits for its end.
    func wait() throws -> ChildProcess.Ending {
        try withExtendedLifetime(self) { try process.wait() }
    }
}

/// The writing end of a named pipe.
private final class FrameInput: Sendable {
    private let descriptor: Mutex<Int32?>

    init(_ path: String) throws {
        guard mkfifo(path, 0o600) == 0 else { throw HarnessError("mkfifo: error \(errno)") }
        // For reading as well, so that neither side blocks until the other opens it.
        let number = open(path, O_RDWR | O_CLOEXEC)
        guard number >= 0 else { throw HarnessError("open: error \(errno)") }
        descriptor = Mutex(number)
    }

    deinit { close() }

    func close() {
        descriptor.withLock { number in
            if let open = number.take() { Glibc.close(open) }
        }
    }

    func write(_ bytes: [UInt8]) throws {
        let count = descriptor.withLock { $0.map { Glibc.write($0, bytes, bytes.count) } }
        guard count == bytes.count else { throw HarnessError("write: error \(errno)") }
    }
}
