import Auth
import Crypto

/// What a person gives to a verification: checkpoints that were kept elsewhere, and public keys.
enum GivenEvidence {
    /// The checkpoint in the last line of a file, as an export has it, which vouches for those before it.
    ///
    /// - Parameter path: One JSON object a line.
    /// - Returns: Its last line.
    /// - Throws: `io`; the way out for a file without a checkpoint.
    static func checkpoint(in path: String) throws -> SignedCheckpoint {
        var lines = try LineReader(path, maximum: ExportEntry.maximumLineBytes)
        var last: [UInt8]?
        while let line = try lines.next() { last = line.isEmpty ? last : line }
        guard let last, case .checkpoint(let checkpoint)? = ExportEntry(line: last) else {
            throw ExitStatus.usage.fail("\(path): its last line is no checkpoint")
        }
        return checkpoint
    }

    /// A public key of 64 hexadecimal digits.
    static func key(_ text: String) -> [UInt8]? {
        Hex.decode(text.utf8).flatMap { $0.count == Ed25519.publicKeyCount ? $0 : nil }
    }
}
