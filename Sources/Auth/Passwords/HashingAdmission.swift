import Crypto
import Synchronization

/// That a request may have passwords hashed: no derivation is made without.
///
/// Two things are bounded: how often (a token a request, of the account that knows the client or of
/// the address a stranger names) and how much at a time (a place for each derivation that waits or
/// runs). What the request's network may do was counted before, by `Throttle.Admission`.
struct HashingAdmission {
    fileprivate let places: [Place]

    /// Where derivations are counted, and how many there may be.
    fileprivate struct Place {
        let party: HashingQuota
        let most: Int
    }

    fileprivate enum HashingQuota: Hashable {
        case strangers(Throttle.Network)
        case strangersAt(Digest)
        case knownClients(Throttle.Network)
        case knownClientsOf(UUID)
    }

    /// The most derivations of the strangers in one network, of the strangers at one address, or of
    /// the clients that one account knows, that wait or run at once.
    static let most = 4
    /// The most of all known clients in one network.
    static let mostOfKnownClients = 12

    fileprivate init(places: [Place]) {
        self.places = places
    }

    fileprivate static func places(
        in network: Throttle.Network, most: Int, _ party: (Throttle.Network) -> HashingQuota
    ) -> [Place] {
        network.scopes.map { Place(party: party($1), most: most * Int($0.multiple)) }
    }
}

/// That one derivation has its place: nothing but `Throttle.whileHashing` makes one.
struct HashingPermit: ~Copyable {
    fileprivate init() {}
}

/// Derivations that wait or run, of all parties.
final class HashingPlaces: Sendable {
    private struct Table {
        var counts: [HashingAdmission.HashingQuota: Int] = [:]
        var refusals: UInt64 = 0
    }

    private let table = Mutex(Table())

    /// How often there was no place.
    var refusals: UInt64 { table.withLock { $0.refusals } }

    /// Takes a place of each party, or of none; false when one has none left.
    fileprivate func take(_ places: [HashingAdmission.Place], isLimited: Bool) -> Bool {
        table.withLock { table in
            let hasRoom = places.allSatisfy { table.counts[$0.party, default: 0] < $0.most }
            guard hasRoom || !isLimited else {
                table.refusals &+= 1
                return false
            }
            for place in places { table.counts[place.party, default: 0] += 1 }
            return true
        }
    }

    fileprivate func giveBack(_ places: [HashingAdmission.Place]) {
        table.withLock { table in
            for place in places {
                let count = table.counts[place.party, default: 1]
                table.counts[place.party] = count > 1 ? count - 1 : nil
            }
        }
    }
}

extension Throttle {
    /// Counts a request that has passwords hashed, whether or not an account has the address.
    ///
    /// Strangers share what their address allows and their network has; whoever is known to an account
    /// shares with nobody but its other known clients, so that strangers keep none of them out.
    /// - Parameters:
    ///   - address: What was typed, or whose account is signed in.
    ///   - account: The account that knows the client; nil for a stranger.
    ///   - client: Where the request comes from, and how it was admitted.
    /// - Returns: What `whileHashing` takes.
    /// - Throws: `tooManyRequests`.
    func admitHashing(
        at address: String, knownTo account: UUID?, from client: ClientContext
    ) throws(AuthError) -> HashingAdmission {
        let network = client.network
        guard let account else {
            if case .knownClientsOnly(let refusal) = client.admission { throw refusal.error }
            let key = failedLogins.key(ofAddress: address)
            try refuse(after: take(key, of: failedLogins.hashings), by: .hashingOfAddress)
            return HashingAdmission(
                places: [.init(party: .strangersAt(key), most: HashingAdmission.most)]
                    + HashingAdmission.places(in: network, most: HashingAdmission.most) {
                        .strangers($0)
                    })
        }
        try refuse(after: take(account, of: knownClients), by: .hashingOfAddress)
        if case .knownClientsOnly(let refusal) = client.admission {
            do throws(AuthError) {
                try admitKnownClient(of: account, in: network, otherwise: refusal)
            } catch {
                knownClients.giveBack(account)
                throw error
            }
        }
        return HashingAdmission(
            places: [.init(party: .knownClientsOf(account), most: HashingAdmission.most)]
                + HashingAdmission.places(
                    in: network, most: HashingAdmission.mostOfKnownClients
                ) { .knownClients($0) })
    }

    /// Counts what a client does by the allowance of its account, where its network has none left.
    ///
    /// Anybody can have many accounts and devices: those of one network are limited together, too.
    private func admitKnownClient(
        of account: UUID, in network: Network, otherwise refusal: NetworkRefusal
    ) throws(AuthError) {
        let wait = take(account, of: deviceLogins)
        try refuse(after: wait.map { min($0, refusal.wait) }, by: .deviceLogin)
        let crowdWait = take(network, of: deviceLoginsByNetwork)
        if crowdWait != nil { deviceLogins.giveBack(account) }
        try refuse(after: crowdWait.map { min($0, refusal.wait) }, by: .deviceLogin)
    }

    /// Runs a derivation, when not too many of the same parties wait already.
    ///
    /// - Parameters:
    ///   - admission: Of the request.
    ///   - work: Derives one key.
    /// - Returns: What `work` returns.
    /// - Throws: `tooManyRequests`, or what `work` throws.
    func whileHashing<Value>(
        _ admission: HashingAdmission,
        _ work: (borrowing HashingPermit) throws(AuthError) -> Value
    ) throws(AuthError) -> Value {
        guard hashing.take(admission.places, isLimited: isLimiting) else {
            throw Self.refusal(after: 1_000_000_000, by: .hashing)
        }
        defer { hashing.giveBack(admission.places) }
        return try work(HashingPermit())
    }
}
