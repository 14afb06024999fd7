import Auth
import JSON
import System

/// Reads the users in a realm export of Keycloak (`kc.sh export --users realm_file`, or a file of users).
///
/// Roles and groups have no counterpart; one-time codes and passkeys have to be enrolled again.
struct KeycloakReader: ImportReader {
    private static let maximumBytes = 256 << 20
    private static let limits = JSONLimits(depth: 32, values: 50_000_000)

    private var users: ArraySlice<JSONValue>
    private var number = 0

    init(_ path: String) throws {
        guard let bytes = try DurableFile.read(path, limit: Self.maximumBytes) else {
            throw TransferProblem("the file is not there")
        }
        guard case .object(let realm)? = try? JSONValue.decode(bytes, limits: Self.limits) else {
            throw TransferProblem("not one JSON object")
        }
        guard case .array(let users)? = realm["users"] else {
            throw TransferProblem("no array \"users\": export with --users realm_file or same_file")
        }
        self.users = users[...]
    }

    mutating func next() -> ImportEntry? {
        guard let user = users.popFirst() else { return nil }
        number += 1
        guard case .object(let object) = user else {
            return ImportEntry(number, "", .failure(TransferProblem("not an object")))
        }
        let members = TransferMembers(object)
        let email = object["email"]?.text ?? ""
        let credentials = (try? members.objects("credentials")) ?? []
        let others = credentials.compactMap { try? $0.text("type") }.filter { $0 != "password" }
        return .account(
            number, email.nonEmpty ?? object["username"]?.text ?? "",
            remarks: others.map { "\($0.prefix(20)): enrol again" }
        ) { () throws(TransferProblem) in
            var account = AccountTransfer(email: try .imported(email))
            let names = [try members.text("firstName"), try members.text("lastName")]
            let name = names.compactMap { $0?.nonEmpty }.joined(separator: " ")
            let username = try members.text("username")
            account.name = name.nonEmpty ?? username
            account.isEmailVerified = try members.bool("emailVerified") ?? false
            account.status = try members.bool("enabled") == false ? .disabled : .active
            account.createdAt = try members.integer("createdTimestamp", 0...(1 << 45))
                .flatMap(ForeignTime.milliseconds)
            for credential in credentials where try credential.text("type") == "password" {
                account.password = try KeycloakPassword.read(credential)
            }
            return account
        }
    }
}
