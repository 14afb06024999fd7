import Crypto
import Synchronization

/// Permission for a request to hash passwords: no key is derived without one.
///
/// Two things are limited: how often (one token per request, from the account that knows the client
/// or from the address a stranger names) and how many at once (one slot per derivation that waits or
/// runs). The limit of the request's network was applied before, by `Throttle.Admission`.
struct HashingAdmission {
    fileprivate let places: [Place]

    /// The party whose derivations are counted, and how many it may have at once.
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

    /// The most derivations that wait or run at once for the strangers in one network, for the strangers
    /// at one address, or for the clients known to one account.
    static let most = 4
    /// The same for all known clients in one network.
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

/// Permission for one derivation, which holds a slot; only `Throttle.whileHashing` creates one.
struct HashingPermit: ~Copyable {
    fileprivate init() {}
}

/// Counts the derivations that wait or run, by party.
final class HashingPlaces: Sendable {
    private struct Table {
        var counts: [HashingAdmission.HashingQuota: Int] = [:]
        var refusals: UInt64 = 0
    }

    private let table = Mutex(Table())

    /// How often no slot was free.
    var refusals: UInt64 { table.withLock { $0.refusals } }

    /// Takes a slot of each party, or none at all; false when one party has no free slot.
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
    /// Admits a request that hashes passwords, whether or not an account has the address.
    ///
    /// Strangers share the limits of the address and of their network; the known clients of an account
    /// share a limit only with each other, so strangers cannot lock them out.
    /// - Parameters:
    ///   - address: The address that was entered, or that of the signed-in account.
    ///   - account: The account that knows the client; nil for a stranger.
    ///   - client: Where the request comes from, and how it was admitted.
    /// - Returns: The admission that `whileHashing` takes.
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

    /// Counts a request against the account that knows the client, when the client's network has reached its limit.
    ///
    /// One client can create many accounts and devices, so those of one network share a limit, too.
    ///
    /// - Throws: `tooManyRequests`.
    func admitKnownClient(
        of account: UUID, in network: Network, otherwise refusal: NetworkRefusal
    ) throws(AuthError) {
        let wait = take(account, of: deviceLogins)
        try refuse(after: wait.map { min($0, refusal.wait) }, by: .deviceLogin)
        let crowdWait = take(network, of: deviceLoginsByNetwork)
        if crowdWait != nil { deviceLogins.giveBack(account) }
        try refuse(after: crowdWait.map { min($0, refusal.wait) }, by: .deviceLogin)
    }

    /// Runs a derivation, unless too many of the same parties wait already.
    ///
    /// - Parameters:
    ///   - admission: The admission of the request.
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
