import Auth
import JSON
import Web

extension Schema {
    /// What happened.
    static let event = object([
        "id": id,
        "time": time,
        "kind": oneOf(EventKind.self),
        "actor": object([
            "kind": oneOf(["account", "key", "link", "command", "server", "client"]).described(
                "`link` is the holder of a mailed link, `client` one that proved nothing"),
            "account": id.orNull,
            "key": id.orNull,
            "user": string().orNull.described("The system's user at the command line"),
        ]).described("Who did it"),
        "subject": id.orNull.described("The account it is about; null for the server"),
        "object": id.orNull.described("The session, key, factor or invitation it is about"),
        "address": string().orNull.described(
            "Where the actor was; null also once it is erased"),
        "userAgent": string().orNull,
        "changes": any(of: [
            array(
                of: object(["name": string(), "from": string().orNull, "to": string().orNull])),
            null,
        ]).described("From what to what; null once it is erased"),
        "number": integer(1...Int64.max).orNull.described(
            "Its place in the chain; null until it is linked"),
    ])

    /// How far the chain of events goes.
    static let chainState = object([
        "head": any(of: [
            object([
                "origin": id.described("The record: this database and its backups"),
                "number": integer(1...Int64.max), "link": hash, "time": time,
            ]), null,
        ]).described("The last link"),
        "checkpoint": any(of: [
            object([
                "number": integer(0...Int64.max), "link": hash, "time": time,
                "reason": oneOf(Checkpoint.Reason.self),
                "first": integer(1...Int64.max).described("The first event that is kept"),
                "key": hash.described("The public key (Ed25519) that signed it"),
            ]), null,
        ]).described("The last one; null also where its signature is invalid"),
        "checkpointIsInvalid": boolean.described("Whether its signature is invalid"),
        "notLinked": integer(0...Int64.max).described("How many events wait to be linked"),
        "notLinkedIsExceeded": boolean.described("Whether there are more: counting stops"),
    ])

    /// A date, or a time in UTC, as `Timestamp(rfc3339:)` reads them: no day that no calendar has.
    static let pointInTime = string(pattern: "^(\(date))(T\(clock))?$")
        .described("A date or a time in UTC").example(.string("2026-11-21T02:01:28.543Z"))

    private static let hash = string(pattern: "^[0-9a-f]{64}$")

    private static let date =
        "[0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])"
        + "|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))"
        + "|([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29"

    private static let clock = "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{3})?Z"
}
