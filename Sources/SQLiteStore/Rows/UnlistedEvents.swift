/// Events that the indexes of lists do not have yet: what was recorded since the linker came by.
///
/// The linker lists a batch at once with the links. Events of before are found by their keys: there is one writer,
/// so keys, commits and links have one order. Where no linker runs, or it does not continue a chain that was
/// changed, the transactions that record list what is older, so that no read looks at more than a few thousand
/// rows.
enum UnlistedEvents {
    /// How many of the newest events no transaction that records lists.
    private static let kept: Int64 = 4_096
    /// After how many events one of them lists those before, as many again.
    static let step: Int64 = 1_024

    /// The key of the last linked event, as SQL; that of no event where none is linked.
    ///
    /// Up to the head: a number beyond it was written by another program, and must not hide what waits.
    static let lastLinkedKey = """
        coalesce((
            SELECT key FROM events
            WHERE number <= coalesce((SELECT number FROM audit_chain), \(Int64.max))
            ORDER BY number DESC LIMIT 1
        ), 0)
        """

    /// Which rows they are, as SQL.
    static let condition = """
        listed = 0 AND key > max(
            (SELECT coalesce(max(key), 0) FROM events) - \(kept + step), \(lastLinkedKey)
        )
        """

    /// Lists those that are older than is kept; its parameter is the key of an event that is a multiple of `step`.
    static let listing = """
        UPDATE events SET listed = 1
        WHERE key > max(?1 - \(kept + step), \(lastLinkedKey)) AND key <= ?1 - \(kept)
            AND listed = 0
        """
}
