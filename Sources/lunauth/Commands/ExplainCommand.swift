import ArgumentParser
import JSON
import Server
import System
import Web

/// `lunauth explain`: asks the running server why it refused a request.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explain why the running server refused a request, by its X-Request-Id.")

    @OptionGroup var options: ConfigurationOptions
    @Flag(help: "Print the response of the server, in JSON.") var json = false
    @Argument(help: "The id of the request, from X-Request-Id or the log.")
    var requestID: String

    func validate() throws {
        guard RequestID.isWellFormed(Array(requestID.utf8)[...]) else {
            throw ValidationError("expected the id of a request: 1 to 64 of A-Z, a-z, 0-9, . _ -")
        }
    }

    func run() throws {
        let loaded = try Administration.load(options)
        guard let address = loaded.values.admin.listen else {
            throw ExitStatus.configuration.fail(
                "admin.listen is none: the server cannot be asked; use the administration pages")
        }
        guard let (status, body) = try ask(at: address) else {
            throw ExitStatus.unavailable.fail("what answers at \(address) is not lunauth")
        }
        switch status {
        case 200: try print(body)
        case 404:
            throw ExitStatus.failure.fail(
                """
                no refusal of this id is kept: the server keeps the last 10,000 since its start, and \
                answers its own user alone; look for id=\(requestID) in the log
                """)
        default: throw ExitStatus.unavailable.fail("the server at \(address) answers \(status)")
        }
    }

    private func ask(at address: ListenAddress) throws -> (status: Int, body: [UInt8])? {
        do throws(SystemError) {
            return try LocalRequest.get("/explain/\(requestID)", from: address)
        } catch {
            throw ExitStatus.unavailable.fail("no server answers at \(address): \(error)")
        }
    }

    private func print(_ body: [UInt8]) throws {
        if json {
            try StandardOutput.line(String(decoding: body, as: UTF8.self))
            return
        }
        guard let refusals = ExplainedText.refusals(in: body) else {
            throw ExitStatus.unavailable.fail("the response of the server is not readable")
        }
        for refusal in refusals { try StandardOutput.line(refusal.text) }
    }
}

/// One refusal, as the command prints it.
struct ExplainedText: Equatable {
    /// Lines for a terminal.
    let text: String

    /// The refusals of a response of `/explain/{requestId}`; nil when it is something else.
    static func refusals(in body: [UInt8]) -> [ExplainedText]? {
        guard case .object(let members)? = try? JSONValue.decode(body),
            case .array(let items)? = members["items"]
        else { return nil }
        let refusals = items.compactMap(ExplainedText.init)
        return refusals.count == items.count ? refusals : nil
    }

    private init?(_ item: JSONValue) {
        guard case .object(let members) = item, case .integer(let status)? = members["status"],
            case .string(let time)? = members["time"],
            case .string(let reason)? = members["reason"],
            case .string(let explanation)? = members["explanation"]
        else { return nil }
        func text(_ name: String) -> String? {
            if case .string(let text)? = members[name] { text } else { nil }
        }
        let request = [text("method"), text("route")].compactMap(\.self)
        let result = ["\(status)", text("code"), "(\(reason))"].compactMap(\.self)
        let who = [
            text("client").map { "client \($0)" }, text("account").map { "account \($0)" },
        ].compactMap(\.self)
        let head = [time, request.joined(separator: " "), result.joined(separator: " ")]
            .filter { !$0.isEmpty }.joined(separator: "  ")
        self.text = ([head, who.joined(separator: ", "), explanation].filter { !$0.isEmpty })
            .joined(separator: "\n  ")
    }
}
