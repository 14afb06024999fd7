import Bytes
import Crypto
import Synchronization

/// Makes events with their MACs, and keeps the keys of the record.
///
/// Shared by all threads. The keys are random and wrapped under those of `secret.key`, as the key of factors
/// is: a new `secret.key` wraps them again, and old events stay as they are.
public final class EventRecorder: Sendable {
    /// Opens wrapped keys.
    let vault: FactorVault
    /// The MAC keys that were last opened, and of what: opening costs more than an event.
    private let opened = Mutex<(record: [UInt8], keys: [Opened])?>(nil)

    private struct Opened: Sendable {
        let id: DataKeys.ID
        let key: Secret
    }

    /// Creates a recorder.
    ///
    /// - Parameter vault: Has the keys of `secret.key`.
    public init(vault: FactorVault) {
        self.vault = vault
    }

    /// The MAC of a digest under the current key, which is made if there is none.
    ///
    /// - Parameters:
    ///   - digest: Of what is kept.
    ///   - use: What it is: the MAC of an event is none of a head.
    ///   - transaction: Keeps the keys.
    /// - Returns: The MAC, which names its key.
    /// - Throws: `unavailable` when no secret key opens the keys.
    func mac(
        _ digest: Digest, as use: MACUse, in transaction: any Transaction
    ) throws(AuthError) -> EventMAC {
        guard let key = try keys(in: transaction).first,
            let mac = EventMAC(key: key.id.octets, code: use.code(of: digest, under: key.key))
        else { throw Self.unusable("no key for events") }
        return mac
    }

    /// What verifies MACs under all keys of the record; none before the first event.
    ///
    /// - Throws: `unavailable` when no secret key opens the keys.
    public func macVerifier(in reader: any AuditKeyReader) throws(AuthError) -> MACVerifier {
        guard let record = try reader.auditKeys() else { return MACVerifier([]) }
        return MACVerifier(try open(record.mac).map { ($0.id.octets, $0.key) })
    }

    /// The key that signs checkpoints, which is made if there is none.
    ///
    /// - Throws: `unavailable` when no secret key opens it.
    func signingKey(in transaction: any Transaction) throws(AuthError) -> Ed25519.PrivateKey {
        _ = try keys(in: transaction)
        guard let record = try transaction.auditKeys(),
            let keys = DataKeys(record: record.signing, for: .checkpoints),
            let id = keys.currentID
        else { throw Self.unusable("the record of the keys is damaged") }
        let wrapping = vault.wrappingKeys
        let signer = try FactorVault.reporting { () throws(CryptoError) -> Ed25519.PrivateKey? in
            guard let key = try keys.key(id, unwrappedWith: wrapping) else { return nil }
            return try Ed25519.PrivateKey(seed: key.key)
        }
        guard let signer else { throw Self.unusable("no secret key opens the signing key") }
        return signer
    }

    /// The MAC keys, the current one first; made if there are none.
    private func keys(in transaction: any Transaction) throws(AuthError) -> [Opened] {
        if let record = try transaction.auditKeys() { return try open(record.mac) }
        let current = try vault.currentWrappingKey()
        let made = try FactorVault.reporting { () throws(CryptoError) in
            WrappedAuditKeys(
                mac: try DataKeys(wrappedUnder: current, for: .events).record,
                signing: try DataKeys(wrappedUnder: current, for: .checkpoints).record)
        }
        try transaction.save(made)
        return try open(made.mac)
    }

    private func open(_ record: [UInt8]) throws(AuthError) -> [Opened] {
        if let keys = opened.withLock({ $0?.record == record ? $0?.keys : nil }) { return keys }
        guard let wrapped = DataKeys(record: record, for: .events) else {
            throw Self.unusable("the record of the keys is damaged")
        }
        let wrapping = vault.wrappingKeys
        let keys = try FactorVault.reporting { () throws(CryptoError) in
            try wrapped.opened(with: wrapping)
        }
        guard let keys else { throw Self.unusable("no secret key opens the keys of the record") }
        let made = keys.map { Opened(id: $0.id, key: $0.key) }
        opened.withLock { $0 = (record, made) }
        return made
    }

    /// The fault, for the log.
    static func unusable(_ detail: String) -> AuthError {
        .unavailable(.auditKeyUnusable, detail: "events: \(detail)")
    }
}

/// What a MAC of the record is for.
enum MACUse: String {
    /// An event.
    case event = "lunauth event"
    /// The head of the chain.
    case head = "lunauth head"

    func code(of digest: Digest, under key: Secret) -> Digest {
        HMACSHA256(key: key).code(for: message(digest))
    }

    /// What is under the MAC.
    func message(_ digest: Digest) -> [UInt8] { Array(rawValue.utf8) + digest.bytes }
}

extension Transaction {
    /// Records what this transaction does.
    ///
    /// - Parameters:
    ///   - kind: What.
    ///   - subject: The account that it is about.
    ///   - object: The session, key, factor or invitation that it is about.
    ///   - actor: Who does it; nil for the one that the cause names.
    ///   - client: Where the actor was; nil for where the cause says.
    ///   - changes: From what to what; no secret.
    /// - Throws: `unavailable`: nothing is done that cannot be recorded.
    func record(
        _ kind: EventKind, of subject: UUID?, object: UUID? = nil, by actor: EventActor? = nil,
        from client: EventClient? = nil, _ changes: [EventChange] = []
    ) throws(AuthError) {
        guard let recorder = cause.recorder else {
            throw .unavailable(
                .auditKeyUnusable, detail: "events: no recorder for \(kind.rawValue)")
        }
        // One call of the kernel for all that is random.
        let count = PersonalData.saltCount
        let salts = Random.bytes(2 * count)
        // A random id would be on another page of its index for each event.
        let event = Event(
            id: .ordered(at: now.milliseconds), time: now, kind: kind, actor: actor ?? cause.actor,
            subject: subject, object: object,
            client: client ?? EventClient(of: cause, salt: salts[..<count]),
            details: EventDetails(changes, salt: salts[count...]))
        try insert(event, mac: recorder.mac(event.digest, as: .event, in: self))
    }
}
