/// The settings that change while the server runs.
///
/// Confined to one thread.
public struct SettingsService: Service {
    let context: AuthContext
}
