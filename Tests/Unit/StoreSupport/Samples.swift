import Auth
import StoreSupport

extension Timestamp {
    /// 2023-11-14, 22:13:20 UTC.
    static let start = Timestamp(milliseconds: 1_700_000_000_000)
}

extension CachedState.Observers {
    /// Nothing happens outside.
    static let none = CachedState.Observers(
        profile: { Array($0.name.utf8) }, onMail: {}, failedLogins: nil)
}
