import ArgumentParser

/// `lunauth secret`: the key that everything is signed with.
struct SecretCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "secret", abstract: "Print the JWT key, or replace the secret key.",
        subcommands: [JWT.self, Rotate.self])

    /// `lunauth secret jwt`.
    struct JWT: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "jwt",
            abstract: "Print the JWT key in base64url, for services that verify tokens.")

        @OptionGroup var options: ConfigurationOptions

        func run() throws {
            do {
                print(try SecretKeys(try options.load().values).encodedTokenKey())
            } catch {
                throw Exit.error(for: error)
            }
        }
    }

    /// `lunauth secret rotate`.
    struct Rotate: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rotate",
            abstract: "Make a new key; the old one verifies for one token lifetime.")

        @OptionGroup var options: ConfigurationOptions

        func run() throws {
            do {
                try SecretKeys(try options.load().values).rotate(at: WallClock.now())
                print("a new key signs; tokens of the old one stay good until they expire")
            } catch {
                throw Exit.error(for: error)
            }
        }
    }
}
