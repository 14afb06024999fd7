import ArgumentParser
import Storage

/// `lunauth check`: what a start would use.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check the configuration; print each effective value and where it comes from.")

    @OptionGroup var options: ConfigurationOptions

    func run() throws {
        do {
            let loaded = try options.load()
            print(loaded.layers.report)
            for warning in loaded.layers.warnings { StandardError.write("warning: \(warning)\n") }
        } catch {
            throw Exit.error(for: error)
        }
    }
}
