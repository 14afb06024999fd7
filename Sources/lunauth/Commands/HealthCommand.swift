import ArgumentParser
import Server
import System

/// `lunauth health`: the health check of a container, which has no other program to ask with.
struct HealthCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "health",
        abstract: "Ask the running server whether it answers.",
        discussion: """
            The admin listener is asked, or the public one where admin.listen is none. A server that \
            waits for its database answers; with --ready the exit status is 0 only if it can serve.
            """)

    @OptionGroup var options: ConfigurationOptions
    @Flag(help: "Whether requests can be served: /readyz, whose response is printed.")
    var ready = false

    func run() throws {
        let values = try Administration.load(options).values
        guard let (address, path) = probe(values) else {
            throw ExitStatus.configuration.fail(
                "admin.listen is none: only that listener knows whether requests can be served")
        }
        try ask(address, path)
    }

    /// Whom to ask, and for what; nil where readiness is asked for and no listener tells.
    private func probe(_ values: Configuration) -> (address: ListenAddress, path: String)? {
        if let admin = values.admin.listen { return (admin, ready ? "/readyz" : "/livez") }
        return ready ? nil : values.listen.first.map { ($0, "/health") }
    }

    private func ask(_ address: ListenAddress, _ path: String) throws {
        let response: (status: Int, body: [UInt8])?
        do throws(SystemError) {
            response = try LocalRequest.get(path, from: address)
        } catch {
            throw ExitStatus.unavailable.fail("no server answers at \(address): \(error)")
        }
        guard let (status, body) = response else {
            throw ExitStatus.unavailable.fail("what answers at \(address) is not lunauth")
        }
        if ready { try StandardOutput.line(String(decoding: body, as: UTF8.self)) }
        guard status == 200 else {
            throw ExitStatus.unavailable.fail("the server at \(address) answers \(status)")
        }
    }
}
