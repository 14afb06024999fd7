import Auth
import Crypto

/// Writes the lines of an export, and counts them.
struct TransferWriter: ~Copyable {
    /// How much is written at once.
    private static let batchBytes = 64 << 10

    private let write: ([UInt8]) throws -> Void
    private var batch: [UInt8] = []
    private var digest = SHA256Stream()
    private var (accounts, invites): (Int64, Int64) = (0, 0)

    /// Begins an export.
    ///
    /// - Parameters:
    ///   - withSecrets: Whether factors have their secrets.
    ///   - write: Takes the bytes.
    /// - Throws: What `write` throws.
    init(withSecrets: Bool, _ write: @escaping ([UInt8]) throws -> Void) throws {
        self.write = write
        try add(.header(withSecrets: withSecrets))
    }

    /// Writes all accounts and invitations of a server, a page at a time.
    ///
    /// - Parameters:
    ///   - service: The server.
    ///   - withSecrets: Whether factors have their secrets.
    ///   - write: Takes the bytes.
    /// - Returns: How much was written.
    /// - Throws: `AuthError`, and what `write` throws.
    static func export(
        _ service: TransferService, withSecrets: Bool,
        _ write: @escaping ([UInt8]) throws -> Void
    ) throws -> TransferTotals {
        var writer = try TransferWriter(withSecrets: withSecrets, write)
        var last: Cursor?
        repeat {
            let page = try service.accounts(
                after: last, limit: pageCount, withSecrets: withSecrets)
            for account in page { try writer.add(.record(.account(account))) }
            last = page.last?.position
        } while last != nil
        repeat {
            let page = try service.invites(after: last, limit: pageCount)
            for invite in page { try writer.add(.record(.invite(invite))) }
            last = page.last.map {
                Cursor(createdAt: $0.invite.createdAt, id: $0.invite.id, .oldest)
            }
        } while last != nil
        return try writer.end()
    }

    /// Records that are read at once.
    private static let pageCount = 100

    private mutating func add(_ line: TransferLine) throws {
        switch line {
        case .record(.account): accounts += 1
        case .record(.invite): invites += 1
        case .header, .end: break
        }
        let bytes = line.encoded
        digest.add(bytes)
        batch += bytes
        guard batch.count >= Self.batchBytes else { return }
        try flush()
    }

    private mutating func end() throws -> TransferTotals {
        let totals = TransferTotals(
            accounts: accounts, invites: invites, digest: digest.digest())
        batch += TransferLine.end(totals).encoded
        try flush()
        return totals
    }

    private mutating func flush() throws {
        try write(batch)
        batch.removeAll(keepingCapacity: true)
    }
}
