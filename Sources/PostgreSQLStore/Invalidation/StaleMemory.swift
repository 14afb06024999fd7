import Auth
import Crypto
import StoreSupport

/// What a transaction made stale in the memory of the daemons, as it is kept for them.
///
/// The octets are a version, the topics, and the items: a kind and its key each. A daemon that does not know
/// the version, a topic or a kind drops everything.
struct StaleMemory: Equatable, Sendable {
    /// What is not named one by one.
    struct Topics: OptionSet, Sendable {
        let rawValue: UInt8

        /// All that is cached.
        static let everything = Topics(rawValue: 1)
        /// All sessions.
        static let sessions = Topics(rawValue: 2)
        /// What the server knows about itself: settings, owner, what setup stored.
        static let state = Topics(rawValue: 4)
        /// A line was left for the log.
        static let notes = Topics(rawValue: 8)
        /// Failed logins are to be forgotten.
        static let unlocks = Topics(rawValue: 16)
        /// The secret keys that daemons share.
        static let secretKeys = Topics(rawValue: 32)

        /// Those of this version.
        static let known: Topics = [
            .everything, .sessions, .state, .notes, .unlocks, .secretKeys,
        ]
    }

    /// A value that may be cached, by its key.
    enum Item: Hashable, Sendable {
        case session(Session.Key)
        case account(UUID)
        case apiKey(Digest)
    }

    /// What is not named one by one.
    private(set) var topics: Topics
    /// What is.
    private(set) var items: [Item]

    /// The most items: beyond, everything is dropped.
    static let maximumItems = 2_000
    private static let version: UInt8 = 1

    /// What is stale.
    init(_ topics: Topics, _ items: [Item] = []) {
        let isTooMuch = items.count > Self.maximumItems
        self.topics = isTooMuch ? topics.union(.everything) : topics
        self.items = isTooMuch ? [] : items
    }

    /// What concerns the memory of other daemons; that a mail is due does not: one of them is enough.
    init(_ changes: Changes) {
        var topics: Topics = []
        if changes.endsAllSessions { topics.insert(.sessions) }
        if changes.concernsState { topics.insert(.state) }
        if changes.hasNotes { topics.insert(.notes) }
        if !changes.unlocked.isEmpty { topics.insert(.unlocks) }
        if changes.replacesSecretKeys { topics.insert(.secretKeys) }
        self.init(
            topics,
            changes.sessions.map(Item.session) + changes.accounts.map(Item.account)
                + changes.apiKeys.map(Item.apiKey))
    }

    /// Whether there is nothing.
    var isEmpty: Bool { topics.isEmpty && items.isEmpty }

    /// As it is applied to memory.
    var changes: Changes {
        var changes = Changes()
        changes.endsAllSessions = topics.contains(.sessions)
        for item in items {
            switch item {
            case .session(let key): changes.sessions.append(key)
            case .account(let id): changes.accounts.append(id)
            case .apiKey(let hash): changes.apiKeys.append(hash)
            }
        }
        return changes
    }
}

extension StaleMemory {
    private enum Kind: UInt8 {
        case session, sessionToken, account, apiKey
    }

    /// As it is stored.
    var octets: [UInt8] {
        items.reduce(into: [Self.version, topics.rawValue]) { octets, item in
            let (kind, key): (Kind, [UInt8]) =
                switch item {
                case .session(.id(let id)): (.session, id.octets)
                case .session(.tokenHash(let hash)): (.sessionToken, hash.bytes)
                case .account(let id): (.account, id.octets)
                case .apiKey(let hash): (.apiKey, hash.bytes)
                }
            octets.append(kind.rawValue)
            octets += key
        }
    }

    /// What was stored; everything where that is not understood.
    init(octets: [UInt8]) {
        self = Self.parse(octets) ?? StaleMemory(.everything)
    }

    private static func parse(_ octets: [UInt8]) -> StaleMemory? {
        guard octets.count >= 2, octets[0] == version else { return nil }
        let topics = Topics(rawValue: octets[1])
        guard topics.isSubset(of: .known) else { return nil }
        var rest = octets[2...]
        var items: [Item] = []
        while let first = rest.popFirst() {
            guard let kind = Kind(rawValue: first) else { return nil }
            let size = kind == .session || kind == .account ? 16 : 32
            guard rest.count >= size, let item = item(kind, Array(rest.prefix(size))) else {
                return nil
            }
            items.append(item)
            rest = rest.dropFirst(size)
        }
        return StaleMemory(topics, items)
    }

    private static func item(_ kind: Kind, _ key: [UInt8]) -> Item? {
        switch kind {
        case .session: UUID(octets: key).map { .session(.id($0)) }
        case .sessionToken: Digest(bytes: key).map { .session(.tokenHash($0)) }
        case .account: UUID(octets: key).map(Item.account)
        case .apiKey: Digest(bytes: key).map(Item.apiKey)
        }
    }
}

extension Changes {
    /// Whether what the server knows about itself changed.
    var concernsState: Bool {
        settings != nil || hasOwner != nil || replacesSetup || addsForeignPassword
    }
}
