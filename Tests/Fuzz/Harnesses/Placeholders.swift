import Auth
import Crypto
import TestSupport

/// Placeholders in an input for credentials and ids, which differ each time: `{owner.token}`,
/// `{admin.cookie}`, `{member.session}`, `{customer.id}`, `{customer.key}`, `{customer.keyID}`,
/// `{invite.id}`.
///
/// The codes of invites and links are constant: `the-invite-code`, `the-reset-token`,
/// `the-verify-token`, `the-change-token`, `the-decide-token`.
struct Placeholders {
    private var values: [[UInt8]: [UInt8]] = [:]
    private static let longestName = 20

    /// Creates credentials for all people of a world.
    ///
    /// - Parameter world: With all people.
    /// - Throws: What the world throws.
    init(fillingIn world: World) throws {
        for person in Person.allCases {
            let credentials = try world.signIn(person.email)
            let key = try world.makeKey(of: person.email)
            for (name, value) in [
                ("id", world.account(person.email)?.id.description ?? ""),
                ("token", credentials.token), ("cookie", credentials.cookie),
                ("session", credentials.session.id.description), ("key", key.text),
                ("keyID", key.details.key.id.description),
            ] {
                values[Array("\(person).\(name)".utf8)] = Array(value.utf8)
            }
        }
        try world.addLink("the-reset-token", .resetPassword, of: Person.customer.email)
        try world.addLink("the-verify-token", .verifyEmail, of: Person.customer.email)
        try world.addLink(
            "the-change-token", .verifyEmail, of: Person.member.email, proving: "new@example.org")
        try world.addLink("the-decide-token", .decide, of: Person.pending.email)
        let invite = StoredInvite(code: "the-invite-code", maximumUses: 1_000)
        values[Array("invite.id".utf8)] = Array(invite.invite.id.description.utf8)
        world.store.change { $0.invites.append(invite) }
    }

    /// The bytes with every placeholder replaced; other braces stay.
    func replaced(in input: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(input.count)
        var rest = input[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "{") {
                let name = rest.prefix(Self.longestName).prefix { $0 != UInt8(ascii: "}") }
                if let value = values[Array(name)], rest.count > name.count {
                    output += value
                    rest = rest.dropFirst(name.count + 1)
                    continue
                }
            }
            output.append(byte)
        }
        return output
    }
}
