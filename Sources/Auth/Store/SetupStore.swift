public import Crypto

/// The part of a store that first-run setup and changes of its decisions need.
public protocol SetupStore: AnyObject {
    /// Makes the owner, in the database that the record names, and moves the server there.
    ///
    /// Other writes wait. When the name is not that of the present database, everything in it is
    /// copied first.
    /// - Parameters:
    ///   - record: What was decided.
    ///   - owner: The first account of this role.
    ///   - passwordHash: Of the owner.
    ///   - session: The owner's first.
    ///   - client: Where the request comes from.
    ///   - work: Done in the same transaction; as for `Store.write`.
    /// - Throws: `alreadySetUp` when there is an owner, `emailTaken`, `databaseInUse` when the named
    ///   database holds accounts already; `unavailable`. Nothing has changed then.
    func setUp(
        _ record: SetupRecord, owner: Account, passwordHash: PasswordHash, session: Session,
        from client: ClientContext,
        alongside work: @escaping @Sendable (any Transaction) throws(AuthError) -> Void
    ) throws(AuthError)

    /// Runs one unit of work that changes what setup stored, in `setup.json` and in the database.
    ///
    /// - Parameter work: As for `Store.write`; what it makes of the record is stored with everything else
    ///   it does, or nothing is.
    /// - Returns: What `work` returns.
    /// - Throws: As `Store.write`.
    func reconfigure<Value: Sendable>(
        _ work:
            @escaping @Sendable (any Transaction, inout SetupRecord) throws(AuthError) -> Value
    ) throws(AuthError) -> Value
}
