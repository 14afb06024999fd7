import Auth
import Crypto
import StoreSupport

extension PostgreSQLTransaction {
    func settings() throws(AuthError) -> Settings {
        try run(Settings(in: database))
    }

    func save(_ settings: Settings) throws(AuthError) {
        try run(settings.save(in: database))
        changes.settings = settings
    }

    func clearFailedLogins(of account: Account) throws(AuthError) {
        try run(
            database.execute(
                "INSERT INTO unlocks (id, account_id) VALUES ($1, $2)", .id(.random()),
                .id(account.id)))
        changes.unlocked.append(account.email)
    }

    func probe() throws(AuthError) {
        try run(
            database.execute(
                """
                INSERT INTO meta (name, value) VALUES ('probe', $1)
                ON CONFLICT (name) DO UPDATE SET value = excluded.value
                """, .text(now.rfc3339)))
    }

    func insertNote(_ text: String) throws(AuthError) {
        try run(
            database.execute(
                "INSERT INTO notes (id, text) VALUES ($1, $2)", .id(.random()), .text(text)))
        changes.hasNotes = true
    }

    func deleteNotes(keeping count: Int) throws(AuthError) {
        try run(
            database.execute(
                """
                DELETE FROM notes WHERE id IN (
                    SELECT id FROM notes ORDER BY key DESC, id DESC OFFSET $1
                )
                """, .limit(count)))
    }
}
