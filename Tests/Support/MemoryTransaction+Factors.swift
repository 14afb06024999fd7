import Auth
import Crypto

/// Credentials other than passwords, challenges and trusted browsers.
extension MemoryTransaction {
    func insert(_ credential: Credential) throws(AuthError) {
        try requireAccount(credential.accountID)
        let isTaken = memory.factors.contains { present in
            credential.kind == .passkey
                ? present.handle == credential.handle
                : present.kind == credential.kind && present.accountID == credential.accountID
        }
        guard !isTaken else { throw .limitReached }
        memory.factors.append(credential)
    }

    func credentials(of accountID: UUID) throws(AuthError) -> [Credential] {
        memory.factors(of: accountID)
    }

    func passkey(_ handle: [UInt8]) throws(AuthError) -> Credential? {
        memory.factors.first { $0.handle == handle }
    }

    func hasCredential(_ id: UUID) throws(AuthError) -> Bool {
        memory.factors.contains { $0.id == id }
    }

    func update(_ credential: Credential) throws(AuthError) {
        for index in memory.factors.indices where memory.factors[index].id == credential.id {
            memory.factors[index].name = credential.name
            memory.factors[index].data = credential.data
            memory.factors[index].lastUsedAt = credential.lastUsedAt
        }
    }

    func deleteCredential(_ id: UUID, of accountID: UUID) throws(AuthError) -> Bool {
        remove(from: \.factors) { $0.id == id && $0.accountID == accountID } > 0
    }

    @discardableResult
    func deleteCredentials(of accountID: UUID) throws(AuthError) -> Int {
        remove(from: \.factors) { $0.accountID == accountID }
    }

    func credentials(after id: UUID?, limit: Int) throws(AuthError) -> [Credential] {
        let later = memory.factors.filter { credential in
            id.map { $0.octets.lexicographicallyPrecedes(credential.id.octets) } ?? true
        }
        return Array(
            later.sorted { $0.id.octets.lexicographicallyPrecedes($1.id.octets) }.prefix(limit))
    }

    func dataKey() throws(AuthError) -> [UInt8]? { memory.dataKey }

    func save(dataKey: [UInt8]) throws(AuthError) { memory.dataKey = dataKey }

    func insert(_ challenge: Challenge) throws(AuthError) {
        if let accountID = challenge.accountID { try requireAccount(accountID) }
        guard !memory.challenges.contains(where: { $0.hash == challenge.hash }) else {
            throw .unavailable("a second challenge of this hash")
        }
        memory.challenges.append(challenge)
    }

    func challenge(
        _ hash: Digest, for purpose: Challenge.Purpose
    ) throws(AuthError) -> Challenge? {
        memory.challenge(hash, for: purpose)
    }

    func challenge(
        of accountID: UUID, for purpose: Challenge.Purpose
    ) throws(AuthError) -> Challenge? {
        challenges(of: accountID, for: purpose).last
    }

    func updateChallenge(_ hash: Digest, failures: Int) throws(AuthError) {
        for index in memory.challenges.indices where memory.challenges[index].hash == hash {
            memory.challenges[index].failures = failures
        }
    }

    func deleteChallenge(_ hash: Digest) throws(AuthError) -> Bool {
        remove(from: \.challenges) { $0.hash == hash } > 0
    }

    func deleteChallenges(
        of accountID: UUID, for purpose: Challenge.Purpose, keeping count: Int
    ) throws(AuthError) {
        let removed = Set(
            challenges(of: accountID, for: purpose).dropLast(max(0, count)).map(\.hash))
        remove(from: \.challenges) { removed.contains($0.hash) }
    }

    func deleteChallenges(of accountID: UUID) throws(AuthError) {
        remove(from: \.challenges) { $0.accountID == accountID }
    }

    func deleteAllChallenges() throws(AuthError) { remove(from: \.challenges) { _ in true } }

    func insert(_ browser: TrustedBrowser) throws(AuthError) {
        try requireAccount(browser.accountID)
        memory.trustedBrowsers.append(browser)
    }

    func trustedBrowser(
        _ hash: Digest, of accountID: UUID
    ) throws(AuthError) -> TrustedBrowser? {
        memory.trustedBrowsers.first { $0.hash == hash && $0.accountID == accountID }
    }

    func updateTrustedBrowser(_ id: UUID, lastUsedAt: Timestamp) throws(AuthError) {
        for index in memory.trustedBrowsers.indices where memory.trustedBrowsers[index].id == id {
            memory.trustedBrowsers[index].lastUsedAt = lastUsedAt
        }
    }

    func deleteTrustedBrowser(_ id: UUID, of accountID: UUID) throws(AuthError) -> Bool {
        remove(from: \.trustedBrowsers) { $0.id == id && $0.accountID == accountID } > 0
    }

    @discardableResult
    func deleteTrustedBrowsers(of accountID: UUID, keeping count: Int) throws(AuthError) -> Int {
        let own = memory.trustedBrowsers.filter { $0.accountID == accountID }
            .sorted { $0.isOlder(than: $1) }
        let removed = Set(own.dropLast(max(0, count)).map(\.id))
        return remove(from: \.trustedBrowsers) { removed.contains($0.id) }
    }

    func deleteAllTrustedBrowsers() throws(AuthError) -> Int {
        remove(from: \.trustedBrowsers) { _ in true }
    }

    /// The challenges of an account for a purpose, oldest first.
    private func challenges(
        of accountID: UUID, for purpose: Challenge.Purpose
    ) -> [Challenge] {
        // Those of one time stay in the order in which they were added.
        memory.challenges.enumerated()
            .filter { $0.element.accountID == accountID && $0.element.purpose == purpose }
            .sorted { ($0.element.createdAt, $0.offset) < ($1.element.createdAt, $1.offset) }
            .map(\.element)
    }

    private func requireAccount(_ id: UUID) throws(AuthError) {
        guard memory.credential(id) != nil else { throw .unavailable("no such account") }
    }

    /// Removes the matching items of a list.
    ///
    /// - Returns: How many there were.
    @discardableResult
    private func remove<Item>(
        from list: WritableKeyPath<Memory, [Item]>, where matches: (Item) -> Bool
    ) -> Int {
        let former = memory[keyPath: list].count
        memory[keyPath: list].removeAll(where: matches)
        return former - memory[keyPath: list].count
    }
}
