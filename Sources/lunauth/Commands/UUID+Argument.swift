import ArgumentParser
import Crypto

extension UUID {
    /// The id that an argument is.
    static func argument(_ text: String) throws -> UUID {
        guard let id = UUID(parsing: text.utf8) else {
            throw ValidationError("expected an id as the list prints it")
        }
        return id
    }
}
